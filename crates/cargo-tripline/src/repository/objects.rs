//! The files of a commit and of the work tree.

use std::collections::BTreeMap;
use std::io::{Seek as _, Write as _};
use std::process::Stdio;

use anyhow::{Context as _, bail};

use crate::repository::git::Git;

/// A file in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TreeEntry {
    /// The path below the folder, or below the work tree's top.
    pub(crate) path: String,
    /// The id of its contents.
    pub(crate) id: String,
    pub(crate) is_link: bool,
}

const LINK: &str = "120000";

impl Git {
    /// Returns the files of `commit` below this folder; with `everywhere`, all of them.
    pub(crate) fn entries(&self, commit: &str, everywhere: bool) -> anyhow::Result<Vec<TreeEntry>> {
        let mut arguments = vec!["ls-tree", "-r", "-z"];
        arguments.extend(everywhere.then_some("--full-tree"));
        arguments.push(commit);
        let listed = self.answer(&arguments)?;
        Ok(records(&listed).filter_map(entry).collect())
    }

    /// Returns the paths below this folder that git does not ignore. They include a file that was deleted and not yet
    /// committed.
    pub(crate) fn paths(&self) -> anyhow::Result<Vec<String>> {
        let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        let listed = self.answer(&arguments)?;
        let mut paths: Vec<String> = records(&listed).map(str::to_owned).collect();
        // A file in conflict is listed once for each side.
        paths.sort_unstable();
        paths.dedup();
        Ok(paths)
    }

    /// Returns the contents of each of `ids`.
    pub(crate) fn blobs(&self, ids: &[&str]) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
        // A file, not a pipe: reading and writing pipes could wait for each other.
        let mut asked = tempfile::tempfile().context("failed to create a temporary file")?;
        for id in ids {
            writeln!(asked, "{id}")?;
        }
        asked.rewind()?;
        let answer = self.answer_to(&["cat-file", "--batch"], Stdio::from(asked))?;
        let mut rest = answer.as_slice();
        let mut blobs = BTreeMap::new();
        for id in ids {
            let (blob, after) = blob(rest).with_context(|| format!("git does not show {id}"))?;
            blobs.insert((*id).to_owned(), blob.to_vec());
            rest = after;
        }
        if !rest.is_empty() {
            bail!("git shows more than it was asked for");
        }
        Ok(blobs)
    }
}

/// Splits at NULs. Paths that are not UTF-8 are left out: no test reads such a budget, because suites and workloads
/// have names of Rust.
pub(super) fn records(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let records = bytes.split(|byte| *byte == 0).filter(|record| !record.is_empty());
    records.filter_map(|record| std::str::from_utf8(record).ok())
}

/// Parses `100644 blob <id>\t<path>`; a submodule is no file.
fn entry(record: &str) -> Option<TreeEntry> {
    let (fields, path) = record.split_once('\t')?;
    let mut fields = fields.split(' ');
    let (mode, kind, id) = (fields.next()?, fields.next()?, fields.next()?);
    let entry = TreeEntry { path: path.to_owned(), id: id.to_owned(), is_link: mode == LINK };
    (kind == "blob").then_some(entry)
}

/// Splits off `<id> blob <size>\n<bytes>\n`.
fn blob(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let mut header = std::str::from_utf8(bytes.get(..end)?).ok()?.split(' ');
    let size: usize = header.nth(2)?.parse().ok()?;
    let rest = bytes.get(end + 1..)?;
    Some((rest.get(..size)?, rest.get(size + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_hold_anything_but_a_nul() {
        let odd = entry("100644 blob 12ab\tbudgets/a b\t\n\"ü.toml").unwrap();
        assert_eq!((odd.path.as_str(), odd.id.as_str()), ("budgets/a b\t\n\"ü.toml", "12ab"));
        assert!(!odd.is_link);
        assert!(entry("120000 blob 12ab\tbudgets").unwrap().is_link);
        assert_eq!(entry("160000 commit 12ab\tengine"), None);
        assert_eq!(records(b"a\0\xff\0\0b").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn blobs_are_told_apart_by_their_sizes() {
        let answer = b"1a blob 4\na\nb\0\n2b blob 0\n\n";
        let (first, rest) = blob(answer).unwrap();
        assert_eq!(first, b"a\nb\0");
        assert_eq!(blob(rest), Some((&b""[..], &b""[..])));
        assert_eq!(blob(b"1a missing\n"), None);
        assert_eq!(blob(b"1a blob 9\nshort\n"), None);
    }
}
