//! The measurement that a run publishes for tools.

use tripline_budget::{Measurement, Outcome, SCHEMA};

use crate::case::TestCase;
use crate::judge::inputs;
use crate::judge::workload::{FinishedRun, RunOutcome};

/// Returns what to publish of a finished run, with its outcomes as the file states them.
pub(crate) fn measurement_of(
    case: &TestCase,
    finished: &FinishedRun,
    outcome: Outcome,
    repeats: Vec<Outcome>,
) -> Measurement {
    let sites = finished.sites();
    Measurement {
        schema: SCHEMA,
        run: finished.run.id.clone(),
        suite: case.suite.name().to_owned(),
        workload: case.workload.path(),
        commit: case.paths.commit(),
        ruler: inputs::ruler(case.suite, &case.paths),
        outcome,
        repeats,
        planted: finished.planted.as_ref().map(ToString::to_string),
        tripped: finished.planted.as_ref().map(|_| tripped(finished)).unwrap_or_default(),
        snapshot: sites.and_then(|sites| sites.pending.clone()),
    }
}

/// Returns the keys of the limits that the test trips on.
fn tripped(finished: &FinishedRun) -> Vec<String> {
    let RunOutcome::Judged(verdict) = &finished.outcome else {
        return Vec::new();
    };
    verdict.tripped().into_iter().map(|finding| finding.limit.metric.to_string()).collect()
}
