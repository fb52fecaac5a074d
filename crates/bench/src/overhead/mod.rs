//! One process of `cargo xtask bench overhead`: an allocator's binary runs one program and prints one line.
//!
//! In order: the arguments name a program and how often it runs; the binary's own code switches its measurement
//! on around the job, which keeps the fastest time; what was counted is held to what the program knows it did,
//! because a peer that counts nothing is fast; then the line is printed.

mod blocks;
mod clock;
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
    report(Asked::read().and_then(|asked| run(&asked, measure)))
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

/// A program, how long it is, and how often it runs.
struct Asked {
    program: Program,
    iterations: u64,
    repeats: u64,
}

impl Asked {
    fn read() -> anyhow::Result<Self> {
        let mut arguments = std::env::args().skip(1);
        let program =
            arguments.next().context("no program; give one, its iterations and its repeats")?;
        let mut number = |what: &str| {
            let given = arguments.next().with_context(|| format!("no number of {what}"))?;
            given.parse().with_context(|| format!("no number of {what}: `{given}`"))
        };
        let (iterations, repeats) = (number("iterations")?, number("repeats")?);
        Ok(Self { program: Program::by_name(&program)?, iterations, repeats })
    }
}

fn run(
    asked: &Asked,
    measure: impl FnOnce(&Arc<Job>) -> anyhow::Result<Figures>,
) -> anyhow::Result<Line> {
    let Asked { program, iterations, repeats } = *asked;
    let job = Arc::new(program.prepare(iterations, repeats)?);
    let counted = measure(&job)?;
    let line = Line {
        program: program.name().to_owned(),
        iterations,
        repeats,
        threads: job.threads() as u64,
        nanoseconds: job.fastest()?,
        counted: Figures::default(),
    };
    line.counting(counted)
}
