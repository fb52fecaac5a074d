//! Budgets without a test, and folders without a suite.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tripline_budget::protocol::file_names::{BUDGETS, CONFIG};
use tripline_budget::{Error, OrphanFile, SuiteDescription, budget_files, orphan_file};

use crate::filter::Filter;
use crate::findings::budget_findings::BudgetFindings;
use crate::findings::remedy::RemedyLine;
use crate::outcome::Status;
use crate::output::Tool;
use crate::workspace::{Project, SuiteHome, name};

/// The source of the list of suites.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SuitesKnownFrom {
    /// Every test binary of a build, so a suite that is not listed does not exist.
    Build,
    /// Folders from other machines, so a suite that is not listed may have been forgotten.
    Shards,
}

/// Returns findings on each orphan that `filter` matches.
pub(crate) fn find(
    project: &Project,
    suites: &[SuiteDescription],
    filter: &Filter,
    described: SuitesKnownFrom,
    tool: Tool,
) -> Vec<BudgetFindings> {
    let mut found = Vec::new();
    for suite in suites {
        found.extend(without_test(SuiteHome::new(project, suite), tool));
    }
    // A build of some packages lists only some suites.
    if project.is_whole() {
        found.extend(without_suite(project, suites, described));
    }
    found.retain(|orphan| filter.matches(&orphan.name));
    found
}

/// Returns the suite's files that budget no workload of this build.
fn without_test(home: SuiteHome<'_>, tool: Tool) -> Vec<BudgetFindings> {
    let folder = home.folder();
    let files = budget_files(&folder).unwrap_or_default();
    files.iter().filter_map(|file| orphan(home, &folder, file, tool)).collect()
}

fn orphan(home: SuiteHome<'_>, folder: &Path, file: &Path, tool: Tool) -> Option<BudgetFindings> {
    let place = home.shown(file);
    let is_workload =
        |path: &str| home.suite.workloads.iter().any(|workload| workload.workload == path);
    let cfgs = home.cfgs();
    let known = cfgs.as_ref().cloned().unwrap_or_default();
    let findings = |path: &str| BudgetFindings::new(home.name(path), place.clone());
    let orphan = orphan_file(folder, file, &place, is_workload, &known)?;
    Some(match orphan {
        OrphanFile::NotToml => {
            let relative = file.strip_prefix(folder).unwrap_or(file).display().to_string();
            let sentence = "not a budget: its name does not end in `.toml`";
            findings(&relative).say(Status::Breach, sentence)
        }
        OrphanFile::Unreadable { workload, error } => {
            let problem = match (error, cfgs) {
                (Error::Unreadable { cause, .. }, _) => format!("failed to read it: {cause}"),
                (_, Err(problem)) => problem,
                (error, Ok(_)) => error.to_string(),
            };
            findings(&workload).say(Status::Breach, problem)
        }
        // It names the breakdown, too.
        OrphanFile::WithoutTest { workload } => findings(&workload)
            .say(Status::Breach, "a budget without a test in this build")
            .remedy(RemedyLine::advice(
                "keep",
                "it under `[when.'cfg(…)'.limits]` if its test stands behind a cfg".to_owned(),
            ))
            .remedy(RemedyLine::update(
                "remove",
                format!("{tool} update-budgets --remove-orphans {}", home.name(&workload)),
            )),
    })
}

/// Returns the entries of a `budgets/` that belong to no suite.
fn without_suite(
    project: &Project,
    suites: &[SuiteDescription],
    described: SuitesKnownFrom,
) -> Vec<BudgetFindings> {
    let claimed: BTreeSet<PathBuf> =
        suites.iter().map(|suite| SuiteHome::new(project, suite).folder()).collect();
    let mut found = Vec::new();
    for root in roots(project, &claimed) {
        for entry in sorted(&root) {
            let own_name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if claimed.contains(&entry) || own_name == CONFIG || may_be_off(project, &own_name) {
                continue;
            }
            found.push(unclaimed(project, &entry, &own_name, described));
        }
    }
    found
}

fn unclaimed(
    project: &Project,
    path: &Path,
    own_name: &str,
    described: SuitesKnownFrom,
) -> BudgetFindings {
    let place = project.shown(path);
    if !path.is_dir() {
        let sentence = format!(
            "it belongs to no suite: `{BUDGETS}/` holds {CONFIG} and a folder for each suite"
        );
        return BudgetFindings::new(own_name.to_owned(), place).say(Status::Breach, sentence);
    }
    let group = BudgetFindings::new(name(own_name, "*"), place);
    match described {
        SuitesKnownFrom::Build => group
            .say(
                Status::Breach,
                "budgets without a suite: no test binary of this build has this name",
            )
            .remedy(RemedyLine::advice(
                "rename",
                "the folder as its suite was renamed, if it was".to_owned(),
            ))
            .remedy(RemedyLine::advice(
                "keep",
                "it if another package, feature or target has the suite; a `git rm` of its files is \
                 right only if none has"
                    .to_owned(),
            )),
        SuitesKnownFrom::Shards => group
            .say(Status::Unknown, "no shard has this suite: is one missing?")
            .remedy(RemedyLine::advice(
                "give",
                "the shard that has it, or rename the folder as its suite was renamed".to_owned(),
            )),
    }
}

/// Returns every `budgets/` of the workspace.
fn roots(project: &Project, claimed: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    let of_suites = claimed.iter().filter_map(|folder| folder.parent()).map(Path::to_owned);
    let packages = project.packages().iter().filter_map(|package| package.manifest_path.parent());
    let folders = packages.map(AsRef::as_ref).chain([project.root()]);
    of_suites
        .chain(folders.map(|folder| folder.join(BUDGETS)))
        .filter(|root| root.is_dir())
        .collect()
}

/// Returns `true` if a target of this name needs features, which may be off.
fn may_be_off(project: &Project, suite: &str) -> bool {
    let targets = project.packages().iter().flat_map(|package| &package.targets);
    targets
        .filter(|target| target.name.replace('-', "_") == suite)
        .any(|target| !target.required_features.is_empty())
}

/// Returns the entries of a folder, sorted. Files of editors and systems are left out: a budget is never hidden.
fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let shown = |entry: &fs::DirEntry| !entry.file_name().to_string_lossy().starts_with('.');
    let mut entries: Vec<_> = entries.filter(shown).map(|entry| entry.path()).collect();
    entries.sort();
    entries
}
