//! The files of a benchmark: beside the documentation with `--write`, else in the target folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use tripline_budget::protocol::file_names;

use crate::whole_file;

/// The files of one benchmark, which share a name.
#[derive(Debug)]
pub(super) struct Outputs {
    folder: PathBuf,
    name: &'static str,
}

impl Outputs {
    /// Names the files `docs/<name>.*` in the workspace at `root`.
    pub(super) fn docs(root: &Path, name: &'static str) -> Self {
        Self { folder: root.join("docs"), name }
    }

    /// Names the files `<target>/tripline/bench/<name>.*`.
    pub(super) fn target(target: &Path, name: &'static str) -> anyhow::Result<Self> {
        Ok(Self { folder: folder_in(target)?, name })
    }

    /// Returns the path of the file with this extension.
    pub(super) fn path(&self, extension: &str) -> PathBuf {
        self.folder.join(format!("{}.{extension}", self.name))
    }

    /// Writes the file with this extension, whole or not at all, and returns its path.
    pub(super) fn write(&self, extension: &str, text: &str) -> anyhow::Result<PathBuf> {
        let path = self.path(extension);
        whole_file::write(&path, text)?;
        Ok(path)
    }
}

/// Creates the folder of all benchmarks in a target folder.
pub(super) fn folder_in(target: &Path) -> anyhow::Result<PathBuf> {
    let folder = file_names::output_folder(target).join("bench");
    let created = fs::create_dir_all(&folder);
    created.with_context(|| format!("failed to create {}", folder.display()))?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_where_they_are_looked_for() {
        let dir = tempfile::tempdir().unwrap();
        let outputs = Outputs::target(dir.path(), "overhead").unwrap();
        let path = outputs.write("csv", "a\n").unwrap();
        assert_eq!(path, dir.path().join("tripline/bench/overhead.csv"));
        assert_eq!(fs::read_to_string(path).unwrap(), "a\n");
        let docs = Outputs::docs(Path::new("/w"), "overhead");
        assert_eq!(docs.path("md"), Path::new("/w/docs/overhead.md"));
    }
}
