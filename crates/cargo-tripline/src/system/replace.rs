//! Replaces files, each whole or not at all.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use tempfile::{Builder, NamedTempFile};

/// The start of a file's name until it is complete. Nobody takes a hidden file for a budget.
const PREFIX: &str = ".tripline-";
const SUFFIX: &str = ".tmp";

/// A file's new text, complete and on disk under another name in the same folder.
#[derive(Debug)]
pub(crate) struct Staged {
    fresh: NamedTempFile,
    path: PathBuf,
}

pub(crate) fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    stage(path, text)?.commit()
}

/// Writes the new text beside the file, which is everything that can fail but the last step. Dropped instead of
/// committed, it leaves nothing behind.
pub(crate) fn stage(path: &Path, text: &str) -> anyhow::Result<Staged> {
    // A link stays a link: its target is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().context("it has no folder")?;
    fs::create_dir_all(folder)?;
    let mut fresh = temporary(folder)?;
    fresh.write_all(text.as_bytes())?;
    if let Ok(old) = fs::metadata(&path) {
        fresh.as_file().set_permissions(old.permissions())?;
    }
    fresh.as_file().sync_all()?;
    Ok(Staged { fresh, path })
}

impl Staged {
    pub(crate) fn commit(self) -> anyhow::Result<()> {
        self.fresh.persist(&self.path)?;
        Ok(())
    }
}

/// Removes files that a killed process left in `folder`. Do not call it while another process may write there.
pub(crate) fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            // A file that stays does no harm: it is hidden.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Creates a file with the permissions of any new file; by default only its owner could read it.
fn temporary(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_committed_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.toml");
        fs::write(&file, "old").unwrap();
        drop(stage(&file, "new").unwrap());
        assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        assert_eq!(dir.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn only_leftovers_are_swept() {
        let dir = tempfile::tempdir().unwrap();
        for name in [".tripline-x1.tmp", ".tripline-x1", "x.tmp", "a.toml"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        sweep(dir.path());
        let mut left: Vec<_> =
            dir.path().read_dir().unwrap().flatten().map(|e| e.file_name()).collect();
        left.sort();
        assert_eq!(left, [".tripline-x1", "a.toml", "x.tmp"]);
    }
}
