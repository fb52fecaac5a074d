//! `divan::AllocProfiler`. Only divan's own harness knows the figures, and prints them. So the program runs in it,
//! once, in a process of its own whose output is read.
//!
//! It counts for each thread of the harness by itself. Threads that a program starts would not be counted, so
//! the harness starts them.

use std::process::{Command, ExitCode};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, ensure};
use divan::{AllocProfiler, Bencher, Divan};
use tripline_bench::overhead::{CountedFigures, Job, ProcessReport, print_report, run_program};

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

/// The last argument of the process that runs the harness.
const HARNESS: &str = "--harness";

/// The job that the benchmark runs. A benchmark takes no argument from outside of the harness.
static JOB: Mutex<Option<Arc<Job>>> = Mutex::new(None);

fn main() -> ExitCode {
    if std::env::args().next_back().as_deref() == Some(HARNESS) {
        return run_program(|job| {
            *current() = Some(Arc::clone(job));
            let harness = Divan::default().sample_count(1).sample_size(1);
            harness.threads([job.threads()]).run_benches();
            *current() = None;
            // The other process reads the table that the harness has printed.
            Ok(CountedFigures::default())
        });
    }
    print_report(run_harness())
}

fn current() -> MutexGuard<'static, Option<Arc<Job>>> {
    JOB.lock().unwrap_or_else(PoisonError::into_inner)
}

#[divan::bench]
fn program(bencher: Bencher<'_, '_>) {
    // Without a job nothing runs, which the process reports.
    let Some(job) = current().clone() else { return };
    bencher.bench(|| job.run_here());
}

fn run_harness() -> anyhow::Result<ProcessReport> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args(std::env::args_os().skip(1)).arg(HARNESS).output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the harness failed\n{}", errors.trim_end());
    let printed = String::from_utf8(output.stdout).context("the harness printed no UTF-8")?;
    let last = printed.lines().next_back().context("the harness printed nothing")?;
    let report = ProcessReport::parse(last)?;
    let counted = read(&printed, report.threads)?;
    report.with_counted(counted)
}

/// Reads the figures of the mean thread from the harness's table, and multiplies them by the threads.
fn read(table: &str, threads: u64) -> anyhow::Result<CountedFigures> {
    let below = |heading: &str, offset: usize| {
        let from = table.lines().skip_while(|line| !line.trim_start().starts_with(heading));
        let cell = from.skip(offset).map(mean).next().flatten();
        let figure = cell.and_then(figure).map(|figure| (figure * threads as f64) as u64);
        figure.with_context(|| format!("no figure below `{heading}` in\n{table}"))
    };
    Ok(CountedFigures {
        blocks: Some(below("alloc:", 1)?),
        bytes: Some(below("alloc:", 2)?),
        peak: Some(below("max alloc:", 2)?),
        live: None,
    })
}

/// Returns the last of a line's cells: fastest, slowest, median, mean.
fn mean(line: &str) -> Option<&str> {
    line.split('│').nth(3).map(str::trim)
}

/// Parses `12000`, or bytes: `1.5 MB`.
fn figure(cell: &str) -> Option<f64> {
    let (number, unit) = cell.split_once(' ').unwrap_or((cell, "B"));
    let power = ["B", "KB", "MB", "GB", "TB"].iter().position(|known| *known == unit)?;
    Some(number.parse::<f64>().ok()? * 1_000_f64.powi(i32::try_from(power).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
divan          fastest       │ slowest       │ median        │ mean          │ samples │ iters
╰─ program     150.2 ms      │ 150.2 ms      │ 150.2 ms      │ 150.2 ms      │ 1       │ 1
               max alloc:    │               │               │               │         │
                 513         │ 513           │ 513           │ 513           │         │
                 135.2 KB    │ 135.2 KB      │ 135.2 KB      │ 135.2 KB      │         │
               alloc:        │               │               │               │         │
                 12000000    │ 12000000      │ 12000000      │ 12000000      │         │
                 3.164 GB    │ 3.164 GB      │ 3.164 GB      │ 3.164 GB      │         │
";

    #[test]
    fn figures_are_read_from_the_table() {
        let figures = read(TABLE, 2).expect("the table has figures");
        assert_eq!(figures.blocks, Some(24_000_000));
        assert_eq!(figures.bytes, Some(6_328_000_000));
        assert_eq!(figures.peak, Some(270_400));
    }

    #[test]
    fn a_harness_that_counted_nothing_is_an_error() {
        let counted_nothing: String = TABLE.lines().take(2).collect();
        let error = read(&counted_nothing, 1).expect_err("there are no figures");
        assert!(error.to_string().starts_with("no figure below `alloc:`"), "{error}");
    }
}
