//! tripline measuring with its counters alone, as a test does whose budget says `engine = "count"`.

use std::process::ExitCode;

use tripline::__private::{Counting, Watching};
use tripline_bench::overhead::{Figures, child};

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

fn main() -> ExitCode {
    // A meter begins so, too: what is allocated before the region is known to be no part of it.
    let _watching = Watching::begin();
    child(|job| {
        let counting = Counting::start();
        job.run();
        let stats = counting.finish().heap;
        Ok(Figures {
            blocks: Some(stats.total_blocks),
            bytes: Some(stats.total_bytes),
            peak: Some(stats.max_bytes),
            live: Some(stats.live_bytes),
        })
    })
}
