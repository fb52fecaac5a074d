//! Where the macros' expansions enter: one function a macro.

use crate::case::registry::Workload;
use crate::judge;
use crate::meter::conclusion::Conclusion;
use crate::meter::measure::Role;
use crate::meter::probe::Probe;

/// Runs a workload in the process that is its meter, and judges it in every other.
///
/// # Panics
/// If the workload does not hold its budget, or could not be measured.
pub fn run<C: Conclusion>(workload: &'static Workload, body: impl FnOnce(&Probe) -> C) {
    play(workload, |probe| body(probe).conclude());
}

/// [`run`] for an `async fn`.
///
/// # Panics
/// As [`run`].
#[cfg(feature = "tokio")]
pub fn run_async<C: Conclusion>(
    workload: &'static Workload,
    runtime: crate::meter::runtime::Runtime,
    body: impl AsyncFnOnce(&Probe) -> C,
) {
    play(workload, |probe| {
        let runtime = runtime
            .build()
            .map_err(|error| format!("failed to build the tokio runtime: {error}"))?;
        runtime.block_on(body(probe)).conclude()
    });
}

/// Ends a test with its failure's text and nothing else: no place, which the text has, and no backtrace,
/// which would be tripline's own.
pub(crate) fn fail(failure: &str) -> ! {
    eprintln!("{failure}");
    std::panic::resume_unwind(Box::new(failure.to_owned()))
}

fn play(workload: &'static Workload, body: impl FnOnce(&Probe) -> Result<(), String>) {
    if cfg!(miri) {
        eprintln!("skipped under Miri, which cannot start a second process to measure in");
        return;
    }
    let held = match Role::take() {
        Role::Judge => judge::hold(workload),
        Role::Meter(meter) => {
            meter.run(workload, body);
            Ok(())
        }
        Role::Scribe(scribe) => scribe.assert(workload),
        Role::Stray => Err(format!(
            "a workload started a tripline test\n\n  \
             `{}` was run by a process that a measured workload started, or that inherited its environment.\n  \
             A workload is measured in a process of its own; it cannot run others.",
            workload.test_path()
        )),
    };
    held.unwrap_or_else(|failure| fail(&failure));
}
