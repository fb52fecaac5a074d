//! Runs the methods, as a user would.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use cargo_tripline::{Finished, run};

use crate::bench::outputs;
use crate::bench::suite::method::Method;
use crate::bench::suite::region_times::{self, RegionTimes};
use crate::cargo_build::cargo;

/// The variable that names the file for the workloads' times.
const TIMES: &str = "SUITE_TIMES";
/// The variable that seeds a regression: one more block for each inserted row.
const REGRESSED: &str = "SUITE_REGRESSED";

/// The times of one run of one method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RunTimes {
    /// The time from the command's start to its end.
    pub(super) whole: Duration,
    /// The times of the measured parts.
    pub(super) regions: RegionTimes,
}

impl RunTimes {
    /// Returns the lower of each figure.
    pub(super) fn lowest(self, other: Self) -> Self {
        let mut regions = self.regions;
        for (region, other) in regions.iter_mut().zip(other.regions) {
            *region = (*region).min(other);
        }
        Self { whole: self.whole.min(other.whole), regions }
    }
}

/// Runs methods in the bench package.
#[derive(Debug)]
pub(super) struct MethodRunner {
    /// The bench package's folder.
    pub(super) package: PathBuf,
    /// The folder that it is built in.
    pub(super) target: PathBuf,
    /// The runner of gungraun, if it is installed.
    pub(super) gungraun: Option<PathBuf>,
}

impl MethodRunner {
    /// Returns the methods that can run here.
    pub(super) fn methods(&self) -> Vec<Method> {
        let methods = Method::ALL.into_iter();
        methods.filter(|method| *method != Method::Gungraun || self.gungraun.is_some()).collect()
    }

    /// Runs every workload by one method. The first run builds, so its times do not count.
    pub(super) fn run(&self, method: Method) -> anyhow::Result<RunTimes> {
        let times = self.times_file()?;
        let mut command = self.command(&method.arguments());
        command.env(TIMES, &times);
        let start = Instant::now();
        let finished = run(&mut command)?;
        let whole = start.elapsed();
        ensure!(
            finished.success,
            "{}: the run failed\n\n{}",
            method.title(),
            last_lines(&finished)
        );
        let regions = region_times::read(&times).with_context(|| method.title())?;
        Ok(RunTimes { whole, regions })
    }

    /// Runs a workload with a regression in it by one method.
    pub(super) fn run_regressed(&self, method: Method, workload: &str) -> anyhow::Result<Finished> {
        let mut command = self.command(&method.arguments_of_one(workload));
        command.env(REGRESSED, "1");
        run(&mut command)
    }

    /// Returns the path for the workloads' times, and removes the file of an earlier run.
    fn times_file(&self) -> anyhow::Result<PathBuf> {
        let path = outputs::folder_in(&self.target)?.join("suite-times.txt");
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("failed to remove {}", path.display()))
            }
            _ => Ok(path),
        }
    }

    fn command(&self, arguments: &[String]) -> Command {
        let mut command = cargo();
        command.current_dir(&self.package).args(arguments);
        command.env("CARGO_TERM_COLOR", "never").env("NO_COLOR", "1").env("RUST_BACKTRACE", "0");
        command.env_remove(TIMES).env_remove(REGRESSED);
        if let Some(runner) = &self.gungraun {
            command.env("GUNGRAUN_RUNNER", runner);
        }
        command
    }
}

/// Returns the last lines that a run printed, where a failure is.
fn last_lines(finished: &Finished) -> String {
    const LINES: usize = 40;
    let text = format!("{}{}", finished.stderr, finished.stdout);
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runner(name: &str) -> MethodRunner {
        let target = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        MethodRunner { package: PathBuf::from("."), target, gungraun: None }
    }

    #[test]
    fn the_lower_of_each_figure_counts() {
        let times = |whole, regions: [u64; 5]| RunTimes {
            whole: Duration::from_secs(whole),
            regions: regions.map(Duration::from_secs),
        };
        let lowest = times(9, [1, 5, 3, 3, 3]).lowest(times(8, [2, 4, 3, 3, 3]));
        assert_eq!(lowest, times(8, [1, 4, 3, 3, 3]));
    }

    #[test]
    fn nothing_of_an_earlier_run_is_read() {
        let runner = runner("suite-times");
        let path = runner.times_file().unwrap();
        std::fs::write(&path, "wal_insert 1\n").unwrap();
        let again = runner.times_file().unwrap();
        let left = again.exists();
        std::fs::remove_dir_all(&runner.target).unwrap();
        assert_eq!(again, path);
        assert!(!left);
    }

    #[test]
    fn a_run_that_fails_is_shown_by_its_end() {
        let stderr = "first\n".to_owned() + &"line\n".repeat(60);
        let finished = Finished { success: false, stdout: "FAILED\n".to_owned(), stderr };
        let shown = last_lines(&finished);
        assert!(shown.ends_with("line\nFAILED"), "{shown}");
        assert!(!shown.contains("first"), "{shown}");
    }
}
