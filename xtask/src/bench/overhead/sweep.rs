//! The rounds: every program by every allocator, in a process each.

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

/// What an allocator's fastest process of a round said.
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
            runs.extend(fastest(&self::round(package, program, round, scratch.path())?));
        }
    }
    Ok(runs)
}

/// One round of one program.
fn round(
    package: &Package,
    program: &'static Program,
    round: usize,
    scratch: &Path,
) -> anyhow::Result<Vec<Run>> {
    let mut runs = Vec::new();
    for process in 0..PROCESSES {
        let all = in_turn(&ALLOCATORS, round + process);
        for allocator in all.filter(|allocator| allocator.pace.takes_part(process)) {
            let line = line(package, allocator, program, scratch)?;
            runs.push(Run { round, allocator, program, line });
        }
    }
    Ok(runs)
}

/// Of each allocator its fastest process, in the order of every table; none of one that has no time.
fn fastest(runs: &[Run]) -> impl Iterator<Item = Run> {
    ALLOCATORS.iter().filter_map(|allocator| {
        let of_one = runs.iter().filter(|run| run.allocator.binary == allocator.binary);
        of_one
            .filter(|run| run.line.nanoseconds.is_some())
            .min_by_key(|run| run.line.nanoseconds)
            .cloned()
    })
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

    #[test]
    fn of_a_round_the_fastest_process_of_each_counts() {
        let runs = [(2, 50), (0, 30), (2, 40), (2, 60), (0, 35)];
        let mut runs = runs.map(|(allocator, pace)| run_of(1, allocator, 0, pace)).to_vec();
        runs.push(run_of(1, 2, 0, 10));
        runs[5].line.nanoseconds = None;
        let fastest = fastest(&runs).map(|run| (run.allocator.binary, run.line.pace().unwrap()));
        assert_eq!(fastest.collect::<Vec<_>>(), [("system", 30.0), ("tripline-count", 40.0)]);
    }
}
