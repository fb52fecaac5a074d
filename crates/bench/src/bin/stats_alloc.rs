//! `stats_alloc`, with the region that <https://docs.rs/stats_alloc> shows.

use std::alloc::System;
use std::process::ExitCode;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tripline_bench::overhead::{CountedFigures, run_program};

#[global_allocator]
static ALLOC: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> ExitCode {
    run_program(|job| {
        let region = Region::new(ALLOC);
        job.run();
        let stats = region.change();
        Ok(CountedFigures {
            blocks: Some(stats.allocations as u64),
            bytes: Some(stats.bytes_allocated as u64),
            peak: None,
            live: Some(stats.bytes_allocated.saturating_sub(stats.bytes_deallocated) as u64),
        })
    })
}
