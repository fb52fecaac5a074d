//! Where a suite's budgets lie.

use std::path::{Path, PathBuf};

use tripline_budget::SuiteDescription;
use tripline_budget::protocol::files;

use crate::workspace::project::Project;

/// A workload's name among all suites: `sql::wal_insert_heavy`.
pub(crate) fn name(suite: &str, workload: &str) -> String {
    format!("{suite}::{workload}")
}

/// A suite and its surroundings.
#[derive(Clone, Copy, Debug)]
pub struct SuiteHome<'a> {
    project: &'a Project,
    pub suite: &'a SuiteDescription,
}

impl<'a> SuiteHome<'a> {
    #[must_use]
    pub const fn new(project: &'a Project, suite: &'a SuiteDescription) -> Self {
        Self { project, suite }
    }

    /// The workspace's folder.
    pub(crate) fn root(&self) -> &'a Path {
        self.project.root()
    }

    /// The name of a workload of this suite.
    #[must_use]
    pub fn name(&self, workload: &str) -> String {
        name(&self.suite.suite, workload)
    }

    /// The folder that holds the suite's budgets, or would.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        match &self.suite.budgets {
            Some(folder) => PathBuf::from(folder),
            None => self.project.root().join(files::BUDGETS).join(&self.suite.suite),
        }
    }

    /// `tripline.toml`, which need not exist.
    pub(crate) fn config(&self) -> PathBuf {
        self.folder().with_file_name(files::CONFIG)
    }

    /// The budget of a workload, or of the types, whether or not it is there.
    pub(crate) fn budget(&self, workload: &str) -> PathBuf {
        let mut file = self.folder();
        file.push(files::workload_path(workload));
        file.as_mut_os_string().push(".toml");
        file
    }

    /// A path as a person at the workspace's root would type it.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        self.project.shown(path)
    }
}
