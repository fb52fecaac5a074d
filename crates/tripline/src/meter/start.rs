//! Starts a meter and waits for it: the one place where a workload can crash, hang or lie.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tripline_budget::protocol::{file_names, variables};
use tripline_budget::{Budget, Config, Figures, Measurement, Outcome};

use crate::case::registry::Workload;
use crate::error::{ChildProcess, FileAction, NotMeasured, StandardError, SystemError};
use crate::instruments::instrument::Instrument;
use crate::meter::environment;
use crate::meter::measure::Meter;
use crate::meter::order::WrittenOrder;
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
    /// The variables that the workload sees beside the usual ones.
    pub(crate) env: Vec<String>,
}

impl MeterOrder {
    /// Orders the workload as it is, with the settings of its budget, or of the defaults where there is none.
    pub(crate) fn of(instrument: Instrument, config: &Config, budget: Option<&Budget>) -> Self {
        let (timeout, env) = (config.timeout_of(budget), config.env_of(budget).to_owned());
        Self { instrument, timeout, plant: None, size: None, env }
    }

    /// Returns the folder that its meter works in.
    fn folder(&self, base: &Path) -> PathBuf {
        folder_of(self.instrument, self.size, base)
    }

    /// Returns the file of its meter's profile, if the meter was to save one.
    pub(crate) fn profile(&self, base: &Path) -> PathBuf {
        self.folder(base).join(file_names::PROFILE)
    }

    /// Starts a meter that runs `workload` in a folder of its own below `base`, and returns what it measured.
    pub(crate) fn measure(&self, workload: &Workload, base: &Path) -> Result<Figures, NotMeasured> {
        let folder = self.folder(base);
        fs::create_dir(&folder).map_err(SystemError::file(FileAction::Create, &folder))?;
        let temporary = TemporaryFolders::create()?;
        let output = OutputFiles { stdout: folder.join("stdout"), stderr: folder.join("stderr") };
        let start = Instant::now();
        let mut rerun = self.command(workload, &folder, &temporary, &output)?;
        let mut meter = rerun.start(ChildProcess::Meter)?;
        let status = rerun::wait(&mut meter, self.timeout)?;
        let stderr = || rerun::standard_error(&output.stderr);
        let Some(status) = status else {
            return Err(NotMeasured::TimedOut { timeout: self.timeout, stderr: stderr() });
        };
        match fs::read_to_string(folder.join(file_names::MEASUREMENT)) {
            Ok(text) if status.success() => read(&text),
            Ok(_) => Err(NotMeasured::DiedAfterMeasuring { status, stderr: stderr() }),
            Err(_) if !Meter::was_claimed(&folder) => {
                let (test, runner) = (workload.test_path(), rerun.runner);
                Err(NotMeasured::NotRun { test, runner, status, stderr: stderr() })
            }
            Err(_) => Err(self.died(&folder, status, start.elapsed(), stderr())),
        }
    }

    fn command(
        &self,
        workload: &Workload,
        folder: &Path,
        temporary: &TemporaryFolders,
        output: &OutputFiles,
    ) -> Result<Rerun, SystemError> {
        let mut rerun = rerun::command(workload, output)?;
        let order = WrittenOrder {
            instrument: self.instrument,
            judge: rerun.runner.is_none().then(std::process::id),
            plant: self.plant.clone(),
            size: self.size,
            folder: folder.to_owned(),
        };
        let told = temporary.told();
        order.write(told).map_err(SystemError::file(FileAction::Write, told))?;
        rerun
            .command
            .env_clear()
            .envs(environment::seen(
                std::env::vars_os(),
                &self.env,
                temporary.workloads().as_os_str(),
            ))
            .env(variables::METER, told);
        Ok(rerun)
    }

