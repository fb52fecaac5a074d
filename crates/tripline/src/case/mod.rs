//! A workload's test as plain data: what the macros registered, what the binary was built with, where its files are.
//!
//! Everybody may know a case. Nothing here measures it or holds it to anything; that is the meter's and the judge's.

pub(crate) mod built_features;
mod built_profile;
pub(crate) mod paths;
pub(crate) mod registry;
pub(crate) mod ruler;

use std::path::{Path, PathBuf};

use tripline_budget::NameClash;
use tripline_budget::protocol::file_names;

use crate::case::paths::WorkspacePaths;
use crate::case::registry::{Suite, Workload};
use crate::error::NotJudged;

/// One workload, its suite, and where its files are.
#[derive(Debug)]
pub(crate) struct TestCase {
    pub(crate) workload: &'static Workload,
    pub(crate) suite: &'static Suite,
    pub(crate) paths: WorkspacePaths,
    budget: PathBuf,
}

impl TestCase {
    /// # Errors
    /// If this binary has no suite, or nobody knows its workspace.
    pub(crate) fn of(workload: &'static Workload) -> Result<Self, NotJudged> {
        let suite = Suite::of_this_binary().ok_or_else(|| NotJudged::NoSuite {
            crate_name: workload.crate_name(),
            workload: workload.path(),
            file: workload.file,
            line: workload.line,
        })?;
        let paths = WorkspacePaths::find(workload.manifest_dir)?;
        let budget = file_names::budget_file(&paths.suite(suite.name()), &workload.path());
        Ok(Self { workload, suite, paths, budget })
    }

    /// Returns the test's name in its suite: `sql::wal_insert_heavy`.
    pub(crate) fn name(&self) -> String {
        format!("{}::{}", self.suite.name(), self.workload.path())
    }

    /// Returns the clash of the workload with others of its suite, if there is one.
    pub(crate) fn clash(&self) -> Option<NameClash> {
        let clashes = registry::clashes(self.suite, &registry::workloads());
        clashes.into_iter().find(|clash| clash.is_of(&self.name()))
    }

    /// Returns the budget's path, whether or not the file is there.
    pub(crate) fn budget(&self) -> &Path {
        &self.budget
    }

    /// Returns the budget's path from the workspace's root.
    pub(crate) fn budget_shown(&self) -> String {
        self.paths.shown(&self.budget)
    }
}
