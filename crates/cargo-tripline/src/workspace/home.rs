//! A suite and the folder of its budgets.

use std::path::{Path, PathBuf};

use tripline_budget::SuiteDescription;
use tripline_budget::protocol::file_names;

use crate::workspace::project::Project;

/// Returns a workload's name among all suites: `sql::wal_insert_heavy`.
pub(crate) fn name(suite: &str, workload: &str) -> String {
    format!("{suite}::{workload}")
}

/// A suite in its workspace.
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

    /// Returns the workspace's folder.
    pub(crate) fn root(&self) -> &'a Path {
        self.project.root()
    }

    /// Returns `true` if every package of the workspace is built.
    pub(crate) fn is_whole(&self) -> bool {
        self.project.is_whole()
    }

    /// Returns the name of a workload of this suite.
    #[must_use]
    pub fn name(&self, workload: &str) -> String {
        name(&self.suite.suite, workload)
    }

    /// Returns the folder of the suite's budgets, which may be missing.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        match &self.suite.budgets {
            Some(folder) => PathBuf::from(folder),
            None => self.project.root().join(file_names::BUDGETS).join(&self.suite.suite),
        }
    }

    /// Returns the path of `tripline.toml`, which may be missing.
    pub(crate) fn config(&self) -> PathBuf {
        self.folder().with_file_name(file_names::CONFIG)
    }

    /// Returns the budget file of a workload, or of the types, which may be missing.
    pub(crate) fn budget(&self, workload: &str) -> PathBuf {
        file_names::budget_file(&self.folder(), workload)
    }

    /// Returns a path as a person at the workspace's root would type it.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        self.project.shown(path)
    }
}
