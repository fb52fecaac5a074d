//! The commits that changed files.

use crate::repository::git::Git;
use crate::repository::objects::records;

/// A commit on the way to HEAD by first parents, and the files that it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    pub(crate) id: String,
    /// `2026-01-31`, by its committer's clock.
    pub(crate) date: String,
    pub(crate) subject: String,
    pub(crate) touched: Vec<TouchedFile>,
}

/// A changed file with its new contents' id; `None` if it is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TouchedFile {
    pub(crate) path: String,
    pub(crate) id: Option<String>,
}

/// Separates commits, and their fields.
const BEGIN: char = '\u{1}';
const BETWEEN: char = '\u{2}';
const FORMAT: &str = "--format=%x01%H%x02%cs%x02%s";

impl Git {
    /// Returns the commits that changed a file matching `pathspec`, oldest first. A merge counts as one change, from
    /// its first parent.
    pub(crate) fn log(&self, pathspec: &str) -> anyhow::Result<Vec<Commit>> {
        let listed = self.answer(&[
            "log",
            "--first-parent",
            "-m",
            "-z",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--no-color",
            "--relative",
            FORMAT,
            "HEAD",
            "--",
            pathspec,
        ])?;
        let mut commits = parse(&listed);
        commits.reverse();
        Ok(commits)
    }
}

fn parse(listed: &[u8]) -> Vec<Commit> {
    let mut commits: Vec<Commit> = Vec::new();
    let mut records = records(listed);
    while let Some(record) = records.next() {
        let record = record.trim_start_matches('\n');
        if let Some(fields) = record.strip_prefix(BEGIN) {
            commits.extend(commit(fields));
        } else if let Some(fields) = record.strip_prefix(':') {
            let touched = touched(fields, records.next());
            if let (Some(commit), Some(touched)) = (commits.last_mut(), touched) {
                commit.touched.push(touched);
            }
        }
    }
    commits
}

fn commit(fields: &str) -> Option<Commit> {
    let mut fields = fields.splitn(3, BETWEEN).map(str::to_owned);
    let (id, date, subject) = (fields.next()?, fields.next()?, fields.next()?);
    Some(Commit { id, date, subject, touched: Vec::new() })
}

/// Parses `<mode> <mode> <id> <id> <status>`; the path follows a NUL.
fn touched(fields: &str, path: Option<&str>) -> Option<TouchedFile> {
    let mut fields = fields.split(' ').skip(3);
    let (id, status) = (fields.next()?, fields.next()?);
    let id = (status != "D").then(|| id.to_owned());
    Some(TouchedFile { path: path?.to_owned(), id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_read_with_the_files_they_changed() {
        let listed = "\u{1}aa\u{2}2026-01-02\u{2}drop\u{2}a\0\n:100644 000000 11 00 D\0b/x.toml\0\
                      \u{1}bb\u{2}2026-01-01\u{2}\0\n:000000 100644 00 11 A\0b/x.toml\0\
                      :000000 100644 00 22 A\0:odd\n.toml\0";
        let commits = parse(listed.as_bytes());
        let shown: Vec<_> = commits
            .iter()
            .map(|commit| {
                let files: Vec<_> =
                    commit.touched.iter().map(|t| (t.path.as_str(), t.id.as_deref())).collect();
                (commit.id.as_str(), commit.date.as_str(), commit.subject.as_str(), files)
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("aa", "2026-01-02", "drop\u{2}a", vec![("b/x.toml", None)]),
                (
                    "bb",
                    "2026-01-01",
                    "",
                    vec![("b/x.toml", Some("11")), (":odd\n.toml", Some("22"))]
                ),
            ]
        );
    }
}
