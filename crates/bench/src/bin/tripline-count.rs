//! tripline with its counters alone, as in a test whose budget says `engine = "count"`.

use std::process::ExitCode;

use tripline::__private::{Counting, OutsideBlockWatch};
use tripline_bench::overhead::{CountedFigures, run_program};

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

fn main() -> ExitCode {
    // A meter begins the same way: blocks from before the region are known to be no part of it.
    let _watch = OutsideBlockWatch::begin();
    run_program(|job| {
        let counting = Counting::start();
        job.run();
        let stats = counting.finish().heap;
        Ok(CountedFigures {
            blocks: Some(stats.total_blocks),
            bytes: Some(stats.total_bytes),
            peak: Some(stats.max_bytes),
            live: Some(stats.live_bytes),
        })
    })
}
