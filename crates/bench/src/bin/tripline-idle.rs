//! `tripline::Alloc` while nothing is measured: every test of a suite pays for it.

use std::hint::black_box;
use std::process::ExitCode;

use anyhow::ensure;
use tripline::__private::DhatRegion;
use tripline_bench::overhead::{CountedFigures, run_program};

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

fn main() -> ExitCode {
    run_program(|job| {
        job.run();
        check_installed()?;
        Ok(CountedFigures::default())
    })
}

/// Fails if the allocator is not installed. It counts nothing, so no figure would show that.
fn check_installed() -> anyhow::Result<()> {
    let dhat_region = DhatRegion::start();
    drop(black_box(Box::new(0_u8)));
    ensure!(dhat_region.finish().heap.total_blocks > 0, "tripline's allocator is not installed");
    Ok(())
}
