//! Has workloads measured, and reads what they published.

use std::process::Command;

use tripline_budget::protocol::variables;
use tripline_budget::{
    Engine, Figures, Measurement, Outcome, PendingSnapshot, WorkloadDescription,
};

use crate::system::process;
use crate::system::process::Finished;
use crate::workspace::{Project, SuiteHome, fresh_id, latest};

/// What a workload published.
#[derive(Clone, Debug)]
pub struct Sample {
    pub figures: Figures,
    /// Its breakdown by call site, where the recorded one is another or it was asked for.
    pub snapshot: Option<PendingSnapshot>,
    /// Of the further runs, as many as were asked for.
    pub repeats: Vec<Figures>,
}

/// What came of a run, or why there are no figures.
pub type Measured = Result<Sample, String>;

/// What workloads are to say beside the usual.
#[derive(Clone, Copy, Debug, Default)]
pub struct MeasureOptions {
    /// Resident memory, though no budget may limit it yet.
    pub rss: bool,
    /// The breakdown by call site, though it may be what is recorded.
    pub breakdown: bool,
    /// How many runs more.
    pub repeats: u32,
    /// What measures, whatever the budgets say.
    pub engine: Option<Engine>,
}

impl MeasureOptions {
    fn variables(self) -> impl Iterator<Item = &'static str> {
        let rss = self.rss.then_some(variables::MEASURE_RSS);
        rss.into_iter().chain(self.breakdown.then_some(variables::BREAKDOWN))
    }
}

/// Runs `workloads` of a suite once; the answers are in their order.
///
/// # Errors
///
/// If cargo cannot be run, or what was published cannot be read.
pub fn measure(
    project: &Project,
    home: SuiteHome<'_>,
    workloads: &[&WorkloadDescription],
    asked: MeasureOptions,
) -> anyhow::Result<Vec<Measured>> {
    if workloads.is_empty() {
        return Ok(Vec::new());
    }
    let run = fresh_id();
    let mut command = tests(project, home, workloads, &run)?;
    command.envs(asked.variables().map(|variable| (variable, "1")));
    command.env(variables::REPEATS, asked.repeats.to_string());
    // What a shell happens to have set is nobody's wish.
    command.env_remove(variables::ENGINE);
    command.envs(asked.engine.map(|engine| (variables::ENGINE, engine.name())));
    let finished = process::run(&mut command)?;
    let mut all = Vec::new();
    for WorkloadDescription { workload, test, .. } in workloads {
        let published = latest::measurement(project.folders(), &home.suite.suite, workload, &run)?;
        all.push(match published {
            Some(published) => measured(published),
            None => Err(unpublished(test, &finished)),
        });
    }
    Ok(all)
}

/// What a workload published, without who it is. One run that failed, and there are no figures to go by.
pub(crate) fn measured(published: Measurement) -> Measured {
    if let Some(limit) = &published.planted {
        return Err(format!("a breach of `{limit}` was planted in it, so it says nothing else"));
    }
    let figures = |outcome| match outcome {
        Outcome::Measured(figures) => Ok(figures),
        Outcome::Failed(reason) => Err(reason),
    };
    Ok(Sample {
        figures: figures(published.outcome)?,
        snapshot: published.snapshot,
        repeats: published.repeats.into_iter().map(figures).collect::<Result<_, _>>()?,
    })
}

/// What came of a test in whose meter a breach was planted.
#[derive(Clone, Debug)]
pub(crate) struct PlantedRun {
    pub(crate) measurement: Option<Measurement>,
    /// All that the test said, if it failed.
    pub(crate) failure: Option<String>,
}

/// Runs `workloads` once, each with a breach of the limit that stands at `limit` in its budget.
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

/// A `cargo test` of `workloads` alone, which publish as `run`.
fn tests(
    project: &Project,
    home: SuiteHome<'_>,
    workloads: &[&WorkloadDescription],
    run: &str,
) -> anyhow::Result<Command> {
    let mut command = project.test_of(home.suite)?;
    command.env(variables::RUN, run).args(["--", "--exact"]);
    // A tool looks at what tests publish, whatever insta is told to do, and leaves nothing to review.
    command.env("INSTA_UPDATE", "no").env_remove("INSTA_FORCE_PASS");
    if workloads.iter().any(|workload| workload.ignored) {
        command.arg("--include-ignored");
    }
    command.args(workloads.iter().map(|workload| &workload.test));
    Ok(command)
}

/// How much is shown of a run that did not get as far as its tests.
const SHOWN_LINES: usize = 20;

/// The failure that kept a test from publishing: its own, or else the end of the whole run's.
pub(crate) fn unpublished(test: &str, finished: &Finished) -> String {
    if let Some(failure) = failure_of(test, &finished.stdout) {
        return failure;
    }
    let all = format!("{}\n{}", finished.stdout, finished.stderr);
    let lines: Vec<&str> = all.lines().filter(|line| !line.trim().is_empty()).collect();
    let shown = lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n  | ");
    format!("the test `{test}` published nothing\n\n  | {shown}")
}

/// What the harness captured of a failed test.
fn failure_of(test: &str, stdout: &str) -> Option<String> {
    let (_, after) = stdout.split_once(&format!("---- {test} stdout ----\n"))?;
    let own = after
        .lines()
        .take_while(|line| !(line.starts_with("---- ") || *line == "failures:"))
        .collect::<Vec<_>>()
        .join("\n");
    let own = own.trim();
    (!own.is_empty()).then(|| own.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "\
running 2 tests
failures:

---- a stdout ----

FAILED s::a: its budget cannot be read

error: invalid TOML

---- b stdout ----
other

failures:
    a
    b
";

    #[test]
    fn a_failure_is_what_the_test_itself_wrote() {
        assert_eq!(
            failure_of("a", OUTPUT).unwrap(),
            "FAILED s::a: its budget cannot be read\n\nerror: invalid TOML"
        );
        assert_eq!(failure_of("b", OUTPUT).unwrap(), "other");
        assert_eq!(failure_of("c", OUTPUT), None);
    }

    #[test]
    fn a_run_without_the_test_shows_its_end() {
        let finished = Finished {
            success: false,
            stdout: String::new(),
            stderr: "error: no such runner\n".to_owned(),
        };
        assert_eq!(
            unpublished("a", &finished),
            "the test `a` published nothing\n\n  | error: no such runner"
        );
    }
}
