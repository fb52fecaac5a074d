//! One process of `cargo xtask bench overhead`: an allocator's binary runs one program and prints one line.
//!
//! In order: the arguments name a program, which is prepared; the binary's own code switches its measurement
//! on around the job, which keeps the time; what was counted is held to what the program knows it did,
//! because a peer that counts nothing is fast; then the line is printed.

mod blocks;
mod figures;
mod job;
mod line;
mod program;
mod sql;

pub use figures::Figures;
pub use job::Job;
pub use line::Line;

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use crate::overhead::program::Program;

/// Runs the program that the arguments name; `measure` runs the job with a measurement on, and says what it
/// counted.
pub fn child(measure: impl FnOnce(&Arc<Job>) -> anyhow::Result<Figures>) -> ExitCode {
    report(asked().and_then(|(program, iterations)| run(program, iterations, measure)))
}

/// Ends a process with its line, or with why there is none.
pub fn report(line: anyhow::Result<Line>) -> ExitCode {
    match line {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn asked() -> anyhow::Result<(Program, u64)> {
    let mut arguments = std::env::args().skip(1);
    let program = arguments.next().context("no program; give one, and a number of iterations")?;
    let iterations = arguments.next().context("no number of iterations")?;
    let iterations = iterations.parse().with_context(|| format!("no number: `{iterations}`"))?;
    Ok((Program::by_name(&program)?, iterations))
}

fn run(
    program: Program,
    iterations: u64,
    measure: impl FnOnce(&Arc<Job>) -> anyhow::Result<Figures>,
) -> anyhow::Result<Line> {
    let job = Arc::new(program.prepare(iterations)?);
    let counted = measure(&job)?;
    let nanoseconds = job.elapsed()?.as_nanos();
    let nanoseconds = u64::try_from(nanoseconds).context("it took centuries")?;
    let line = Line {
        program: program.name().to_owned(),
        iterations,
        threads: job.threads() as u64,
        nanoseconds,
        counted: Figures::default(),
    };
    line.counting(counted)
}
