//! Publishes a finished run: the page, the measurement last, and the text of the failure.

use tripline_budget::protocol::file_names;
use tripline_budget::{Figures, Measurement, Outcome};

use crate::case::TestCase;
use crate::error::{Error, NotJudged, NotMeasured, NotPlanted};
use crate::judge::measurement::measurement_of;
use crate::judge::workload::{FinishedRun, RunOutcome};
use crate::render;
use crate::report::Report;

/// Returns an outcome as measurements state it.
pub(super) fn outcome(measured: Result<Figures, NotMeasured>) -> Outcome {
    match measured {
        Ok(figures) => Outcome::Measured(figures),
        Err(reason) => Outcome::Failed(render::not_measured(&reason)),
    }
}

/// Publishes what a run left, and returns the text of the failure if the test fails.
pub(super) fn finished(case: &TestCase, finished: &FinishedRun) -> Result<Option<String>, Error> {
    let run = &finished.run;
    if let Some(report) = Report::of(case, finished) {
        run.publish(file_names::REPORT, &report.to_html())?;
    }
    run.publish(file_names::MEASUREMENT, &measurement(case, finished).to_json())?;
    let files = finished.files();
    Ok(match &finished.outcome {
        RunOutcome::NotMeasured(reason) => Some(render::failed_measurement(case, reason)),
        RunOutcome::Unrecorded(workload) => {
            Some(render::unrecorded(case, &workload.figures, &files))
        }
        RunOutcome::Judged(verdict) if verdict.trips() => {
            Some(render::tripped(case, verdict, &files))
        }
        RunOutcome::Judged(verdict) => match &finished.planted {
            // A run with a breach planted in it never passes.
            Some(metric) => {
                return Err(NotJudged::Planted(NotPlanted::Held(metric.clone())).into());
            }
            None => {
                render::loose(case, verdict).inspect(|hint| eprintln!("{hint}"));
                None
            }
        },
    })
}

fn measurement(case: &TestCase, finished: &FinishedRun) -> Measurement {
    let stated = match &finished.outcome {
        RunOutcome::NotMeasured(reason) => Outcome::Failed(render::not_measured(reason)),
        RunOutcome::Unrecorded(workload) => Outcome::Measured(workload.figures.clone()),
        RunOutcome::Judged(verdict) => {
            let doubts = verdict.doubts.iter().flat_map(render::doubt).collect();
            Outcome::Measured(Figures { doubts, ..verdict.figures.clone() })
        }
    };
    let repeats = finished.repeats.iter().map(|repeat| match repeat {
        Ok(figures) => Outcome::Measured(figures.clone()),
        Err(reason) => Outcome::Failed(render::not_measured(reason)),
    });
    measurement_of(case, finished, stated, repeats.collect())
}
