//! The measurement that a run publishes for tools.

use tripline_budget::{Measurement, Outcome, SCHEMA, commit_of};

use crate::case::TestCase;
use crate::judge::inputs;
use crate::judge::workload::FinishedRun;

/// Returns what to publish of a finished run, with its outcomes as the file states them.
pub(crate) fn of(
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
        commit: commit_of(case.paths.workspace()),
        ruler: inputs::ruler(case),
        outcome,
        repeats,
        planted: finished.planted.as_ref().map(ToString::to_string),
        snapshot: sites.and_then(|sites| sites.pending.clone()),
    }
}
