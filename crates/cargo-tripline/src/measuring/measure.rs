//! Runs the tests of workloads and reads what they published.

use std::process::Command;

use tripline_budget::protocol::variables;
use tripline_budget::{
    Engine, Figures, Measurement, Outcome, PendingSnapshot, WorkloadDescription,
};

use crate::measuring::without_figures::{WithoutFigures, failure_of};
use crate::system::process;
use crate::workspace::{Project, SuiteHome, fresh_id, latest};

/// The published figures of a workload.
#[derive(Clone, Debug)]
pub struct Sample {
    pub figures: Figures,
    /// The breakdown by call site, if it differs from the recorded one or was asked for.
    pub snapshot: Option<PendingSnapshot>,
    /// The figures of the further runs that were asked for.
    pub repeats: Vec<Figures>,
}

/// A sample, or the reason why there is none.
pub type SampleResult = Result<Sample, WithoutFigures>;

/// The extra figures that workloads measure, and the engine.
#[derive(Clone, Copy, Debug, Default)]
pub struct MeasureOptions {
    /// Measures resident memory, though no budget may limit it yet.
    pub rss: bool,
    /// Publishes the breakdown by call site, though it may be the recorded one.
    pub breakdown: bool,
    /// The number of further runs.
    pub repeats: u32,
    /// The engine, in place of the budgets' own.
    pub engine: Option<Engine>,
}

impl MeasureOptions {
    fn variables(self) -> impl Iterator<Item = &'static str> {
        let rss = self.rss.then_some(variables::MEASURE_RSS);
        rss.into_iter().chain(self.breakdown.then_some(variables::BREAKDOWN))
    }
}

/// Runs `workloads` of a suite once and returns their samples in the same order.
///
/// # Errors
///
/// If cargo cannot be run, or a published file cannot be read.
pub fn measure(
    project: &Project,
    home: SuiteHome<'_>,
    workloads: &[&WorkloadDescription],
    options: MeasureOptions,
) -> anyhow::Result<Vec<SampleResult>> {
    if workloads.is_empty() {
        return Ok(Vec::new());
    }
    let run = fresh_id();
    let mut command = tests(project, home, workloads, &run)?;
    command.envs(options.variables().map(|variable| (variable, "1")));
    command.env(variables::REPEATS, options.repeats.to_string());
    // A variable that the shell happens to have set must not count.
    command.env_remove(variables::ENGINE);
    command.envs(options.engine.map(|engine| (variables::ENGINE, engine.name())));
    let finished = process::run(&mut command)?;
    let mut all = Vec::new();
    for WorkloadDescription { workload, test, .. } in workloads {
        let published = latest::measurement(project.folders(), &home.suite.suite, workload, &run)?;
        all.push(match published {
            Some(published) => sample_of(published),
            None => Err(WithoutFigures::unpublished(test, &finished)),
        });
    }
    Ok(all)
}

/// Returns the sample of a measurement, or the reason if any run failed.
pub(crate) fn sample_of(published: Measurement) -> SampleResult {
    if let Some(limit) = &published.planted {
        return Err(WithoutFigures::Planted { limit: limit.clone() });
    }
    let figures = |outcome| match outcome {
        Outcome::Measured(figures) => Ok(figures),
        Outcome::Failed(reason) => Err(WithoutFigures::Failed(reason)),
    };
    Ok(Sample {
        figures: figures(published.outcome)?,
        snapshot: published.snapshot,
        repeats: published.repeats.into_iter().map(figures).collect::<Result<_, _>>()?,
    })
}

/// The result of a test with a planted breach.
#[derive(Clone, Debug)]
pub(crate) struct PlantedRun {
    pub(crate) measurement: Option<Measurement>,
    /// The test's whole output, if it failed.
    pub(crate) failure: Option<String>,
}

/// Runs `workloads` once, each with a breach of the limit at `limit` in its budget.
pub(crate) fn measure_planted(
    project: &Project,
    home: SuiteHome<'_>,
    workloads: &[&WorkloadDescription],
    limit: usize,
) -> anyhow::Result<Vec<PlantedRun>> {
    let run = fresh_id();
    let mut command = tests(project, home, workloads, &run)?;
    command.env(variables::PLANT, limit.to_string());
    let finished = process::run(&mut command)?;
    let planted = |registered: &&WorkloadDescription| {
        let WorkloadDescription { workload, test, .. } = registered;
        let measurement = latest::planted(project.folders(), &home.suite.suite, workload, &run)?;
        Ok(PlantedRun { measurement, failure: failure_of(test, &finished.stdout) })
    };
    workloads.iter().map(planted).collect()
}

/// Returns a `cargo test` of `workloads` alone, which publish as `run`.
fn tests(
    project: &Project,
    home: SuiteHome<'_>,
    workloads: &[&WorkloadDescription],
    run: &str,
) -> anyhow::Result<Command> {
    let mut command = project.test_of(home.suite)?;
    command.env(variables::RUN, run).args(["--", "--exact"]);
    // A tool reads the published files, whatever insta is told to do, and leaves nothing to review.
    command.env("INSTA_UPDATE", "no").env_remove("INSTA_FORCE_PASS");
    if workloads.iter().any(|workload| workload.ignored) {
        command.arg("--include-ignored");
    }
    command.args(workloads.iter().map(|workload| &workload.test));
    Ok(command)
}
