//! Runs the ways, as a user would.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use cargo_tripline::{Finished, run};

use tripline_budget::protocol::files;

use crate::bench::suite::times::{self, Regions};
use crate::bench::suite::way::Way;

/// Names the file that the workloads write their times to.
const TIMES: &str = "SUITE_TIMES";
/// Seeds a regression: a block more for each inserted row.
const REGRESSED: &str = "SUITE_REGRESSED";

/// One run of one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// From the command's start to its end.
    pub(super) whole: Duration,
    /// Inside the measured part of each workload.
    pub(super) regions: Regions,
}

impl Reading {
    /// Each figure from whichever it is lower in.
    pub(super) fn faster(self, other: Self) -> Self {
        let mut regions = self.regions;
        for (region, other) in regions.iter_mut().zip(other.regions) {
            *region = (*region).min(other);
        }
        Self { whole: self.whole.min(other.whole), regions }
    }
}

/// Where runs happen.
#[derive(Debug)]
pub(super) struct Runs {
    /// The bench package.
    pub(super) package: PathBuf,
    /// Where it is built.
    pub(super) target: PathBuf,
    /// Gungraun's.
    pub(super) runner: Option<PathBuf>,
}

impl Runs {
    /// Runs every workload one way. To be done once before it counts: the first run builds.
    pub(super) fn read(&self, way: Way) -> anyhow::Result<Reading> {
        let times = self.times()?;
        let mut command = self.command(&way.arguments());
        command.env(TIMES, &times);
        let start = Instant::now();
        let finished = run(&mut command)?;
        let whole = start.elapsed();
        ensure!(finished.success, "{}: the run failed\n\n{}", way.title(), tail(&finished));
        let regions = times::read(&times).with_context(|| way.title())?;
        Ok(Reading { whole, regions })
    }

    /// What a way prints of a workload with a regression in it, and whether it fails.
    pub(super) fn regressed(&self, way: Way, workload: &str) -> anyhow::Result<Finished> {
        let mut command = self.command(&way.arguments_of_one(workload));
        command.env(REGRESSED, "1");
        run(&mut command)
    }

    /// A path where no earlier run left anything.
    fn times(&self) -> anyhow::Result<PathBuf> {
        let folder = files::output_folder(&self.target).join("bench");
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("failed to make {}", folder.display()))?;
        let path = folder.join("suite-times.txt");
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("failed to remove {}", path.display()))
            }
            _ => Ok(path),
        }
    }

    fn command(&self, arguments: &[String]) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.package).args(arguments);
        command.env("CARGO_TERM_COLOR", "never").env("NO_COLOR", "1").env("RUST_BACKTRACE", "0");
        command.env_remove(TIMES).env_remove(REGRESSED);
        if let Some(runner) = &self.runner {
            command.env("GUNGRAUN_RUNNER", runner);
        }
        command
    }
}

/// The end of what a run printed, which is where a failure is.
fn tail(finished: &Finished) -> String {
    const LINES: usize = 40;
    let text = format!("{}{}", finished.stderr, finished.stdout);
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(name: &str) -> Runs {
        let target = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        Runs { package: PathBuf::from("."), target, runner: None }
    }

    #[test]
    fn of_two_readings_each_figure_is_the_lower() {
        let reading = |whole, regions: [u64; 5]| Reading {
            whole: Duration::from_secs(whole),
            regions: regions.map(Duration::from_secs),
        };
        let faster = reading(9, [1, 5, 3, 3, 3]).faster(reading(8, [2, 4, 3, 3, 3]));
        assert_eq!(faster, reading(8, [1, 4, 3, 3, 3]));
    }

    #[test]
    fn nothing_of_an_earlier_run_is_read() {
        let runs = runs("suite-times");
        let path = runs.times().unwrap();
        std::fs::write(&path, "wal_insert 1\n").unwrap();
        let again = runs.times().unwrap();
        let left = again.exists();
        std::fs::remove_dir_all(&runs.target).unwrap();
        assert_eq!(again, path);
        assert!(!left);
    }

    #[test]
    fn a_run_that_fails_is_shown_by_its_end() {
        let stderr = "first\n".to_owned() + &"line\n".repeat(60);
        let finished = Finished { success: false, stdout: "FAILED\n".to_owned(), stderr };
        let shown = tail(&finished);
        assert!(shown.ends_with("line\nFAILED"), "{shown}");
        assert!(!shown.contains("first"), "{shown}");
    }
}
