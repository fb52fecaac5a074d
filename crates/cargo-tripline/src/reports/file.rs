//! Files that a person named for an output.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::system::replace;

/// Checks before anything is measured that a file can be written.
pub(super) fn probe(file: &Path) -> anyhow::Result<()> {
    writable(file).with_context(|| failed(file))
}

fn writable(file: &Path) -> anyhow::Result<()> {
    match fs::metadata(file) {
        // A device or a pipe cannot be replaced.
        Ok(found) if !found.is_file() => bail!("it is not a regular file"),
        Ok(_) => {
            OpenOptions::new().append(true).open(file)?;
        }
        Err(_) => {
            let folder = folder(file)?;
            fs::create_dir_all(&folder).context("its folder cannot be created")?;
            tempfile::tempfile_in(folder)?;
        }
    }
    Ok(())
}

fn folder(file: &Path) -> anyhow::Result<PathBuf> {
    let file = std::path::absolute(file)?;
    file.parent()
        .filter(|_| file.file_name().is_some())
        .map(Path::to_owned)
        .context("it has no folder")
}

/// Writes the whole file, or nothing of it.
pub(super) fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    let whole = || replace(&std::path::absolute(file)?, text);
    whole().with_context(|| failed(file))
}

/// Appends to the file, with an empty line between.
pub(super) fn append(file: &Path, text: &str) -> anyhow::Result<()> {
    let append = || -> anyhow::Result<()> {
        let mut open = OpenOptions::new().create(true).append(true).open(file)?;
        let gap = if open.metadata()?.len() > 0 { "\n\n" } else { "" };
        open.write_all(format!("{gap}{text}").as_bytes())?;
        Ok(())
    };
    append().with_context(|| failed(file))
}

fn failed(file: &Path) -> String {
    format!("failed to write {}", file.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_or_appended_to() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("deep/out.md");
        probe(&file).unwrap();
        assert!(!file.exists());
        append(&file, "a\n").unwrap();
        append(&file, "b\n").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "a\n\n\nb\n");
        probe(&file).unwrap();
        write(&file, "c").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "c");
        assert_eq!(fs::read_dir(dir.path().join("deep")).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let is_folder = format!("{:#}", probe(dir.path()).unwrap_err());
        let shown = dir.path().display();
        assert_eq!(is_folder, format!("failed to write {shown}: it is not a regular file"));
        fs::write(dir.path().join("file"), "").unwrap();
        let below_file = probe(&dir.path().join("file/out.md")).unwrap_err();
        assert_eq!(below_file.to_string(), format!("failed to write {shown}/file/out.md"));
    }
}
