//! The functions that the macros' expansions call: a process finds its role, does its part, and fails its test.
//!
//! A judge's verdict is data until it comes here. `publish` has `report` lay out the page and `render` the failure,
//! and writes the files that tools read.

mod publish;
mod role;
mod suite;

use crate::case::TestCase;
use crate::case::registry::Workload;
use crate::entry::role::Role;
use crate::error::{NotJudged, NotMeasured};
use crate::meter::output::WorkloadOutput;
use crate::meter::probe::Probe;
use crate::sites::scribe::Scribe;
use crate::{judge, render};

pub use suite::{check_budgets, check_sizes};

/// The end of a test. The error is the whole text of its failure.
type TestResult = Result<(), String>;

/// Runs a workload in the process that is its meter, and judges it in every other.
///
/// # Panics
/// If the workload does not hold its budget, or could not be measured.
pub fn run<C: WorkloadOutput>(workload: &'static Workload, body: impl FnOnce(&Probe) -> C) {
    play(workload, |probe| body(probe).into_result().map_err(NotMeasured::Returned));
}

/// Runs an `async fn` as [`run`] does a function.
///
/// # Panics
/// As [`run`].
#[cfg(feature = "tokio")]
pub fn run_async<C: WorkloadOutput>(
    workload: &'static Workload,
    runtime: crate::meter::runtime::Runtime,
    body: impl AsyncFnOnce(&Probe) -> C,
) {
    play(workload, |probe| {
        let runtime = runtime.build().map_err(NotMeasured::Runtime)?;
        runtime.block_on(body(probe)).into_result().map_err(NotMeasured::Returned)
    });
}

fn play(workload: &'static Workload, body: impl FnOnce(&Probe) -> Result<(), NotMeasured>) {
    if is_skipped() {
        return;
    }
    end(match Role::take() {
        Err(error) => Err(render::error(&error.into())),
        Ok(Role::Judge) => judge_workload(workload),
        Ok(Role::Meter(meter)) => {
            meter.write(workload, publish::outcome(meter.measure(body)));
            Ok(())
        }
        Ok(Role::Scribe(scribe)) => hand_to_insta(workload, scribe),
        Ok(Role::Stray) => {
            let error = NotJudged::Stray { test: workload.test_path() };
            Err(render::error(&error.into()))
        }
    });
}

fn judge_workload(workload: &'static Workload) -> TestResult {
    let case = TestCase::of(workload).map_err(|error| render::error(&error.into()))?;
    let failed = |error| render::failed(&case, &error);
    let finished = judge::workload::hold(&case).map_err(failed)?;
    publish::finished(&case, &finished).map_err(failed)?.map_or(Ok(()), Err)
}

fn hand_to_insta(workload: &'static Workload, scribe: Scribe) -> TestResult {
    let case = TestCase::of(workload).map_err(|error| render::error(&error.into()))?;
    scribe.assert(&case).map_err(|error| render::error(&error))
}

/// Returns `true` where no test of a suite can run, and says so.
fn is_skipped() -> bool {
    if cfg!(miri) {
        eprintln!("skipped under Miri, which cannot start a second process to measure in");
    }
    cfg!(miri)
}

/// Ends a test. A failure is its text and nothing else: no place, which the text has, and no backtrace,
/// which would be tripline's own.
fn end(result: TestResult) {
    if let Err(failure) = result {
        eprintln!("{failure}");
        std::panic::resume_unwind(Box::new(failure))
    }
}
