//! A run: its id, its folder, and the publication of what it wrote.
//!
//! Each run writes in a folder of its own. What is finished moves by rename to
//! `<target>/tripline/latest/<suite>/<workload>/`, so a reader never sees half a file; it carries the
//! run's id, so a reader never takes an old file for a new one.

pub(crate) mod request;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

use tripline_budget::protocol::{files, variables};

use crate::case::paths;

/// One judge's run of one workload.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) id: String,
    folder: TempDir,
    latest: PathBuf,
}

impl Run {
    /// `shelf` is the folder in which runs of its kind are published.
    pub(crate) fn begin(shelf: &str, suite: &str, workload: &str) -> Result<Self, String> {
        let output = files::output_folder(&paths::target_folder()?);
        let latest = output.join(shelf).join(suite).join(files::workload_path(workload));
        Ok(Self { id: id(), folder: folder()?, latest })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file's place once it is published.
    pub(crate) fn published(&self, name: &str) -> PathBuf {
        self.latest.join(name)
    }

    /// Moves a file of the run's own over that of the latest run.
    pub(crate) fn publish_file(&self, name: &str, from: &Path) -> Result<(), String> {
        let to = self.published(name);
        let folder = fs::create_dir_all(&self.latest);
        folder
            .and_then(|()| fs::rename(from, &to))
            .map_err(|error| format!("failed to write {}: {error}", to.display()))
    }

    /// Replaces a file of the latest run by `text`.
    pub(crate) fn publish(&self, name: &str, text: &str) -> Result<(), String> {
        let file = self.published(name);
        replace(&file, text).map_err(|error| format!("failed to write {}: {error}", file.display()))
    }
}

/// A fresh folder for meters. All such paths are equally long, since a meter's environment has them.
pub(crate) fn folder() -> Result<TempDir, String> {
    let runs = files::output_folder(&paths::target_folder()?).join(files::RUNS);
    fs::create_dir_all(&runs)
        .and_then(|()| tempfile::Builder::new().prefix("").tempdir_in(&runs))
        .map_err(|error| format!("failed to create a folder in {}: {error}", runs.display()))
}

/// Writes a file under a name of its own beside `file`, and renames it over `file`.
pub(crate) fn replace(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut fresh, text.as_bytes())?;
    fresh.persist(file).map_err(|error| error.error)?;
    Ok(())
}

/// The tool's id, or one of this process's own.
pub(crate) fn id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    std::env::var(variables::RUN).unwrap_or_else(|_| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let serial = NEXT.fetch_add(1, Ordering::Relaxed);
        format!("{}-{}-{serial}", now.as_millis(), std::process::id())
    })
}

#[cfg(test)]
mod tests {
    use super::replace;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_stays() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("a/b/measurement.json");
        replace(&file, "old and longer")?;
        replace(&file, "new")?;
        assert_eq!(std::fs::read_to_string(&file)?, "new");
        assert_eq!(file.parent().into_iter().flat_map(std::fs::read_dir).flatten().count(), 1);
        Ok(())
    }
}
