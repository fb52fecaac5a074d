//! Measures with a breach of a limit planted. The test then fails, whether or not the limit trips.
//!
//! So it proves a limit, and no variable makes a test pass that would not.

use tripline_budget::{Budget, Config, invariants, judge};

use crate::case::TestCase;
use crate::error::{Error, NotJudged, NotPlanted};
use crate::growth::superlinear::SuperlinearSites;
use crate::judge::engine::Meters;
use crate::judge::inputs;
use crate::judge::verdict::WorkloadVerdict;
use crate::judge::workload::{FinishedRun, RunOutcome};
use crate::meter::plant::Plant;
use crate::run::{PublishedFolder, Run};

/// Measures with a breach of limit `at` planted. The test then fails, whether or not the limit trips.
pub(super) fn judge_planted(
    case: &TestCase,
    at: usize,
    config: &Config,
    budget: Option<Budget>,
) -> Result<FinishedRun, Error> {
    let refused = |reason| Error::from(NotJudged::Planted(reason));
    let budget = budget.ok_or_else(|| refused(NotPlanted::NoSuchLimit))?;
    let limit = budget.limits.get(at).ok_or_else(|| refused(NotPlanted::NoSuchLimit))?;
    let metric = limit.metric.clone();
    let plant =
        Plant::on(&metric).ok_or_else(|| refused(NotPlanted::NotPlantable(metric.clone())))?;
    let run = Run::begin(PublishedFolder::Planted, case.suite.name(), &case.workload.path())?;
    let meters =
        Meters { workload: case.workload, budget: Some(&budget), config, plant: Some(&plant) };
    let outcome = match meters.planted(&run) {
        Err(Error::NotMeasured(reason)) => RunOutcome::NotMeasured(reason),
        Err(error) => return Err(error),
        Ok(figures) => RunOutcome::Judged(Box::new(WorkloadVerdict {
            judgement: judge(&budget, &figures),
            invariants: invariants(&figures),
            ruler_changes: budget.ruler.changes(&inputs::ruler(case.suite, &case.paths)),
            beside: None,
            doubts: Vec::new(),
            sites: None,
            superlinear: SuperlinearSites::new(),
            stored: None,
            budget,
            figures,
        })),
    };
    Ok(FinishedRun { run, outcome, repeats: Vec::new(), planted: Some(metric) })
}
