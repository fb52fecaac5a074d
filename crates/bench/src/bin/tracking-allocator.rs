//! `tracking-allocator`, which hands each event to a tracker of the user's. This tracker counts the same as the other
//! allocators, with an atomic for each figure.

use std::alloc::System;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use tracking_allocator::{AllocationGroupId, AllocationRegistry, AllocationTracker, Allocator};
use tripline_bench::overhead::{CountedFigures, run_program};

#[global_allocator]
static ALLOC: Allocator<System> = Allocator::system();

static BLOCKS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static LIVE: AtomicU64 = AtomicU64::new(0);
static PEAK: AtomicU64 = AtomicU64::new(0);

/// Counts blocks of every group.
#[derive(Debug)]
struct Tracker;

impl AllocationTracker for Tracker {
    fn allocated(&self, _address: usize, size: usize, _wrapped: usize, _group: AllocationGroupId) {
        let size = size as u64;
        BLOCKS.fetch_add(1, Relaxed);
        BYTES.fetch_add(size, Relaxed);
        PEAK.fetch_max(LIVE.fetch_add(size, Relaxed) + size, Relaxed);
    }

    fn deallocated(
        &self,
        _address: usize,
        size: usize,
        _wrapped: usize,
        _source: AllocationGroupId,
        _current: AllocationGroupId,
    ) {
        // Called only for blocks whose allocation was tracked: the others have no group.
        LIVE.fetch_sub(size as u64, Relaxed);
    }
}

fn main() -> ExitCode {
    run_program(|job| {
        AllocationRegistry::set_global_tracker(Tracker)?;
        AllocationRegistry::enable_tracking();
        job.run();
        AllocationRegistry::disable_tracking();
        Ok(CountedFigures {
            blocks: Some(BLOCKS.load(Relaxed)),
            bytes: Some(BYTES.load(Relaxed)),
            peak: Some(PEAK.load(Relaxed)),
            live: Some(LIVE.load(Relaxed)),
        })
    })
}
