//! Writes drafts: each file whole or not at all.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::replace::replace;
use crate::update::draft::Draft;

/// Replaces every file, or none if one is not what it was when the measuring began.
pub(super) fn write(drafts: &[Draft]) -> anyhow::Result<()> {
    for draft in drafts {
        refuse_changed(draft)?;
    }
    for (written, draft) in drafts.iter().enumerate() {
        let write = replace(&draft.path, &draft.after);
        write.with_context(|| {
            format!("failed to write {} ({written} of {} files were)", draft.shown, drafts.len())
        })?;
        forget_pending(&draft.path);
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

/// What insta keeps beside a snapshot until it is reviewed. It is now.
fn forget_pending(path: &Path) {
    if path.extension().is_some_and(|extension| extension == "snap") {
        // There may be none; and one that stays is shown by `cargo insta review`, no more.
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
