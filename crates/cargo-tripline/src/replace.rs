//! Replaces a file, whole or not at all.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use tempfile::{Builder, NamedTempFile};

/// By a file of its own in the same folder that takes the name when it is complete.
pub(crate) fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    // A link stays one: what it points to is replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().context("it has no folder")?;
    fs::create_dir_all(folder)?;
    let mut fresh = temporary(folder)?;
    fresh.write_all(text.as_bytes())?;
    if let Ok(old) = fs::metadata(&path) {
        fresh.as_file().set_permissions(old.permissions())?;
    }
    fresh.as_file().sync_all()?;
    fresh.persist(&path)?;
    Ok(())
}

/// With the permissions of any new file; a temporary one would be its owner's alone.
#[cfg(unix)]
fn temporary(folder: &Path) -> std::io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    Builder::new().permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn temporary(folder: &Path) -> std::io::Result<NamedTempFile> {
    Builder::new().tempfile_in(folder)
}
