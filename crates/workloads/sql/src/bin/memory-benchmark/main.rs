//! The memory of the SQL engine under a workload: resident, heap and disk, in one report.
//!
//! The command itself measures nothing. For each journal mode it runs this executable again,
//! once for the resident set without a profiler and once for the heap under dhat. So no figure
//! includes the instrument of another, and each starts from a process that has done
//! nothing else. Reports and profiles are put in place at the end, by renaming.
//!
//! Deliberately absent: verdicts. Budgets belong in tests.

mod allocator;
mod args;
mod comparison;
mod csv;
mod human;
mod interrupt;
mod job;
mod launch;
mod measure;
mod outcome;
mod progress;
mod report;
mod rss;
mod run;
mod ticker;

use std::process::ExitCode;

use clap::Parser;
use workload_command::ending;

use crate::args::Args;

#[global_allocator]
static ALLOC: allocator::Switch = allocator::Switch;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.measure {
        Some(job) => measure::measure(job),
        None => args.checked().and_then(|request| run::run(&request)),
    };
    ending(done, interrupt::happened())
}
