//! Paths: the workspace, its `budgets/`, the target folder.
//!
//! The run-time `CARGO_MANIFEST_DIR` decides, not the compiled-in one, which may be another clone's
//! when two share a target folder. Outside Cargo only the compiled-in one is known.

use tripline_budget::protocol::file_names;

use std::path::{Path, PathBuf};

use crate::error::SystemError;

/// The folders that a package's budgets and snapshots are found by.
#[derive(Clone, Debug)]
pub(crate) struct WorkspacePaths {
    workspace: PathBuf,
    budgets: Option<PathBuf>,
}

impl WorkspacePaths {
    pub(crate) fn find(compiled_manifest_dir: &str) -> Self {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(compiled_manifest_dir), PathBuf::from);
        let workspace = workspace_of(&package);
        let budgets = package
            .ancestors()
            .take_while(|folder| folder.starts_with(&workspace))
            .map(|folder| folder.join(file_names::BUDGETS))
            .find(|budgets| budgets.is_dir());
        Self { workspace, budgets }
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
        let xtask = std::fs::read_to_string(self.workspace.join("xtask/Cargo.toml"));
        match xtask {
            Ok(manifest) if manifest.contains("cargo-tripline") => "cargo xtask",
            _ => "cargo tripline",
        }
    }
}

/// Returns the nearest folder upwards whose manifest has a `[workspace]`; without one, the package itself.
fn workspace_of(package: &Path) -> PathBuf {
    package
        .ancestors()
        .find(|folder| has_workspace_table(&folder.join("Cargo.toml")))
        .unwrap_or(package)
        .to_owned()
}

/// Returns `true` if a manifest opens a `[workspace]` table, or one below it.
fn has_workspace_table(manifest: &Path) -> bool {
    let Ok(text) = std::fs::read_to_string(manifest) else {
        return false;
    };
    text.lines().map(str::trim_start).any(|line| {
        line.strip_prefix("[workspace")
            .is_some_and(|rest| rest.starts_with(']') || rest.starts_with('.'))
    })
}

/// Files that mark a target folder. Cargo leaves `CACHEDIR.TAG` only in one that it created, and `.rustc_info.json`
/// in every one; nextest leaves neither in what it unpacks of an archive, but its own list of binaries.
pub(crate) const TARGET_FOLDER_MARKS: [&str; 3] =
    ["CACHEDIR.TAG", ".rustc_info.json", "nextest/binaries-metadata.json"];

/// Returns the target folder: the nearest one above the executable that is marked as one. In a build for a named
/// target it is the one above that, where a tool looks.
pub(crate) fn target_folder() -> Result<PathBuf, SystemError> {
    let executable = std::env::current_exe().map_err(SystemError::NoExecutable)?;
    match marked_above(&executable, env!("TRIPLINE_TARGET")) {
        Some(folder) => Ok(folder.to_owned()),
        None => Err(SystemError::NoTargetFolder { executable }),
    }
}

/// Returns the target folder above `executable`. Cargo marks the folder of a named target, too, which it calls by
/// the triple.
fn marked_above<'a>(executable: &'a Path, triple: &str) -> Option<&'a Path> {
    let is_marked =
        |folder: &Path| TARGET_FOLDER_MARKS.iter().any(|mark| folder.join(mark).is_file());
    let nearest = executable.ancestors().skip(1).find(|folder| is_marked(folder))?;
    let whole = nearest.parent().filter(|above| nearest.ends_with(triple) && is_marked(above));
    Some(whole.unwrap_or(nearest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIPLE: &str = "i686-unknown-linux-musl";

    #[test]
    fn the_workspace_is_where_the_table_is() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let package = dir.path().join("crates/a");
        std::fs::create_dir_all(&package)?;
        std::fs::write(package.join("Cargo.toml"), "[package]\nname = 'a'\n")?;
        assert_eq!(workspace_of(&package), package);
        std::fs::write(dir.path().join("Cargo.toml"), "[workspace]\n")?;
        assert_eq!(workspace_of(&package), dir.path());
        std::fs::write(dir.path().join("Cargo.toml"), "[workspace.lints]\n")?;
        assert_eq!(workspace_of(&package), dir.path());
        std::fs::write(dir.path().join("Cargo.toml"), "[workspaces]\n")?;
        assert_eq!(workspace_of(&package), package);
        Ok(())
    }

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
    fn this_test_runs_below_a_target_folder() {
        assert!(target_folder().is_ok());
    }
}
