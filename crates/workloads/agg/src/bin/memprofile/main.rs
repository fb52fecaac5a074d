//! The memory of a feature server's tables: by table, by operator, by data structure.
//!
//! In order: `args` is what was asked; `source` reads the configuration; `ingest` feeds the tables; `report` adds
//! up what they say that they hold, and `advice` what to do about the dearest; `markdown` or JSON shows it;
//! `output` puts it in place by renaming, `stale` compares it with what is there. `serve` does neither, but goes on.
//!
//! Deliberately absent: verdicts, other than whether the report still says what is measured. Budgets belong in
//! tests.

mod advice;
mod allocator;
mod args;
mod ingest;
mod interrupt;
mod markdown;
mod output;
mod process;
mod progress;
mod report;
mod run;
mod serve;
mod source;
mod stale;
mod text;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::args::Args;

#[global_allocator]
static ALLOC: allocator::Counting = allocator::Counting;

/// What a shell expects after an interrupt: 128 + SIGINT.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.serve {
        Some(address) => serve::serve(&args, address),
        None => run::run(&args),
    };
    let Err(error) = done else {
        return ExitCode::SUCCESS;
    };
    if interrupt::happened() {
        report_error(format_args!("interrupted; nothing was written"));
        return ExitCode::from(INTERRUPTED);
    }
    report_error(format_args!("{error:#}"));
    ExitCode::FAILURE
}

/// A closed standard error must not turn an error into a panic.
fn report_error(message: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "error: {message}");
}
