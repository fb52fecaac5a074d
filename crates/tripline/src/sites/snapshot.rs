//! The recorded breakdown: an insta snapshot beside the test, `snapshots/<suite>__<workload>.snap`.
//!
//! It is what a reviewer reads, and what a later run is compared with.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tripline_budget::protocol::files;
use tripline_profile::Breakdown;

use crate::case::paths::Home;
use crate::case::registry::{Suite, Workload};

/// Where a workload's snapshot lies, whether or not it is there.
#[derive(Debug)]
pub(crate) struct Snapshot {
    folder: PathBuf,
    name: String,
    /// The file of the test, as insta notes it.
    source: String,
}

/// What a snapshot holds.
#[derive(Debug)]
pub(crate) struct Recorded {
    pub(crate) text: String,
    pub(crate) breakdown: Breakdown,
}

impl Snapshot {
    pub(crate) fn of(workload: &Workload, suite: &Suite, home: &Home) -> Self {
        let source = workload.file.replace('\\', "/");
        let beside = Path::new(&source).parent().unwrap_or(Path::new(""));
        Self {
            folder: home.in_workspace(&beside.join(files::SNAPSHOTS)),
            name: files::snapshot_name(suite.name(), &workload.path()),
            source,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join(files::snapshot_file(&self.name))
    }

    /// What is recorded, if anything is.
    pub(crate) fn read(&self) -> Result<Option<Recorded>, String> {
        let file = match fs::read_to_string(self.file()) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.to_string()),
            Ok(file) => file.replace("\r\n", "\n"),
        };
        let (head, text) = split(&file).ok_or("it is no snapshot of insta's")?;
        let breakdown = Breakdown::from_text(text).map_err(|mut error| {
            error.line += head.lines().count();
            error.to_string()
        })?;
        Ok(Some(Recorded { text: text.to_owned(), breakdown }))
    }

    /// The whole file that holds `text`, as insta writes it when it is accepted.
    pub(crate) fn holding(&self, text: &str) -> String {
        format!("---\nsource: {}\n---\n{}\n", self.source, text.trim_end())
    }
}

/// insta's own lines, from one `---` to the next, and what comes after them.
fn split(file: &str) -> Option<(&str, &str)> {
    let rest = file.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")?;
    Some(file.split_at("---\n".len() + end + "\n---\n".len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(folder: &Path) -> Snapshot {
        let name = "sql__insert".to_owned();
        Snapshot { folder: folder.to_owned(), name, source: "tests/sql.rs".to_owned() }
    }

    fn read(file: &str) -> Result<Option<Recorded>, String> {
        let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
        let snapshot = snapshot(dir.path());
        fs::write(snapshot.file(), file).map_err(|error| error.to_string())?;
        snapshot.read()
    }

    #[test]
    fn what_is_written_is_read() {
        let text = Breakdown::default().to_text();
        let file = snapshot(Path::new("")).holding(&text);
        assert!(file.starts_with("---\nsource: tests/sql.rs\n---\n"), "{file}");
        let recorded = read(&file).expect("a snapshot").expect("the file is there");
        assert_eq!(recorded.breakdown, Breakdown::default());
        assert_eq!(recorded.text, text);
    }

    #[test]
    fn what_is_no_snapshot_is_refused_with_its_line() {
        assert_eq!(read("").expect_err("an empty file"), "it is no snapshot of insta's");
        let merged = "---\nsource: tests/sql.rs\n---\n<<<<<<< HEAD\n";
        assert!(read(merged).expect_err("a conflict").starts_with("line 4: "));
    }

    #[test]
    fn a_missing_file_is_nothing_recorded() {
        assert!(snapshot(Path::new("/nowhere")).read().is_ok_and(|recorded| recorded.is_none()));
    }
}
