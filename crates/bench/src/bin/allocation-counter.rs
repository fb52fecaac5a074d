//! `allocation-counter`, which brings its own global allocator and counts for the thread that asks. So each
//! thread of a program asks for itself, and their figures are summed.

use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use allocation_counter::{AllocationInfo, measure};
use tripline_bench::overhead::{CountedFigures, run_program};

fn main() -> ExitCode {
    run_program(|job| {
        let sum = Mutex::new(AllocationInfo::default());
        job.run_each(|work| {
            let info = measure(work);
            *sum.lock().unwrap_or_else(PoisonError::into_inner) += info;
        });
        let sum = sum.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(CountedFigures {
            blocks: Some(sum.count_total),
            bytes: Some(sum.bytes_total),
            peak: Some(sum.bytes_max),
            live: Some(u64::try_from(sum.bytes_current).unwrap_or(0)),
        })
    })
}
