//! `tripline::Alloc` while nothing is measured: what every test of a suite pays.

use std::hint::black_box;
use std::process::ExitCode;

use anyhow::ensure;
use tripline::__private::Recording;
use tripline_bench::overhead::{Figures, child};

#[global_allocator]
static ALLOC: tripline::Alloc = tripline::Alloc::new();

fn main() -> ExitCode {
    child(|job| {
        job.run();
        is_installed()?;
        Ok(Figures::default())
    })
}

/// It counted nothing, so nothing else shows that it was there.
fn is_installed() -> anyhow::Result<()> {
    let recording = Recording::start();
    drop(black_box(Box::new(0_u8)));
    ensure!(recording.finish().heap.total_blocks > 0, "tripline's allocator is not installed");
    Ok(())
}
