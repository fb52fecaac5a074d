//! One measurement of the checkout, put together from its parts.

use std::path::PathBuf;

use tripline_budget::{Measurement, SuiteDescription, commit_of};

use crate::published::disagreement::{Disagreement, gathered};
use crate::published::shard::Shard;
use crate::published::{budgets, contents, origin, shard};
use crate::workspace::Project;

/// One measurement of the checkout.
#[derive(Debug)]
pub(crate) struct MergedMeasurement {
    /// In the order in which they were given.
    pub(crate) shards: Vec<Shard>,
    /// The commit of every part and of the checkout.
    pub(crate) commit: String,
    /// Sorted by name, with this checkout's budgets.
    pub(crate) suites: Vec<SuiteDescription>,
}

impl MergedMeasurement {
    /// Reads the parts of one measurement of `project`: each folder is a `latest`, or holds one.
    ///
    /// # Errors
    ///
    /// If a file cannot be read, or the folders are not parts of one measurement. The error names all problems.
    pub(crate) fn read(project: &Project, folders: &[PathBuf]) -> anyhow::Result<Self> {
        let shards = shard::read(folders).map_err(|problems| refusal(&problems))?;
        let commit = origin::commit(&shards, &commit_of(project.root()));
        let commit = agreed(commit, disagreements(&shards))?;
        let suites = budgets::suites(project, &shards).map_err(|problem| refusal(&[problem]))?;
        Ok(Self { shards, commit, suites })
    }

    /// Returns the measurement of a workload, if any part has one.
    pub(crate) fn measurement(&self, suite: &str, workload: &str) -> Option<&Measurement> {
        let all = self.shards.iter().flat_map(|shard| &shard.measurements);
        all.into_iter().find(|found| found.suite == suite && found.workload == workload)
    }
}

fn disagreements(shards: &[Shard]) -> Vec<Disagreement> {
    let mut problems = origin::rulers(shards);
    problems.extend(contents::misnamed(shards));
    problems.extend(contents::name_clashes(shards));
    problems.extend(contents::descriptions(shards));
    problems.extend(contents::undescribed(shards));
    problems.extend(contents::unregistered(shards));
    problems.extend(contents::twice(shards));
    problems
}

/// Returns the commit if nothing contradicts it.
fn agreed(
    commit: Result<String, Disagreement>,
    mut problems: Vec<Disagreement>,
) -> anyhow::Result<String> {
    match commit {
        Ok(commit) if problems.is_empty() => return Ok(commit),
        Ok(_) => {}
        Err(problem) => problems.push(problem),
    }
    Err(refusal(&problems))
}

fn refusal(problems: &[Disagreement]) -> anyhow::Error {
    let paragraphs: String =
        gathered(problems).iter().map(|problem| format!("\n\n{problem}")).collect();
    anyhow::anyhow!("these folders are not parts of one measurement{paragraphs}")
}
