//! Starts a meter and waits for it: the one place where a workload can crash, hang or lie.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tripline_budget::protocol::{file_names, variables};
use tripline_budget::{Config, Figures, Measurement, Outcome};

use crate::case::registry::Workload;
use crate::error::{ChildProcess, FileAction, NotMeasured, StandardError, SystemError};
use crate::instruments::instrument::Instrument;
use crate::meter::measure::Meter;
use crate::meter::plant::Plant;
use crate::meter::rerun::{self, OutputFiles, Rerun};

/// An order to a meter.
#[derive(Clone, Debug)]
pub(crate) struct MeterOrder {
    pub(crate) instrument: Instrument,
    pub(crate) timeout: Duration,
    pub(crate) plant: Option<Plant>,
    /// The size that the workload is to have; without one, the largest.
    pub(crate) size: Option<u64>,
}

impl MeterOrder {
    /// Orders the workload as it is, with the default timeout.
    pub(crate) fn of(instrument: Instrument) -> Self {
        let timeout = Config::default().timeout;
        Self { instrument, timeout, plant: None, size: None }
    }

    /// Returns the folder that its meter works in.
    fn folder(&self, base: &Path) -> PathBuf {
        let instrument = self.instrument.name();
        match self.size {
            Some(size) => base.join(format!("{instrument}-{size}")),
            None => base.join(instrument),
        }
    }

    /// Returns the file of its meter's profile, if the meter was to save one.
    pub(crate) fn profile(&self, base: &Path) -> PathBuf {
        self.folder(base).join(file_names::PROFILE)
    }

    /// Starts a meter that runs `workload` in a folder of its own below `base`, and returns what it measured.
    pub(crate) fn measure(&self, workload: &Workload, base: &Path) -> Result<Figures, NotMeasured> {
        let folder = self.folder(base);
        fs::create_dir(&folder).map_err(SystemError::file(FileAction::Create, &folder))?;
        let temporary = short_temporary_folder()?;
        let output = OutputFiles { stdout: folder.join("stdout"), stderr: folder.join("stderr") };
        let start = Instant::now();
        let mut meter = self
            .command(workload, &folder, temporary.path(), &output)?
            .spawn()
            .map_err(|source| SystemError::Start { process: ChildProcess::Meter, source })?;
        let status = rerun::wait(&mut meter, self.timeout)?;
        let stderr = || rerun::standard_error(&output.stderr);
        let Some(status) = status else {
            return Err(NotMeasured::TimedOut { timeout: self.timeout, stderr: stderr() });
        };
        match fs::read_to_string(folder.join(file_names::MEASUREMENT)) {
            Ok(text) if status.success() => read(&text),
            Ok(_) => Err(NotMeasured::DiedAfterMeasuring { status, stderr: stderr() }),
            Err(_) if !Meter::was_claimed(&folder) => {
                Err(NotMeasured::NotRun { test: workload.test_path(), status, stderr: stderr() })
            }
            Err(_) => Err(died(status, start.elapsed(), stderr())),
        }
    }

    fn command(
        &self,
        workload: &Workload,
        folder: &Path,
        temporary: &Path,
        output: &OutputFiles,
    ) -> Result<Command, SystemError> {
        let Rerun { mut command, is_child } = rerun::command(workload, output)?;
        command
            .env(variables::METER, folder)
            .env(variables::INSTRUMENT, self.instrument.name())
            // Bytes depend on these: a `TMPDIR` 60 characters longer moves the totals of a database by
            // hundreds, and a backtrace or a log line allocates.
            .env("TMPDIR", temporary)
            .env("RUST_BACKTRACE", "0")
            .env("RUST_LIB_BACKTRACE", "0")
            .env("RUST_LOG", "off")
            .env("TOKIO_WORKER_THREADS", "2");
        match &self.plant {
            Some(plant) => command.env(variables::METER_PLANT, plant.order()),
            None => command.env_remove(variables::METER_PLANT),
        };
        match self.size {
            Some(size) => command.env(variables::SCALE, size.to_string()),
            None => command.env_remove(variables::SCALE),
        };
        if is_child {
            command.env(variables::PARENT, std::process::id().to_string());
        }
        Ok(command)
    }
}

fn read(text: &str) -> Result<Figures, NotMeasured> {
    let measurement = Measurement::from_json(text).map_err(SystemError::Measurement)?;
    match measurement.outcome {
        Outcome::Measured(figures) => Ok(figures),
        Outcome::Failed(reason) => Err(NotMeasured::MeterSays(reason)),
    }
}

/// Creates a folder whose path is short and of constant length, wherever the judge's `TMPDIR` is.
fn short_temporary_folder() -> Result<TempDir, SystemError> {
    let folder = if cfg!(unix) { PathBuf::from("/tmp") } else { std::env::temp_dir() };
    let builder = || tempfile::Builder::new().prefix("tripline-").rand_bytes(8).tempdir_in(&folder);
    builder().map_err(|source| SystemError::CreateIn { folder: folder.clone(), source })
}

fn died(status: ExitStatus, after: Duration, stderr: StandardError) -> NotMeasured {
    match status.code() {
        Some(0) => NotMeasured::Exited { stderr },
        Some(rerun::TEST_FAILED) => NotMeasured::Panicked { stderr },
        _ => NotMeasured::Died { status, after, stderr },
    }
}
