//! The test `tripline_suite::budgets`: no budget without a test, no test without a budget.
//!
//! It also publishes `suite.json`, from which a tool learns what this binary holds.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use tripline_budget::protocol::files;
use tripline_budget::{BudgetFile, Cfgs, SCHEMA, SuiteDescription, WorkloadDescription, commit_of};

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
    let workloads = registry::workloads();
    publish(suite, paths, &workloads)?;
    find(suite, paths, &workloads)
}

fn publish(
    suite: &Suite,
    paths: &WorkspacePaths,
    workloads: &[WorkloadDescription],
) -> Result<(), SystemError> {
    let description = SuiteDescription {
        schema: SCHEMA,
        run: run::id(),
        suite: suite.name().to_owned(),
        commit: commit_of(paths.workspace()),
        package: suite.package.to_owned(),
        target: suite.target(),
        budgets: paths.budgets().map(|folder| folder.join(suite.name()).display().to_string()),
        cfgs: ruler::captured_cfgs(suite),
        ruler: ruler::ruler(suite, paths.workspace(), alloc::memory_name()),
        workloads: workloads.to_vec(),
        types: registry::type_layouts(),
    };
    run::publish_for_suite(suite.name(), files::SUITE, &description.to_json())
}

fn find(
    suite: &Suite,
    paths: &WorkspacePaths,
    workloads: &[WorkloadDescription],
) -> Result<Orphans, Error> {
    let folder = paths.suite(suite.name());
    let mut files = Vec::new();
    list(&folder, &mut files).map_err(SystemError::file(FileAction::List, &folder))?;
    files.sort();
    let mut orphans = Orphans::default();
    let mut budgeted = BTreeSet::new();
    let cfgs = cfgs(suite)?;
    for file in files {
        let Some(path) = workload_of(&folder, &file) else {
            orphans.unreadable.push(UnreadableBudget::NotToml(file));
            continue;
        };
        let is_known = workloads.iter().any(|workload| workload.workload == path);
        if path != files::SIZES && !is_known {
            orphans.add_unless_off(&file, &paths.shown(&file), &path, &cfgs);
        }
        budgeted.insert(path);
    }
    let without = workloads.iter().filter(|workload| !budgeted.contains(&workload.workload));
    orphans.tests = without.cloned().collect();
    Ok(orphans)
}

impl Orphans {
    /// Adds a budget without a test. One that stands under `when` alone needs none in a build where no `when` matches.
    fn add_unless_off(&mut self, file: &Path, shown: &str, path: &str, cfgs: &Cfgs) {
        match applies(file, shown, cfgs) {
            Ok(true) => {
                let (file, test) = (file.to_owned(), path.to_owned());
                self.budgets.push(OrphanBudget { file, test });
            }
            Ok(false) => {}
            Err(problem) => self.unreadable.push(UnreadableBudget::Problem(problem)),
        }
    }
}

fn applies(file: &Path, shown: &str, cfgs: &Cfgs) -> Result<bool, NotJudged> {
    let budget = BudgetFile::load(file, shown)?;
    if budget.whens.is_empty() {
        return Ok(true);
    }
    budget.applies(cfgs).map_err(NotJudged::FileProblems)
}

/// Lists every file below `folder`, which need not exist.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in folder.read_dir()? {
        let entry = entry?;
        // Editors and systems keep such; a budget is never hidden.
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            list(&entry.path(), files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Returns `cold::open` for `cold/open.toml`.
fn workload_of(folder: &Path, file: &Path) -> Option<String> {
    let relative = file.strip_prefix(folder).ok()?.to_str()?;
    Some(relative.strip_suffix(".toml")?.replace(['/', '\\'], "::"))
}