    /// Returns the reason why a meter that claimed the run in `folder` left no measurement, as far as it is known.
    fn died(
        &self,
        folder: &Path,
        status: ExitStatus,
        after: Duration,
        stderr: StandardError,
    ) -> NotMeasured {
        if Meter::noted_a_panic(folder) {
            let unseen = environment::unseen(std::env::vars_os(), &self.env, &stderr.lines);
            return NotMeasured::Panicked { stderr, unseen };
        }
        match status.code() {
            Some(0) => NotMeasured::Exited { stderr },
            _ => NotMeasured::Died { status, after, stderr },
        }
    }
}

/// Returns the folder of the meter with this instrument and size.
fn folder_of(instrument: Instrument, size: Option<u64>, base: &Path) -> PathBuf {
    let instrument = instrument.name();
    match size {
        Some(size) => base.join(format!("{instrument}-{size}")),
        None => base.join(instrument),
    }
}

/// Returns the profile that a meter with this instrument saved of the largest size.
pub(crate) fn profile_of(instrument: Instrument, base: &Path) -> PathBuf {
    folder_of(instrument, None, base).join(file_names::PROFILE)
}

fn read(text: &str) -> Result<Figures, NotMeasured> {
    let measurement = Measurement::from_json(text).map_err(SystemError::Measurement)?;
    match measurement.outcome {
        Outcome::Measured(figures) => Ok(figures),
        Outcome::Failed(reason) => Err(NotMeasured::MeterSays(reason)),
    }
}

/// The temporary folders of one meter. Their paths are short and of constant length, wherever the judge's `TMPDIR` is: a
/// workload sees both, and a `TMPDIR` 60 characters longer moves the totals of a database by hundreds.
#[derive(Debug)]
struct TemporaryFolders(TempDir);

impl TemporaryFolders {
    /// The name of the workload's own, in the folder of the meter's order.
    const WORKLOADS: &str = "t";

    /// Creates them in `/tmp`, or where the judge's own lie if nothing can be created there.
    fn create() -> Result<Self, SystemError> {
        let own = std::env::temp_dir();
        if cfg!(unix) {
            Self::create_in_either("/tmp".as_ref(), &own)
        } else {
            Self::create_in(&own)
        }
    }

    fn create_in_either(first: &Path, second: &Path) -> Result<Self, SystemError> {
        Self::create_in(first).or_else(|_| Self::create_in(second))
    }

    fn create_in(folder: &Path) -> Result<Self, SystemError> {
        let create = || {
            let created = tempfile::Builder::new().prefix("tripline-").tempdir_in(folder)?;
            fs::create_dir(created.path().join(Self::WORKLOADS))?;
            Ok(Self(created))
        };
        create().map_err(|source| SystemError::CreateIn { folder: folder.to_owned(), source })
    }

    /// Returns the folder of the meter's order.
    fn told(&self) -> &Path {
        self.0.path()
    }

    /// Returns the folder that is the workload's `TMPDIR`.
    fn workloads(&self) -> PathBuf {
        self.told().join(Self::WORKLOADS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_which_nothing_can_be_created_gives_way() {
        let dir = tempfile::tempdir().expect("a folder");
        let (missing, there) = (dir.path().join("missing"), dir.path().join("there"));
        fs::create_dir(&there).expect("a folder");
        for (first, second) in [(&missing, &there), (&there, &missing)] {
            let created = TemporaryFolders::create_in_either(first, second).expect("one is there");
            assert_eq!(created.told().parent(), Some(&*there));
            assert!(created.workloads().is_dir());
        }
        let neither = TemporaryFolders::create_in_either(&missing, &missing);
        assert!(matches!(neither, Err(SystemError::CreateIn { folder, .. }) if folder == missing));
    }

    /// A workload sees the path, and allocates as many bytes as it has.
    #[test]
    fn every_path_in_a_folder_has_one_length() {
        let length = || {
            let created = TemporaryFolders::create().expect("a folder");
            created.workloads().as_os_str().len()
        };
        assert!((0..20).all(|_| length() == length()));
    }
}
