//! Paths: the workspace, its `budgets/`, the target folder.
//!
//! The run-time `CARGO_MANIFEST_DIR` decides, not the compiled-in one, which may be another clone's
//! when two share a target folder. Outside Cargo only the compiled-in one is known.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use tripline_budget::protocol::file_names;
use tripline_budget::{
    Error, MANIFEST, Manifest, budgets_folder, commit_of, shell_word, workspace_root,
};

use crate::case::built_profile::built_profile;
use crate::error::SystemError;

/// The folders that a package's budgets and snapshots are found by.
#[derive(Clone, Debug)]
pub(crate) struct WorkspacePaths {
    workspace: PathBuf,
    budgets: Option<PathBuf>,
}

impl WorkspacePaths {
    /// # Errors
    /// If a manifest cannot be read, so that nobody knows the workspace.
    pub(crate) fn find(compiled_manifest_dir: &str) -> Result<Self, Error> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(compiled_manifest_dir), PathBuf::from);
        let workspace = workspace_of(&package)?;
        let budgets = budgets_folder(&package, &workspace);
        Ok(Self { workspace, budgets })
    }

    /// Returns the nearest `budgets/` from the package upwards, not beyond the workspace.
    pub(crate) fn budgets(&self) -> Option<&Path> {
        self.budgets.as_deref()
    }

    /// Returns the folder of a suite's budgets, which may not be there yet.
    pub(crate) fn suite(&self, suite: &str) -> PathBuf {
        let default = || self.workspace.join(file_names::BUDGETS);
        self.budgets.clone().unwrap_or_else(default).join(suite)
    }

    pub(crate) fn workspace(&self) -> &Path {
        &self.workspace
    }

    /// Returns the commit of the checkout, which a process asks for once; `None` if nobody knows it.
    pub(crate) fn commit(&self) -> Option<String> {
        static COMMIT: OnceLock<Option<String>> = OnceLock::new();
        COMMIT.get_or_init(|| commit_of(&self.workspace).ok()).clone()
    }

    /// Returns the file that the compiler spells as `path`: from the workspace's root, unless it is absolute.
    pub(crate) fn in_workspace(&self, path: &Path) -> PathBuf {
        self.workspace.join(path)
    }

    /// Returns `path` as a person at the workspace's root would type it.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.workspace).unwrap_or(path);
        shown.display().to_string().replace('\\', "/")
    }

    /// Returns the command that runs tripline's tool here.
    pub(crate) fn tool(&self) -> &'static str {
        match Manifest::read(&self.workspace.join("xtask").join(MANIFEST)) {
            Ok(Some(xtask)) if xtask.depends_on("cargo-tripline") => "cargo xtask",
            _ => "cargo tripline",
        }
    }

    /// Returns the command that records here what this build measures.
    pub(crate) fn update_budgets(&self, arguments: impl Display) -> String {
        let profile = built_profile().map(|name| format!(" --profile {}", shell_word(&name)));
        format!("{} update-budgets {arguments}{}", self.tool(), profile.unwrap_or_default())
    }
}

/// Returns the package's workspace, which a process looks for once: every workload asks.
fn workspace_of(package: &Path) -> Result<PathBuf, Error> {
    static FOUND: Mutex<BTreeMap<PathBuf, PathBuf>> = Mutex::new(BTreeMap::new());
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(workspace) = found.get(package) {
        return Ok(workspace.clone());
    }
    let workspace = workspace_root(package)?;
    found.insert(package.to_owned(), workspace.clone());
    Ok(workspace)
}

/// Files that mark a target folder. Cargo leaves `CACHEDIR.TAG` only in one that it created, and `.rustc_info.json`
/// in every one; nextest leaves neither in what it unpacks of an archive, but its own list of binaries.
const TARGET_FOLDER_MARKS: [&str; 3] =
    ["CACHEDIR.TAG", ".rustc_info.json", "nextest/binaries-metadata.json"];

