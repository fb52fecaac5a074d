//! Files that are either whole or not there.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

/// An unfinished file: beside its place under another name, and removed unless finished.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile,
    place: PathBuf,
}

impl Draft {
    /// Begins a file for `place`, which is not touched. Begun before anything is measured, so
    /// that a path that cannot be written fails at once.
    pub fn new(place: &Path) -> anyhow::Result<Self> {
        let failed = || format!("failed to write {}", place.display());
        anyhow::ensure!(!place.is_dir(), "{}: it is a folder", failed());
        let folder = match place.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let file = draft_in(folder).with_context(failed)?;
        Ok(Self { file, place: place.to_owned() })
    }

    /// Returns the path of the unfinished file.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Appends text.
    pub fn write(&mut self, text: &str) -> anyhow::Result<()> {
        let written = self.file.write_all(text.as_bytes());
        written.with_context(|| format!("failed to write {}", self.place.display()))
    }

    /// Moves the file to its place.
    pub fn finish(self) -> anyhow::Result<()> {
        let place = self.place;
        let moved = self.file.persist(&place).map_err(|error| error.error);
        moved.map(drop).with_context(|| format!("failed to write {}", place.display()))
    }
}

/// Creates a file under a name of its own, with the permissions of any new file. An error does
/// not show that name, which means nothing to the reader.
fn draft_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut code = None;
    let made = tempfile::Builder::new().prefix(".tmp-").make_in(folder, |path| {
        let opened = File::options().write(true).create_new(true).open(path);
        code = opened.as_ref().err().and_then(io::Error::raw_os_error);
        opened
    });
    made.map_err(|error| code.map_or(error, io::Error::from_raw_os_error))
}
