//! The counts of threads without a slot of their own, made with locked additions.
//!
//! Every byte is reported to the period at once, so that nothing is added to the bound of the peak.

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use crate::instruments::count::periods::Periods;
use crate::instruments::count::slot::{BlockCount, Tally};
use crate::instruments::gate::State;
use crate::instruments::sync::AtomicU64;

#[derive(Debug)]
pub(crate) struct Shared {
    total_blocks: AtomicU64,
    total_bytes: AtomicU64,
    freed_blocks: AtomicU64,
    freed_bytes: AtomicU64,
}

impl Shared {
    pub(crate) const fn of(counters: [AtomicU64; 4]) -> Self {
        let [total_blocks, total_bytes, freed_blocks, freed_bytes] = counters;
        Self { total_blocks, total_bytes, freed_blocks, freed_bytes }
    }

    pub(crate) fn allocated(&self, periods: &Periods, period: State, size: usize) {
        self.total_blocks.fetch_add(1, Relaxed);
        self.total_bytes.fetch_add(size as u64, Relaxed);
        periods.add(period, signed(size));
    }

    pub(crate) fn reallocated(&self, periods: &Periods, period: State, old: usize, new: usize) {
        self.total_blocks.fetch_add(1, Relaxed);
        self.total_bytes.fetch_add(new as u64, Relaxed);
        self.freed_outside(old);
        periods.add(period, signed(new) - signed(old));
    }

    pub(crate) fn freed(&self, periods: &Periods, period: State, size: usize) {
        self.freed_outside(size);
        periods.add(period, -signed(size));
    }

    /// Counts a free while no period is under way.
    pub(crate) fn freed_outside(&self, size: usize) {
        self.freed_blocks.fetch_add(1, Release);
        self.freed_bytes.fetch_add(size as u64, Release);
    }

    pub(crate) fn freed_so_far(&self) -> BlockCount {
        BlockCount {
            blocks: self.freed_blocks.load(Acquire),
            bytes: self.freed_bytes.load(Acquire),
        }
    }

    pub(crate) fn tally(&self, freed: BlockCount) -> Tally {
        let total = BlockCount {
            blocks: self.total_blocks.load(Relaxed),
            bytes: self.total_bytes.load(Relaxed),
        };
        Tally::of(total, freed)
    }
}

/// A layout's size never exceeds `isize::MAX`.
fn signed(size: usize) -> i64 {
    size as i64
}
