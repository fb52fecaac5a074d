//! dhat in testing mode, set up as <https://docs.rs/dhat> says under "Heap usage testing".

use std::process::ExitCode;

use tripline_bench::overhead::{CountedFigures, run_program};

#[global_allocator]
static ALLOC: dhat::Alloc = dhat::Alloc;

fn main() -> ExitCode {
    run_program(|job| {
        let _profiler = dhat::Profiler::builder().testing().build();
        job.run();
        let stats = dhat::HeapStats::get();
        Ok(CountedFigures {
            blocks: Some(stats.total_blocks),
            bytes: Some(stats.total_bytes),
            peak: Some(stats.max_bytes as u64),
            live: Some(stats.curr_bytes as u64),
        })
    })
}
