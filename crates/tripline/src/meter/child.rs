//! Starts a meter and waits for it: the one place where a workload can crash, hang or lie.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tripline_budget::protocol::{files, variables};
use tripline_budget::{Config, Measurement, Outcome};

use crate::case::registry::Workload;
use crate::meter::measure::Meter;
use crate::meter::plant::Plant;
use crate::meter::probe::Instrument;
use crate::meter::rerun::{self, ended, with_errors};

/// How a meter is to measure.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) instrument: Instrument,
    pub(crate) timeout: Duration,
    pub(crate) plant: Option<Plant>,
    /// Which of its sizes the workload is to have; without one, the largest.
    pub(crate) size: Option<u64>,
}

impl Order {
    /// As the workload is, for as long as a workload may take where nothing else is said.
    pub(crate) fn of(instrument: Instrument) -> Self {
        let timeout = Config::default().timeout;
        Self { instrument, timeout, plant: None, size: None }
    }

    /// Where its meter works.
    fn folder(&self, base: &Path) -> PathBuf {
        let instrument = self.instrument.variable();
        match self.size {
            Some(size) => base.join(format!("{instrument}-{size}")),
            None => base.join(instrument),
        }
    }
}

/// Has a meter of its own run `workload` in `folder`.
pub(crate) fn measure(workload: &Workload, folder: &Path, order: &Order) -> Outcome {
    attempt(workload, folder, order).unwrap_or_else(Outcome::Failed)
}

/// Where a meter that was to save its profile did so.
pub(crate) fn profile(folder: &Path, order: &Order) -> PathBuf {
    order.folder(folder).join(files::PROFILE)
}

fn attempt(workload: &Workload, folder: &Path, order: &Order) -> Result<Outcome, String> {
    let folder = order.folder(folder);
    fs::create_dir(&folder)
        .map_err(|error| format!("failed to create {}: {error}", folder.display()))?;
    let temporary = short_temporary_folder()?;
    let errors = folder.join("stderr");
    let output = [folder.join("stdout"), errors.clone()];
    let start = Instant::now();
    let mut meter = command(workload, &folder, order, temporary.path(), &output)?
        .spawn()
        .map_err(|error| format!("failed to start the meter: {error}"))?;
    let Some(status) = rerun::wait(&mut meter, order.timeout)? else {
        return Err(with_errors(&timed_out(order.timeout), &errors));
    };
    let measurement = fs::read_to_string(folder.join(files::MEASUREMENT));
    match measurement {
        Ok(text) if status.success() => read(&text),
        Ok(_) => {
            let reason = format!("the process was measured and then {}", ended(status));
            Err(with_errors(&reason, &errors))
        }
        Err(_) if !Meter::was_claimed(&folder) => {
            let path = workload.test_path();
            let reason = format!(
                "the test binary did not run `{path}` when asked to ({})\n\n  \
                 a workload must be a test of the harness that `cargo test` uses by default",
                ended(status)
            );
            Err(with_errors(&reason, &errors))
        }
        Err(_) => Err(with_errors(&died(status, start.elapsed()), &errors)),
    }
}

fn read(text: &str) -> Result<Outcome, String> {
    let measurement = Measurement::from_json(text)
        .map_err(|error| format!("failed to read the meter's {}: {error}", files::MEASUREMENT))?;
    Ok(measurement.outcome)
}

fn command(
    workload: &Workload,
    folder: &Path,
    order: &Order,
    temporary: &Path,
    output: &[PathBuf; 2],
) -> Result<Command, String> {
    let (mut command, is_child) = rerun::command(workload, output)?;
    command
        .env(variables::METER, folder)
        .env(variables::INSTRUMENT, order.instrument.variable())
        // Bytes depend on these: a `TMPDIR` 60 characters longer moves the totals of a database by
        // hundreds, and a backtrace or a log line allocates.
        .env("TMPDIR", temporary)
        .env("RUST_BACKTRACE", "0")
        .env("RUST_LIB_BACKTRACE", "0")
        .env("RUST_LOG", "off")
        .env("TOKIO_WORKER_THREADS", "2");
    match &order.plant {
        Some(plant) => command.env(variables::METER_PLANT, plant.order()),
        None => command.env_remove(variables::METER_PLANT),
    };
    match order.size {
        Some(size) => command.env(variables::SCALE, size.to_string()),
        None => command.env_remove(variables::SCALE),
    };
    if is_child {
        command.env(variables::PARENT, std::process::id().to_string());
    }
    Ok(command)
}

/// A folder whose path is short and of constant length, wherever the judge's `TMPDIR` is.
fn short_temporary_folder() -> Result<TempDir, String> {
    let base = if cfg!(unix) { PathBuf::from("/tmp") } else { std::env::temp_dir() };
    let create =
        |base: &Path| tempfile::Builder::new().prefix("tripline-").rand_bytes(8).tempdir_in(base);
    create(&base).map_err(|error| {
        format!("failed to create a temporary folder in {}: {error}", base.display())
    })
}

fn timed_out(timeout: Duration) -> String {
    format!(
        "the workload was still running after {timeout:?} and was killed

  likely     it waits for something that does not come: a lock, a channel, a thread that was not told to stop
  or         it is slow: dhat adds 1.5 to 3 µs to an allocation. Make it smaller, or raise `timeout` in its budget file
  or         it captures a backtrace (the `backtrace` crate, or an error type that does): under dhat that can deadlock"
    )
}

fn died(status: ExitStatus, after: Duration) -> String {
    if status.success() {
        return "the workload ended its process (exit status 0) before it was measured\n\n  \
                a workload must return; it cannot call `std::process::exit`"
            .to_owned();
    }
    // libtest's own exit status for a failed test.
    if status.code() == Some(101) {
        return "the workload panicked".to_owned();
    }
    format!("the workload's process {} after {:.1} s", ended(status), after.as_secs_f64())
}
