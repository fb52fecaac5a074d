//! `cap` with its feature `stats`, and a limit that nothing reaches.

use std::alloc::System;
use std::process::ExitCode;

use cap::Cap;
use tripline_bench::overhead::{CountedFigures, run_program};

#[global_allocator]
static ALLOC: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    run_program(|job| {
        let (total, live) = (ALLOC.total_allocated(), ALLOC.allocated());
        job.run();
        Ok(CountedFigures {
            blocks: None,
            bytes: Some(ALLOC.total_allocated().saturating_sub(total) as u64),
            // Since the process began: it cannot be reset.
            peak: Some(ALLOC.max_allocated() as u64),
            live: Some(ALLOC.allocated().saturating_sub(live) as u64),
        })
    })
}
