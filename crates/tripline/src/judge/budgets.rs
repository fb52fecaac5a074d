//! The test `tripline_suite::budgets`: no budget without a test, no test without a budget.
//!
//! It also publishes `suite.json`, from which a tool learns what this binary holds.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tripline_budget::protocol::files;
use tripline_budget::{BudgetFile, Cfgs, SCHEMA, SuiteDescription, WorkloadDescription, commit_of};

use crate::case::paths::{self, Home};
use crate::case::registry::{self, Suite};
use crate::case::ruler;
use crate::entry::fail;
use crate::judge::{cfgs, describe};
use crate::render;
use crate::run;

/// The suite's description, under `latest/<suite>/`.
/// Holds the suite's folder to the suite's tests.
///
/// # Panics
/// If a budget has no test, a test no budget, or a file is no budget at all.
pub fn check_budgets() {
    let suite = Suite::of_this_binary();
    if let Some(Err(failure)) = suite.map(check) {
        fail(&failure);
    }
}

fn check(suite: &Suite) -> Result<(), String> {
    let home = Home::find(suite.manifest_dir);
    let workloads = registry::workloads();
    publish(suite, &home, &workloads)?;
    let orphans = Orphans::find(&home, suite, &workloads)?;
    orphans.failure(&home, suite).map_or(Ok(()), Err)
}

fn publish(suite: &Suite, home: &Home, workloads: &[WorkloadDescription]) -> Result<(), String> {
    let description = SuiteDescription {
        schema: SCHEMA,
        run: run::id(),
        suite: suite.name().to_owned(),
        commit: commit_of(home.workspace()),
        package: suite.package.to_owned(),
        target: suite.target(),
        budgets: home.budgets().map(|folder| folder.join(suite.name()).display().to_string()),
        cfgs: ruler::cfgs(suite),
        ruler: ruler::ruler(suite, home.workspace()),
        workloads: workloads.to_vec(),
        types: registry::type_layouts(),
    };
    let folder = files::suite_folder(&paths::target_folder()?, suite.name());
    let file = folder.join(files::SUITE);
    run::replace(&file, &description.to_json())
        .map_err(|error| format!("failed to write {}: {error}", file.display()))
}

/// What has no counterpart, as lines for the failure.
#[derive(Default)]
struct Orphans {
    budgets: Vec<String>,
    tests: Vec<String>,
    /// Files that cannot be read as what their place says.
    broken: Vec<String>,
}

impl Orphans {
    fn find(home: &Home, suite: &Suite, workloads: &[WorkloadDescription]) -> Result<Self, String> {
        let folder = home.suite(suite.name());
        let mut files = Vec::new();
        list(&folder, &mut files)
            .map_err(|error| format!("failed to list {}: {error}", home.shown(&folder)))?;
        files.sort();
        let mut orphans = Self::default();
        let mut budgeted = BTreeSet::new();
        let cfgs = cfgs(suite)?;
        for file in &files {
            let Some(path) = workload_of(&folder, file) else {
                orphans.broken.push(format!(
                    "{}: not a budget: its name does not end in `.toml`",
                    home.shown(file)
                ));
                continue;
            };
            let known = workloads.iter().any(|workload| workload.workload == path);
            if path != files::SIZES && !known {
                orphans.consider(file, &home.shown(file), &path, &cfgs);
            }
            budgeted.insert(path);
        }
        let without = workloads.iter().filter(|workload| !budgeted.contains(&workload.workload));
        orphans.tests = without
            .map(|workload| {
                format!(
                    "{}::{}        {}:{}",
                    suite.name(),
                    workload.workload,
                    workload.file,
                    workload.line
                )
            })
            .collect();
        Ok(orphans)
    }

    /// A budget that stands under `when` alone needs no test in a build where none matches.
    fn consider(&mut self, file: &Path, shown: &str, path: &str, cfgs: &Cfgs) {
        let applies = match BudgetFile::load(file, shown) {
            Ok(budget) if budget.whens.is_empty() => Ok(true),
            Ok(budget) => budget.applies(cfgs).map_err(|problems| problems.to_string()),
            Err(error) => Err(describe(&error)),
        };
        match applies {
            Ok(true) => self.budgets.push(format!("{shown}        no test `{path}` in this build")),
            Ok(false) => {}
            Err(problems) => self.broken.push(problems),
        }
    }

    fn failure(&self, home: &Home, suite: &Suite) -> Option<String> {
        if self.budgets.is_empty() && self.tests.is_empty() && self.broken.is_empty() {
            return None;
        }
        let what = "budgets and tests do not match";
        let mut text =
            render::headline("TRIPPED", suite.name(), what, &home.shown(&home.suite(suite.name())));
        section(&mut text, "a budget without a test", &self.budgets);
        section(&mut text, "a test without a budget", &self.tests);
        section(&mut text, "a file that cannot be read", &self.broken);
        if !self.budgets.is_empty() {
            text.push_str("  remove    the budget, or put it under `[when.'cfg(…)'.limits]` if its test stands behind a cfg\n");
        }
        if !self.tests.is_empty() {
            text.push_str(&format!(
                "  record    {} update-budgets {}\n",
                home.tool(),
                suite.name()
            ));
        }
        Some(text)
    }
}

fn section(text: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    text.push_str(&format!("  {title}\n"));
    for line in lines {
        text.push_str(&format!("    {}\n", line.trim_end().replace('\n', "\n    ")));
    }
    text.push('\n');
}

/// Every file below `folder`, which need not exist.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
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

/// `cold/open` + `.toml` → `cold::open`.
fn workload_of(folder: &Path, file: &Path) -> Option<String> {
    let relative = file.strip_prefix(folder).ok()?.to_str()?;
    Some(relative.strip_suffix(".toml")?.replace(['/', '\\'], "::"))
}
