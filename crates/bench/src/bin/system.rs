//! The system's allocator. All others are compared with it. It counts nothing.

use std::process::ExitCode;

use tripline_bench::overhead::{CountedFigures, run_program};

fn main() -> ExitCode {
    run_program(|job| {
        job.run();
        Ok(CountedFigures::default())
    })
}
