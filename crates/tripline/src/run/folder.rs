//! A run's id, its folder, and the publication of what it wrote.
//!
//! Each run writes in a folder of its own. A finished file moves by rename to
//! `<target>/tripline/latest/<suite>/<workload>/`, so a reader never sees half a file. It carries the run's id, so a
//! reader never takes an old file for a new one.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

use tripline_budget::SuiteDescription;
use tripline_budget::protocol::{file_names, variables};

use crate::case::paths;
use crate::error::{FileAction, SystemError};

/// One judge's run of one workload.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) id: String,
    folder: TempDir,
    published: PathBuf,
}

/// The folder in which runs of one kind are published.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PublishedFolder {
    /// For workloads as they are.
    Latest,
    /// For workloads with a breach planted in them.
    Planted,
}

impl PublishedFolder {
    const fn name(self) -> &'static str {
        match self {
            Self::Latest => file_names::LATEST,
            Self::Planted => file_names::PLANTED,
        }
    }
}

impl Run {
    pub(crate) fn begin(
        to: PublishedFolder,
        suite: &str,
        workload: &str,
    ) -> Result<Self, SystemError> {
        let output = file_names::output_folder(&paths::target_folder()?);
        let published =
            output.join(to.name()).join(suite).join(file_names::workload_path(workload));
        Ok(Self { id: id(), folder: meter_folder()?, published })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the path of a file once it is published.
    pub(crate) fn published(&self, name: &str) -> PathBuf {
        self.published.join(name)
    }

    /// Moves a file of the run's own over that of the latest run.
    pub(crate) fn publish_file(&self, name: &str, from: &Path) -> Result<(), SystemError> {
        let to = self.published(name);
        fs::create_dir_all(&self.published)
            .and_then(|()| fs::rename(from, &to))
            .map_err(SystemError::file(FileAction::Write, to))
    }

    /// Replaces a file of the latest run by `text`.
    pub(crate) fn publish(&self, name: &str, text: &str) -> Result<(), SystemError> {
        replace(&self.published(name), text)
    }

    /// Removes a file of the latest run, which must not stand beside this run's.
    pub(crate) fn withdraw(&self, name: &str) -> Result<(), SystemError> {
        remove(&self.published(name))
    }
}

/// Creates a folder for meters. All such paths are equally long, since a meter's environment has them.
pub(crate) fn meter_folder() -> Result<TempDir, SystemError> {
    let runs = file_names::output_folder(&paths::target_folder()?).join(file_names::RUNS);
    fs::create_dir_all(&runs)
        .and_then(|()| tempfile::Builder::new().prefix("").tempdir_in(&runs))
        .map_err(|source| SystemError::CreateIn { folder: runs, source })
}

/// Replaces the description of a suite, and removes one under a name that it had before.
pub(crate) fn publish_description(suite: &SuiteDescription) -> Result<(), SystemError> {
    for (file, former) in published_descriptions()? {
        let is_own = former.package == suite.package && former.target == suite.target;
        if is_own && former.suite != suite.suite && former.is_beside(suite) {
            remove(&file)?;
        }
    }
    replace(&latest()?.join(suite.place()), &suite.to_json())
}

/// Returns every description that is published and can be read, with its file.
pub(crate) fn published_descriptions() -> Result<Vec<(PathBuf, SuiteDescription)>, SystemError> {
    let below = |folder: PathBuf| {
        let entries = folder.read_dir().into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let suites = below(latest()?).into_iter().flat_map(below);
    let described = suites.filter_map(|target| {
        let file = target.join(file_names::SUITE);
        let text = fs::read_to_string(&file).ok()?;
        Some((file, SuiteDescription::from_json(&text).ok()?))
    });
    Ok(described.collect())
}

fn latest() -> Result<PathBuf, SystemError> {
    Ok(file_names::output_folder(&paths::target_folder()?).join(file_names::LATEST))
}

/// Replaces another file of a suite as a whole.
pub(crate) fn publish_for_suite(suite: &str, name: &str, text: &str) -> Result<(), SystemError> {
    let folder = file_names::suite_folder(&paths::target_folder()?, suite);
    replace(&folder.join(name), text)
}

/// Writes a file under a name of its own beside `file`, and renames it over `file`.
fn replace(file: &Path, text: &str) -> Result<(), SystemError> {
    let write = || -> io::Result<()> {
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
        io::Write::write_all(&mut fresh, text.as_bytes())?;
        fresh.persist(file).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(SystemError::file(FileAction::Write, file))
}

fn remove(file: &Path) -> Result<(), SystemError> {
    match fs::remove_file(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(SystemError::file(FileAction::Remove, file)),
    }
}

/// Returns the id that a tool gave, or one of this process's own.
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
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_stays() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("a/b/measurement.json");
        replace(&file, "old and longer").expect("written");
        replace(&file, "new").expect("written");
        assert_eq!(fs::read_to_string(&file)?, "new");
        assert_eq!(file.parent().into_iter().flat_map(fs::read_dir).flatten().count(), 1);
        Ok(())
    }

    #[test]
    fn an_earlier_report_goes_and_a_missing_one_is_no_error() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("report.html");
        fs::write(&file, "earlier")?;
        assert!(remove(&file).is_ok());
        assert!(!file.exists());
        assert!(remove(&file).is_ok());
        assert!(matches!(
            remove(dir.path()),
            Err(SystemError::File { action: FileAction::Remove, .. })
        ));
        Ok(())
    }
}
