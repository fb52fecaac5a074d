//! Where a benchmark's files go: beside the documentation if that is wanted, else into the target folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use tripline_budget::protocol::files;

use crate::publish;

/// The files of one benchmark, which share a name.
#[derive(Debug)]
pub(super) struct Outputs {
    folder: PathBuf,
    name: &'static str,
}

impl Outputs {
    /// `docs/<name>.*` of the workspace at `root`.
    pub(super) fn docs(root: &Path, name: &'static str) -> Self {
        Self { folder: root.join("docs"), name }
    }

    /// `<target>/tripline/bench/<name>.*`.
    pub(super) fn target(target: &Path, name: &'static str) -> anyhow::Result<Self> {
        let folder = files::output_folder(target).join("bench");
        let made = fs::create_dir_all(&folder);
        made.with_context(|| format!("failed to make {}", folder.display()))?;
        Ok(Self { folder, name })
    }

    pub(super) fn path(&self, extension: &str) -> PathBuf {
        self.folder.join(format!("{}.{extension}", self.name))
    }

    /// Writes the file that ends so, whole or not at all, and says where it is.
    pub(super) fn write(&self, extension: &str, text: &str) -> anyhow::Result<PathBuf> {
        let path = self.path(extension);
        publish::write(&path, text)?;
        Ok(path)
    }
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
