//! The memory of a feature server's tables: by table, by operator, by data structure.
//!
//! In order: `args` reads the command line; `source` reads the configuration; `ingest` feeds the tables; `report` adds
//! up the memory that they report, and `advice` judges the dearest operators; `markdown` or JSON shows it;
//! a `Draft` puts it in place by renaming, `stale` compares it with the file there. `serve` does neither, but goes on.
//!
//! Deliberately absent: verdicts, except that `--check` compares the report with a fresh one. Budgets belong in
//! tests.

mod advice;
mod allocator;
mod args;
mod ingest;
mod interrupt;
mod markdown;
mod process;
mod progress;
mod report;
mod run;
mod serve;
mod source;
mod stale;
mod text;

use std::process::ExitCode;

use clap::Parser;
use workload_command::ending;

use crate::args::Args;

#[global_allocator]
static ALLOC: allocator::Counting = allocator::Counting;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.serve {
        Some(address) => serve::serve(&args, address),
        None => run::run(&args),
    };
    ending(done, interrupt::happened())
}
