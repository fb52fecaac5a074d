//! One process of `cargo xtask bench overhead`: an allocator's binary runs one program and prints a report.
//!
//! In order: the arguments name a program, its iterations and its repeats; the binary's own code switches its
//! measurement on around the job, which keeps the fastest time; the counted figures are checked against those
//! that the program can have caused, because a peer that counts nothing is fast; then the report is printed.

mod blocks;
mod clock;
mod expected;
mod job;
mod process_report;
mod program;
mod sql;

pub use expected::CountedFigures;
pub use job::Job;
pub use process_report::ProcessReport;

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use crate::overhead::program::Program;

/// Runs the program that the arguments name, and prints the report. `measure` runs the job with a measurement on,
/// and returns the counted figures.
pub fn run_program(measure: impl FnOnce(&Arc<Job>) -> anyhow::Result<CountedFigures>) -> ExitCode {
    print_report(RunRequest::read().and_then(|request| run(&request, measure)))
}

/// Ends a process with its report, or with the error.
pub fn print_report(report: anyhow::Result<ProcessReport>) -> ExitCode {
    match report {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The run that the arguments ask for.
struct RunRequest {
    program: Program,
    iterations: u64,
    repeats: u64,
}

impl RunRequest {
    fn read() -> anyhow::Result<Self> {
        let mut arguments = std::env::args().skip(1);
        let program =
            arguments.next().context("no program; give one, its iterations and its repeats")?;
        let mut number = |name: &str| {
            let given = arguments.next().with_context(|| format!("no number of {name}"))?;
            given.parse().with_context(|| format!("no number of {name}: `{given}`"))
        };
        let (iterations, repeats) = (number("iterations")?, number("repeats")?);
        Ok(Self { program: Program::by_name(&program)?, iterations, repeats })
    }
}

fn run(
    request: &RunRequest,
    measure: impl FnOnce(&Arc<Job>) -> anyhow::Result<CountedFigures>,
) -> anyhow::Result<ProcessReport> {
    let RunRequest { program, iterations, repeats } = *request;
    let job = Arc::new(program.prepare(iterations, repeats)?);
    let counted = measure(&job)?;
    let report = ProcessReport {
        program: program.name().to_owned(),
        iterations,
        repeats,
        threads: job.threads() as u64,
        nanoseconds: job.fastest()?,
        counted: CountedFigures::default(),
    };
    report.with_counted(counted)
}
