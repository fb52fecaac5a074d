//! The test `tripline_suite::budgets`: no budget without a test, no test without a budget.
//!
//! It also publishes `suite.json`, from which a tool learns what this binary holds.

use std::path::{Path, PathBuf};

use tripline_budget::protocol::file_names;
use tripline_budget::{
    NameClash, OrphanFile, SCHEMA, SuiteDescription, WorkloadDescription, budget_files,
    name_clashes, orphan_file,
};

use crate::case::paths::WorkspacePaths;
use crate::case::registry::{self, Suite};
use crate::case::ruler::{self, cfgs};
use crate::error::{Error, FileAction, NotJudged, SystemError};
use crate::instruments::alloc;
use crate::run::{self};

/// Budgets without a test, tests without a budget, and files that are no budget.
#[derive(Debug, Default)]
pub(crate) struct Orphans {
    pub(crate) budgets: Vec<OrphanBudget>,
    pub(crate) tests: Vec<WorkloadDescription>,
    pub(crate) unreadable: Vec<UnreadableBudget>,
}

/// A budget without a test in this build.
#[derive(Debug)]
pub(crate) struct OrphanBudget {
    pub(crate) file: PathBuf,
    /// The path that its test would have.
    pub(crate) test: String,
}

/// A file among the budgets that cannot be read as one.
#[derive(Debug)]
pub(crate) enum UnreadableBudget {
    /// The file's name does not end in `.toml`.
    NotToml(PathBuf),
    Problem(NotJudged),
}

impl Orphans {
    pub(crate) fn is_empty(&self) -> bool {
        self.budgets.is_empty() && self.tests.is_empty() && self.unreadable.is_empty()
    }
}

/// Publishes the suite's description, and compares its budgets with its tests.
pub(crate) fn check(suite: &Suite, paths: &WorkspacePaths) -> Result<Orphans, Error> {
    // The optimiser must take the mark for read.
    std::hint::black_box(suite.mark);
    let workloads = registry::workloads();
    let description = describe(suite, paths, &workloads);
    run::publish_description(&description)?;
    if let Some(clash) = clash(&description)? {
        return Err(NotJudged::NameClash(clash).into());
    }
    find(suite, paths, &workloads)
}

/// Returns a clash of the suite, within itself or with one that the same process started.
fn clash(own: &SuiteDescription) -> Result<Option<NameClash>, SystemError> {
    let is_of_this_run = |other: &SuiteDescription| {
        own.starter.is_some() && own.starter == other.starter && own.is_beside(other)
    };
    let all = run::published_descriptions()?.into_iter().map(|(_, other)| other);
    let others: Vec<_> = all.filter(is_of_this_run).collect();
    let suites: Vec<_> = std::iter::once(own.clone()).chain(others).collect();
    Ok(name_clashes(&suites).into_iter().next())
}

fn describe(
    suite: &Suite,
    paths: &WorkspacePaths,
    workloads: &[WorkloadDescription],
) -> SuiteDescription {
    SuiteDescription {
        schema: SCHEMA,
        run: run::id(),
        starter: run::starter(),
        suite: suite.name().to_owned(),
        commit: paths.commit(),
        package: suite.package.to_owned(),
        target: suite.target(),
        file: suite.file.to_owned(),
        line: suite.line,
        budgets: paths.budgets().map(|folder| folder.join(suite.name()).display().to_string()),
        cfgs: ruler::captured_cfgs(suite),
        ruler: ruler::ruler(suite, paths.workspace(), alloc::memory_name()),
        workloads: workloads.to_vec(),
        types: registry::type_layouts(),
    }
}

fn find(
    suite: &Suite,
    paths: &WorkspacePaths,
    workloads: &[WorkloadDescription],
) -> Result<Orphans, Error> {
    let folder = paths.suite(suite.name());
    let found = budget_files(&folder).map_err(SystemError::file(FileAction::List, &folder))?;
    let cfgs = cfgs(suite)?;
    let is_workload = |path: &str| workloads.iter().any(|workload| workload.workload == path);
    let mut orphans = Orphans::default();
    for file in &found {
        if let Some(orphan) = orphan_file(&folder, file, &paths.shown(file), is_workload, &cfgs) {
            orphans.add(file, orphan);
        }
    }
    let has_budget = |workload: &WorkloadDescription| {
        found.contains(&file_names::budget_file(&folder, &workload.workload))
    };
    orphans.tests = workloads.iter().filter(|workload| !has_budget(workload)).cloned().collect();
    Ok(orphans)
}

impl Orphans {
    fn add(&mut self, file: &Path, orphan: OrphanFile) {
        let file = file.to_owned();
        match orphan {
            OrphanFile::NotToml => self.unreadable.push(UnreadableBudget::NotToml(file)),
            OrphanFile::WithoutTest { workload: test } => {
                self.budgets.push(OrphanBudget { file, test });
            }
            OrphanFile::Unreadable { error, .. } => {
                self.unreadable.push(UnreadableBudget::Problem(error.into()));
            }
        }
    }
}
