//! Runs the rounds: every program on every allocator, each in a process of its own.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use cargo_tripline::{Finished, Step, run};
use tempfile::TempDir;

use crate::bench::overhead::catalogue::{ALLOCATORS, Allocator, PROCESSES, PROGRAMS, TimedProgram};
use crate::bench::overhead::process_report::{ProcessReport, RunRequest};
use crate::bench::rounds::in_turn;
use crate::cargo_build::CargoBuild;

/// The folder for databases, where there is one. A disk's own speed would otherwise be measured.
const MEMORY_FOLDER: &str = "/dev/shm";

/// One process, and its report.
#[derive(Clone, Debug)]
pub(super) struct ProcessRun {
    pub(super) round: usize,
    pub(super) allocator: &'static Allocator,
    pub(super) program: &'static TimedProgram,
    pub(super) report: ProcessReport,
}

/// Runs all rounds. Databases are removed at the end, also if one fails.
pub(super) fn sweep(build: &CargoBuild, rounds: usize) -> anyhow::Result<Vec<ProcessRun>> {
    let scratch = scratch()?;
    let mut runs = Vec::new();
    for round in 0..rounds {
        for program in &PROGRAMS {
            let _step = Step::begin(format!("round {} of {rounds}: {}", round + 1, program.name));
            let runs_of_round = self::round(build, program, round, scratch.path())?;
            runs.extend(fastest(&runs_of_round).with_context(|| program.name)?);
        }
    }
    Ok(runs)
}

/// Runs one round of one program. An allocator whose threads never ran at once gets as many processes again.
fn round(
    build: &CargoBuild,
    program: &'static TimedProgram,
    round: usize,
    scratch: &Path,
) -> anyhow::Result<Vec<ProcessRun>> {
    let mut runs = Vec::new();
    for process in 0..2 * PROCESSES {
        let all = in_turn(&ALLOCATORS, round + process);
        let is_retry = process >= PROCESSES;
        for allocator in all.filter(|allocator| allocator.speed.takes_part(process)) {
            if is_retry && fastest_of(&runs, allocator).is_some() {
                continue;
            }
            let report = report(build, allocator, program, scratch)?;
            runs.push(ProcessRun { round, allocator, program, report });
        }
    }
    Ok(runs)
}

/// Returns the fastest process of each allocator, in the order of every table. Fails if an allocator has none: its
/// median would be of fewer rounds than the table says.
fn fastest(runs: &[ProcessRun]) -> anyhow::Result<Vec<ProcessRun>> {
    let runs = ALLOCATORS.iter().map(|allocator| {
        let fastest = fastest_of(runs, allocator).cloned();
        fastest.with_context(|| {
            format!("the threads of {} never ran at once: the machine is too busy", allocator.title)
        })
    });
    runs.collect()
}

fn fastest_of<'a>(runs: &'a [ProcessRun], allocator: &Allocator) -> Option<&'a ProcessRun> {
    let of_one = runs.iter().filter(|run| run.allocator.binary == allocator.binary);
    let timed = of_one.filter(|run| run.report.nanoseconds.is_some());
    timed.min_by_key(|run| run.report.nanoseconds)
}

fn scratch() -> anyhow::Result<TempDir> {
    let made = if Path::new(MEMORY_FOLDER).is_dir() {
        tempfile::tempdir_in(MEMORY_FOLDER)
    } else {
        tempfile::tempdir()
    };
    made.context("failed to create a folder for databases")
}

fn report(
    build: &CargoBuild,
    allocator: &Allocator,
    program: &TimedProgram,
    scratch: &Path,
) -> anyhow::Result<ProcessReport> {
    let (iterations, repeats) = (program.iterations, program.repeats(allocator.speed));
    let request = RunRequest { program: program.name, iterations, repeats };
    let mut command = Command::new(&build.executable(allocator.binary)?.path);
    command.args(request.arguments()).env("TMPDIR", scratch);
    // An interrupt is no failure of the allocator, so this error does not name it.
    let finished = run(&mut command)?;
    output(&finished)
        .and_then(|output| ProcessReport::read(output, request, allocator.reports))
        .with_context(|| format!("{} failed to run {}", allocator.title, program.name))
}

/// Returns the standard output of a process that succeeded.
fn output(finished: &Finished) -> anyhow::Result<&str> {
    ensure!(finished.success, "{}", finished.stderr.trim_end());
    Ok(&finished.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::overhead::results::tests::run as run_of;

    fn shell(script: &str) -> anyhow::Result<String> {
        let finished = run(Command::new("sh").args(["-c", script]))?;
        output(&finished).map(str::to_owned)
    }

    #[test]
    fn a_process_that_fails_is_an_error_in_its_own_words() {
        assert_eq!(shell("echo line").unwrap(), "line\n");
        let error = shell("echo 'error: counted 0 blocks' >&2; echo line; exit 1").unwrap_err();
        assert_eq!(error.to_string(), "error: counted 0 blocks");
        assert!(shell("kill -9 $$").is_err());
    }

    /// Returns one process of each allocator. Each takes ten nanoseconds longer than the one before it.
    fn one_of_each() -> Vec<ProcessRun> {
        (0..ALLOCATORS.len()).map(|place| run_of(1, place, 0, 10 * (place as u64 + 1))).collect()
    }

    #[test]
    fn the_fastest_process_of_a_round_counts() {
        let mut runs = one_of_each();
        runs.extend([run_of(1, 2, 0, 25), run_of(1, 2, 0, 40), run_of(1, 2, 0, 1)]);
        runs.last_mut().unwrap().report.nanoseconds = None;
        let fastest = fastest(&runs).unwrap();
        let times = fastest.iter().map(|run| run.report.nanoseconds_per_iteration().unwrap());
        let times: Vec<_> = times.collect();
        assert_eq!(times[..4], [10.0, 20.0, 25.0, 40.0]);
        assert_eq!(times.len(), ALLOCATORS.len());
    }

    #[test]
    fn an_allocator_without_a_time_is_an_error_with_its_name() {
        let mut runs = one_of_each();
        runs[4].report.nanoseconds = None;
        let error = fastest(&runs).unwrap_err().to_string();
        assert_eq!(
            error,
            "the threads of dhat, testing never ran at once: the machine is too busy"
        );
    }
}
