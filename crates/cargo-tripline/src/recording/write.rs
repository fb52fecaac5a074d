//! Writes drafts: all of them or none, each file whole.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::recording::draft::Draft;
use crate::system::{replace, stage, sweep};

/// Replaces every file, or none if one has changed meanwhile or cannot be written.
///
/// If it is killed in between, each file is old or new; the same command does the rest.
pub(crate) fn write(drafts: &[Draft]) -> anyhow::Result<()> {
    drafts.iter().filter_map(|draft| draft.path.parent()).for_each(sweep);
    let mut staged = Vec::new();
    for draft in drafts {
        refuse_changed(draft)?;
        let stage = stage(&draft.path, &draft.after);
        staged.push(stage.with_context(|| failed(draft))?);
    }
    for (written, (draft, staged)) in drafts.iter().zip(staged).enumerate() {
        if let Err(error) = staged.commit() {
            take_back(&drafts[..written])?;
            return Err(error).with_context(|| failed(draft));
        }
    }
    drafts.iter().for_each(|draft| forget_pending(&draft.path));
    Ok(())
}

fn failed(draft: &Draft) -> String {
    format!("failed to write {}, so no file was changed", draft.shown)
}

fn take_back(written: &[Draft]) -> anyhow::Result<()> {
    for draft in written {
        let undone = match &draft.before {
            Some(before) => replace(&draft.path, before),
            None => fs::remove_file(&draft.path).map_err(Into::into),
        };
        undone
            .with_context(|| format!("{} was changed and cannot be changed back", draft.shown))?;
    }
    Ok(())
}

fn refuse_changed(draft: &Draft) -> anyhow::Result<()> {
    let now = match fs::read_to_string(&draft.path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("failed to read {}", draft.shown)),
    };
    if now != draft.before {
        bail!("{} was changed while this ran, so nothing is written: run it again", draft.shown);
    }
    Ok(())
}

/// Removes the file that insta keeps beside a snapshot until it is reviewed.
fn forget_pending(path: &Path) {
    if path.extension().is_some_and(|extension| extension == "snap") {
        // There may be none; one that stays is only shown by `cargo insta review`.
        let _ = fs::remove_file(path.with_extension("snap.new"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(path: &Path, before: Option<&str>, after: &str) -> Draft {
        Draft {
            path: path.to_owned(),
            shown: "budgets/a.toml".to_owned(),
            before: before.map(str::to_owned),
            after: after.to_owned(),
            lines: Vec::new(),
        }
    }

    #[test]
    fn files_are_replaced_and_nothing_else_stays() {
        let dir = tempfile::tempdir().unwrap();
        let (old, new) = (dir.path().join("old.toml"), dir.path().join("suite/deep/new.toml"));
        fs::write(&old, "before").unwrap();
        write(&[draft(&old, Some("before"), "after"), draft(&new, None, "new")]).unwrap();
        assert_eq!(fs::read_to_string(&old).unwrap(), "after");
        assert_eq!(fs::read_to_string(&new).unwrap(), "new");
        assert_eq!(new.parent().unwrap().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn one_file_that_was_changed_meanwhile_keeps_all_from_being_written() {
        let dir = tempfile::tempdir().unwrap();
        let (first, second) = (dir.path().join("first.toml"), dir.path().join("second.toml"));
        fs::write(&first, "before").unwrap();
        fs::write(&second, "edited by hand").unwrap();
        let drafts =
            [draft(&first, Some("before"), "after"), draft(&second, Some("before"), "after")];
        assert_eq!(
            write(&drafts).unwrap_err().to_string(),
            "budgets/a.toml was changed while this ran, so nothing is written: run it again"
        );
        assert_eq!(fs::read_to_string(&first).unwrap(), "before");
        fs::remove_file(&second).unwrap();
        assert!(write(&drafts).is_err());
    }

    /// A folder has the last file's name, so it cannot be written.
    #[test]
    fn a_file_that_cannot_be_written_takes_the_others_back() {
        let dir = tempfile::tempdir().unwrap();
        let [old, new, blocked] =
            ["old.toml", "suite/new.toml", "blocked.toml"].map(|f| dir.path().join(f));
        fs::write(&old, "before").unwrap();
        let mut drafts = vec![draft(&old, Some("before"), "after"), draft(&new, None, "new")];
        drafts.push(draft(&blocked.join("inner.toml"), None, "new"));
        fs::write(&blocked, "a file where a folder is needed").unwrap();
        assert!(write(&drafts).is_err());
        assert_eq!(fs::read_to_string(&old).unwrap(), "before");
        assert!(!new.exists());

        take_back(&drafts[..0]).unwrap();
        write(&drafts[..2]).unwrap();
        take_back(&drafts[..2]).unwrap();
        assert_eq!(fs::read_to_string(&old).unwrap(), "before");
        assert!(!new.exists());
    }

    #[test]
    fn what_a_killed_process_left_is_swept() {
        let dir = tempfile::tempdir().unwrap();
        let left = dir.path().join(".tripline-abc.tmp");
        fs::write(&left, "half").unwrap();
        write(&[draft(&dir.path().join("a.toml"), None, "whole")]).unwrap();
        assert!(!left.exists());
    }

    #[test]
    fn a_snapshot_that_is_recorded_is_no_longer_pending() {
        let dir = tempfile::tempdir().unwrap();
        let (snapshot, pending) = (dir.path().join("a.snap"), dir.path().join("a.snap.new"));
        fs::write(&pending, "pending").unwrap();
        write(&[draft(&snapshot, None, "recorded")]).unwrap();
        assert_eq!(fs::read_to_string(&snapshot).unwrap(), "recorded");
        assert!(!pending.exists());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("file.toml"), dir.path().join("link.toml"));
        fs::write(&file, "before").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&[draft(&link, Some("before"), "after")]).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "after");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
