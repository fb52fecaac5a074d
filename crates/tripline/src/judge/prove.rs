//! A run with a breach planted in it, which is to trip. It proves a limit and never passes: no variable makes a
//! test pass that would not.

use tripline_budget::protocol::files;
use tripline_budget::protocol::variables::PLANT;
use tripline_budget::{Budget, Config, Measurement, Outcome, judge};

use crate::growth::superlinear::Bent;
use crate::judge::Case;
use crate::judge::engine;
use crate::judge::meters::Meters;
use crate::meter::plant::Plant;
use crate::render;
use crate::run::Run;

/// What the test says with a breach of the limit at `at` planted; the error is why nothing was measured.
pub(crate) fn failure(
    case: &Case,
    at: usize,
    config: &Config,
    budget: Option<&Budget>,
) -> Result<String, String> {
    let limit = budget.and_then(|budget| Some((budget, budget.limits.get(at)?)));
    let (budget, limit) = limit.ok_or_else(|| nothing("there is no such limit"))?;
    let plant = Plant::on(&limit.metric)
        .ok_or_else(|| nothing(&format!("nothing can be planted for `{}`", limit.metric)))?;
    let run = Run::begin(files::PLANTED, case.suite.name(), &case.workload.path())?;
    let meters =
        Meters { workload: case.workload, budget: Some(budget), config, plant: Some(&plant) };
    let outcome = meters.measure(run.folder(), engine::instrument(engine::of(meters)?))?;
    let planted = Some(limit.metric.to_string());
    let measurement = Measurement { planted, ..case.measurement(&run, outcome.clone()) };
    run.publish(files::MEASUREMENT, &measurement.to_json())?;
    let figures = match outcome {
        Outcome::Measured(figures) => figures,
        Outcome::Failed(reason) => return Err(reason),
    };
    let judgement = judge(budget, &figures);
    let measurement = case.home.shown(&run.published(files::MEASUREMENT));
    let published = render::Published { measurement, profile: None, report: None };
    let blamed = (None, &Bent::new());
    let verdict = case.verdict((budget, &judgement), &figures, blamed, &published);
    match verdict.trips() {
        true => Ok(verdict.failure()),
        false => Err(nothing(&format!(
            "the breach that was planted for `{}` slipped through",
            limit.metric
        ))),
    }
}

fn nothing(what: &str) -> String {
    format!(
        "{what}\n\n  {PLANT} is set, with which `prove` has breaches planted. Such a run never passes.\n  \
         unset     it"
    )
}