/// Returns the target folder, where a tool looks for what tests publish.
///
/// An executable that was copied out of one, as some runners do, publishes in the one that it was built in; where that
/// is not there, as on another machine, in a folder for temporary files. A verdict needs no tool.
pub(crate) fn target_folder() -> Result<PathBuf, SystemError> {
    let executable = std::env::current_exe().map_err(SystemError::NoExecutable)?;
    Ok(target_of(&executable, Path::new(env!("OUT_DIR")), env!("TRIPLINE_TARGET")))
}

fn target_of(executable: &Path, built_in: &Path, triple: &str) -> PathBuf {
    let marked = marked_above(executable, triple).or_else(|| marked_above(built_in, triple));
    marked.map_or_else(unplaced, Path::to_owned)
}

/// Returns the folder of executables that are in no target folder. On Linux all users have one folder for temporary
/// files, so each has its own in it.
fn unplaced() -> PathBuf {
    #[cfg(target_os = "linux")]
    let name = format!("tripline-target-{}", rustix::process::getuid().as_raw());
    #[cfg(not(target_os = "linux"))]
    let name = "tripline-target";
    std::env::temp_dir().join(name)
}

/// Returns the nearest target folder above `path`; in a build for a named target the one above that, where a tool looks.
/// Cargo marks the folder of a named target, too, which it calls by the triple.
fn marked_above<'a>(path: &'a Path, triple: &str) -> Option<&'a Path> {
    let is_marked =
        |folder: &Path| TARGET_FOLDER_MARKS.iter().any(|mark| folder.join(mark).is_file());
    let nearest = path.ancestors().skip(1).find(|folder| is_marked(folder))?;
    let whole = nearest.parent().filter(|above| nearest.ends_with(triple) && is_marked(above));
    Some(whole.unwrap_or(nearest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIPLE: &str = "i686-unknown-linux-musl";

    #[test]
    fn a_target_folder_is_the_nearest_with_a_mark() -> std::io::Result<()> {
        for mark in TARGET_FOLDER_MARKS {
            let dir = tempfile::tempdir()?;
            let target = dir.path().join("target");
            let executable = target.join("debug/deps/sql");
            std::fs::create_dir_all(target.join("nextest"))?;
            std::fs::write(dir.path().join("CACHEDIR.TAG"), "")?;
            assert_eq!(marked_above(&executable, TRIPLE), Some(dir.path()));
            std::fs::write(target.join(mark), "")?;
            assert_eq!(marked_above(&executable, TRIPLE), Some(&*target));
        }
        Ok(())
    }

    #[test]
    fn a_named_target_builds_in_a_folder_of_its_own_in_the_target_folder() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let target = dir.path().join("target");
        let of = |folder: &str| target.join(folder).join("debug/deps/sql-0123");
        for folder in ["", TRIPLE, "fixtures"] {
            std::fs::create_dir_all(target.join(folder))?;
            std::fs::write(target.join(folder).join("CACHEDIR.TAG"), "")?;
        }
        assert_eq!(marked_above(&of(TRIPLE), TRIPLE), Some(&*target));
        assert_eq!(marked_above(&of("fixtures"), TRIPLE), Some(&*target.join("fixtures")));
        std::fs::remove_file(target.join("CACHEDIR.TAG"))?;
        assert_eq!(marked_above(&of(TRIPLE), TRIPLE), Some(&*target.join(TRIPLE)));
        Ok(())
    }

    #[test]
    fn an_executable_elsewhere_publishes_where_it_was_built_or_among_temporary_files()
    -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let (target, away) = (dir.path().join("target"), dir.path().join("bin/sql"));
        let built_in = target.join("debug/build/tripline-0123/out");
        assert_eq!(target_of(&away, &built_in, TRIPLE), unplaced());
        std::fs::create_dir(&target)?;
        std::fs::write(target.join("CACHEDIR.TAG"), "")?;
        assert_eq!(target_of(&away, &built_in, TRIPLE), target);
        let other = dir.path().join("other");
        std::fs::create_dir(&other)?;
        std::fs::write(other.join("CACHEDIR.TAG"), "")?;
        assert_eq!(target_of(&other.join("debug/deps/sql"), &built_in, TRIPLE), other);
        Ok(())
    }

    #[test]
    fn this_test_runs_below_a_target_folder() {
        assert!(target_folder().is_ok());
    }
}
