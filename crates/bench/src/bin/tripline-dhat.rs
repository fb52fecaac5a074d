//! tripline measuring with dhat and its own counters, as a test does by default.

use std::process::ExitCode;

use tripline::__private::Recording;
use tripline_bench::overhead::{Figures, child};

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

fn main() -> ExitCode {
    child(|job| {
        let recording = Recording::start();
        job.run();
        let stats = recording.finish().heap;
        Ok(Figures {
            blocks: Some(stats.total_blocks),
            bytes: Some(stats.total_bytes),
            peak: Some(stats.max_bytes),
            live: Some(stats.live_bytes),
        })
    })
}
