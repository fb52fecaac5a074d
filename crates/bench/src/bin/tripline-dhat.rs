//! tripline with dhat and its own counters, as in a test by default.

use std::process::ExitCode;

use tripline::__private::DhatRegion;
use tripline_bench::overhead::{CountedFigures, run_program};

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

fn main() -> ExitCode {
    run_program(|job| {
        let dhat_region = DhatRegion::start();
        job.run();
        let stats = dhat_region.finish().heap;
        Ok(CountedFigures {
            blocks: Some(stats.total_blocks),
            bytes: Some(stats.total_bytes),
            peak: Some(stats.max_bytes),
            live: Some(stats.live_bytes),
        })
    })
}
