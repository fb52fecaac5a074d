//! The rounds: every program by every allocator, in processes of their own.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use cargo_tripline::{Finished, Step, run};
use tempfile::TempDir;

use crate::bench::overhead::catalogue::{ALLOCATORS, Allocator, PROCESSES, PROGRAMS, Program};
use crate::bench::overhead::line::Line;
use crate::bench::package::Package;
use crate::bench::rounds::in_turn;

/// Where databases go if it is there: on a disk the disk's speed would be measured.
const NO_DISK: &str = "/dev/shm";

/// One process, and what it said.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) round: usize,
    pub(super) allocator: &'static Allocator,
    pub(super) program: &'static Program,
    pub(super) line: Line,
}

/// `rounds` rounds. Databases are gone when this ends, however it does.
pub(super) fn sweep(package: &Package, rounds: usize) -> anyhow::Result<Vec<Run>> {
    let scratch = scratch()?;
    let mut runs = Vec::new();
    for round in 0..rounds {
        for program in &PROGRAMS {
            let _step = Step::begin(format!("round {} of {rounds}: {}", round + 1, program.name));
            let of_round = self::round(package, program, round, scratch.path())?;
            runs.extend(fastest(&of_round).with_context(|| program.name)?);
        }
    }
    Ok(runs)
}

/// One round of one program. An allocator whose threads never ran at once is tried as often again.
fn round(
    package: &Package,
    program: &'static Program,
    round: usize,
    scratch: &Path,
) -> anyhow::Result<Vec<Run>> {
    let mut runs = Vec::new();
    for process in 0..2 * PROCESSES {
        let all = in_turn(&ALLOCATORS, round + process);
        let again = process >= PROCESSES;
        for allocator in all.filter(|allocator| allocator.pace.takes_part(process)) {
            if again && fastest_of(&runs, allocator).is_some() {
                continue;
            }
            let line = line(package, allocator, program, scratch)?;
            runs.push(Run { round, allocator, program, line });
        }
    }
    Ok(runs)
}

/// Of each allocator its fastest process, in the order of every table. A round that lacks one would make a median
/// of fewer rounds than it says.
fn fastest(runs: &[Run]) -> anyhow::Result<Vec<Run>> {
    let each = ALLOCATORS.iter().map(|allocator| {
        let fastest = fastest_of(runs, allocator).cloned();
        fastest.with_context(|| {
            format!("the threads of {} never ran at once: the machine is too busy", allocator.title)
        })
    });
    each.collect()
}

fn fastest_of<'a>(runs: &'a [Run], allocator: &Allocator) -> Option<&'a Run> {
    let of_one = runs.iter().filter(|run| run.allocator.binary == allocator.binary);
    let timed = of_one.filter(|run| run.line.nanoseconds.is_some());
    timed.min_by_key(|run| run.line.nanoseconds)
}

fn scratch() -> anyhow::Result<TempDir> {
    let made = if Path::new(NO_DISK).is_dir() {
        tempfile::tempdir_in(NO_DISK)
    } else {
        tempfile::tempdir()
    };
    made.context("failed to make a folder for databases")
}

fn line(
    package: &Package,
    allocator: &Allocator,
    program: &Program,
    scratch: &Path,
) -> anyhow::Result<Line> {
    let (iterations, repeats) = (program.iterations, program.repeats(allocator.pace));
    let mut command = Command::new(package.executable(allocator.binary)?);
    command.args([program.name, &iterations.to_string(), &repeats.to_string()]);
    command.env("TMPDIR", scratch);
    // Apart from what follows: an interrupt is no failure of the allocator's.
    let finished = run(&mut command)?;
    shown(&finished)
        .and_then(|shown| Line::read(shown, program.name, (iterations, repeats), allocator.reports))
        .with_context(|| format!("{} failed to run {}", allocator.title, program.name))
}

fn shown(finished: &Finished) -> anyhow::Result<&str> {
    ensure!(finished.success, "{}", finished.stderr.trim_end());
    Ok(&finished.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::overhead::results::tests::run as run_of;

    fn shell(script: &str) -> anyhow::Result<String> {
        let finished = run(Command::new("sh").args(["-c", script]))?;
        shown(&finished).map(str::to_owned)
    }

    #[test]
    fn a_process_that_fails_is_an_error_in_its_own_words() {
        assert_eq!(shell("echo line").unwrap(), "line\n");
        let error = shell("echo 'error: counted 0 blocks' >&2; echo line; exit 1").unwrap_err();
        assert_eq!(error.to_string(), "error: counted 0 blocks");
        assert!(shell("kill -9 $$").is_err());
    }

    /// One process of each allocator, of which each takes ten nanoseconds longer than the one before it.
    fn one_of_each() -> Vec<Run> {
        (0..ALLOCATORS.len()).map(|place| run_of(1, place, 0, 10 * (place as u64 + 1))).collect()
    }

    #[test]
    fn of_a_round_the_fastest_process_of_each_counts() {
        let mut runs = one_of_each();
        runs.extend([run_of(1, 2, 0, 25), run_of(1, 2, 0, 40), run_of(1, 2, 0, 1)]);
        runs.last_mut().unwrap().line.nanoseconds = None;
        let paces: Vec<_> =
            fastest(&runs).unwrap().iter().map(|run| run.line.pace().unwrap()).collect();
        assert_eq!(paces[..4], [10.0, 20.0, 25.0, 40.0]);
        assert_eq!(paces.len(), ALLOCATORS.len());
    }

    #[test]
    fn an_allocator_without_a_time_is_an_error_with_its_name() {
        let mut runs = one_of_each();
        runs[4].line.nanoseconds = None;
        let error = fastest(&runs).unwrap_err().to_string();
        assert_eq!(
            error,
            "the threads of dhat, testing never ran at once: the machine is too busy"
        );
    }
}
