//! `peak_alloc`. Its peak is reset when the program begins.

use std::process::ExitCode;

use peak_alloc::PeakAlloc;
use tripline_bench::overhead::{CountedFigures, run_program};

#[global_allocator]
static ALLOC: PeakAlloc = PeakAlloc;

fn main() -> ExitCode {
    run_program(|job| {
        let before = ALLOC.current_usage();
        ALLOC.reset_peak_usage();
        job.run();
        let beyond = |usage: usize| Some(usage.saturating_sub(before) as u64);
        let (peak, live) = (beyond(ALLOC.peak_usage()), beyond(ALLOC.current_usage()));
        Ok(CountedFigures { peak, live, ..CountedFigures::default() })
    })
}
