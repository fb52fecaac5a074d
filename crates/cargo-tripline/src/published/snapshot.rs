//! The file in this checkout of a breakdown that another machine measured.
//!
//! The path that it stated is not read. The file lies beside the test's own file, where the test itself has it, and
//! never outside of the workspace, whatever the files say and wherever links lead.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tripline_budget::protocol::file_names;
use tripline_budget::{BreakdownStatus, PendingSnapshot, SuiteDescription, WorkloadDescription};

use crate::workspace::Project;

/// Returns the snapshot's file, which may be missing.
///
/// # Errors
///
/// Returns the reason if there is no such place.
pub(crate) fn snapshot_file(
    project: &Project,
    suite: &SuiteDescription,
    registered: &WorkloadDescription,
) -> Result<PathBuf, String> {
    let name = file_names::snapshot_name(&suite.suite, &registered.workload);
    beside(project.root(), &registered.file.replace('\\', "/"), &name)
}

/// Returns how a published breakdown compares with `file`, the recorded one, as it is by now.
///
/// A run compares before anything is recorded. Its own breakdown may have been recorded since, or a recorded one removed.
/// Otherwise the run knows best: it compares figures, and within tolerances.
pub(crate) fn compared_by_now(published: &PendingSnapshot, file: &Path) -> BreakdownStatus {
    match fs::read_to_string(file) {
        Ok(text) if text.replace("\r\n", "\n") == published.text => BreakdownStatus::Same,
        Ok(_) if published.composition == BreakdownStatus::Missing => BreakdownStatus::Changed,
        Err(error) if error.kind() == ErrorKind::NotFound => BreakdownStatus::Missing,
        _ => published.composition,
    }
}

/// Returns `snapshots/<name>.snap` beside `source`, a path from the workspace's root.
fn beside(root: &Path, source: &str, name: &str) -> Result<PathBuf, String> {
    let test = root.join(source);
    if !test.is_file() {
        return Err(format!(
            "its breakdown belongs beside {source}, and this checkout has no such file"
        ));
    }
    let folder = test.parent().unwrap_or(root);
    let snapshots = folder.join(file_names::SNAPSHOTS);
    let file = snapshots.join(file_names::snapshot_file(name));
    match [folder, &snapshots, &file].iter().all(|path| stays_in(root, path)) {
        true => Ok(file),
        false => Err(format!(
            "its breakdown would lie outside of this workspace, beside {source}: nothing is written there"
        )),
    }
}

/// Returns `true` if a path leads below `root`; a path to nothing lies where its parent does.
fn stays_in(root: &Path, path: &Path) -> bool {
    match (fs::canonicalize(root), fs::canonicalize(path)) {
        (Ok(root), Ok(path)) => path.starts_with(root),
        (Ok(_), Err(_)) => fs::symlink_metadata(path).is_err(),
        (Err(_), _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a workspace with a test, beside a folder outside of it.
    fn workspace() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("workspace");
        for folder in [root.join("member/tests"), dir.path().join("outside")] {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("sql.rs"), "").unwrap();
        }
        (dir, root)
    }

    #[test]
    fn a_snapshot_lies_beside_its_test() {
        let (_dir, root) = workspace();
        let file = |source| beside(&root, source, "sql__cold__insert");
        let expected = root.join("member/tests/snapshots/sql__cold__insert.snap");
        assert_eq!(file("member/tests/sql.rs"), Ok(expected));
        assert!(file("member/../member/tests/sql.rs").is_ok());
        let gone = "its breakdown belongs beside tests/sql.rs, and this checkout has no such file";
        assert_eq!(file("tests/sql.rs"), Err(gone.to_owned()));
    }

    #[test]
    fn what_was_recorded_since_is_the_same_and_what_was_removed_is_missing() {
        use BreakdownStatus::{Changed, Missing, Same};
        let (_dir, root) = workspace();
        let file = root.join("sql__insert.snap");
        let by_now = |composition, recorded: Option<&str>| {
            let _ = fs::remove_file(&file);
            recorded.iter().for_each(|text| fs::write(&file, text).unwrap());
            let text = "---\nsource: a\n---\n1\n".to_owned();
            compared_by_now(&PendingSnapshot { composition, file: "/ci".to_owned(), text }, &file)
        };
        let (own, other) = ("---\nsource: a\n---\n1\n", "---\nsource: a\n---\n2\n");
        for was in [Missing, Changed, Same] {
            assert_eq!(by_now(was, Some(own)), Same);
            assert_eq!(by_now(was, Some(&own.replace('\n', "\r\n"))), Same);
            assert_eq!(by_now(was, None), Missing);
        }
        // Another one stands there: whether it is within the tolerances, the run said.
        assert_eq!(by_now(Missing, Some(other)), Changed);
        assert_eq!(by_now(Changed, Some(other)), Changed);
        assert_eq!(by_now(Same, Some(other)), Same);
    }

    #[test]
    fn no_path_leads_out_of_the_workspace() {
        let (dir, root) = workspace();
        let outside = dir.path().join("outside/sql.rs");
        for source in ["../outside/sql.rs", outside.to_str().unwrap()] {
            let refused = format!(
                "its breakdown would lie outside of this workspace, beside {source}: nothing is \
                 written there"
            );
            assert_eq!(beside(&root, source, "sql__insert"), Err(refused));
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out_of_the_workspace() {
        use std::os::unix::fs::symlink;
        let (dir, root) = workspace();
        let outside = dir.path().join("outside");
        let source = "member/tests/sql.rs";
        let snapshots = root.join("member/tests/snapshots");
        let written = |source| beside(&root, source, "sql__insert").is_ok();

        symlink(&outside, root.join("away")).unwrap();
        assert!(!written("away/sql.rs"));

        // A link that stays within is as good as a folder.
        fs::create_dir(root.join("kept")).unwrap();
        for (to, allowed) in [(&outside, false), (&root.join("kept"), true)] {
            symlink(to, &snapshots).unwrap();
            assert_eq!(written(source), allowed);
            fs::remove_file(&snapshots).unwrap();
        }

        fs::create_dir(&snapshots).unwrap();
        for to in ["sql.rs", "not_yet.snap"] {
            symlink(outside.join(to), snapshots.join("sql__insert.snap")).unwrap();
            assert!(!written(source));
            fs::remove_file(snapshots.join("sql__insert.snap")).unwrap();
        }
        assert!(written(source));
    }
}
