//! What all threads together have live, as far as they told, and how high that got in each period.
//!
//! A period is the region, or one of its phases. Each has a cell of its own, so that a thread that has not seen a
//! new one begin tells the old one.

use std::sync::atomic::Ordering::Relaxed;

use crate::instruments::gate::{COUNTING, State};
use crate::instruments::sync::{AtomicI64, AtomicU32};

/// A thread would have to sleep through as many inside one call of the allocator to tell a wrong one.
pub(crate) const CELLS: usize = 64;

#[derive(Debug)]
pub(crate) struct Periods {
    cells: [PeriodCell; CELLS],
    latest: AtomicU32,
}

/// Bytes, beyond what lived when the period began.
#[derive(Debug)]
pub(crate) struct PeriodCell {
    live: AtomicI64,
    highest: AtomicI64,
}

impl PeriodCell {
    pub(crate) const fn of(live: AtomicI64, highest: AtomicI64) -> Self {
        Self { live, highest }
    }
}

impl Periods {
    pub(crate) const fn of(cells: [PeriodCell; CELLS], latest: AtomicU32) -> Self {
        Self { cells, latest }
    }

    /// The next period, with nothing told. Only one thread at a time may ask for it.
    pub(crate) fn next(&self) -> State {
        let next = self.latest.load(Relaxed).wrapping_add(1).max(COUNTING);
        let cell = self.cell(next);
        cell.live.store(0, Relaxed);
        cell.highest.store(0, Relaxed);
        self.latest.store(next, Relaxed);
        next
    }

    /// Adds what a thread has more, or less, than it told. The locked addition orders all of them, and each sum is
    /// looked at by who made it: the highest is of all sums that there ever were.
    pub(crate) fn add(&self, period: State, bytes: i64) {
        let cell = self.cell(period);
        let sum = cell.live.fetch_add(bytes, Relaxed) + bytes;
        cell.highest.fetch_max(sum, Relaxed);
    }

    pub(crate) fn highest(&self, period: State) -> i64 {
        self.cell(period).highest.load(Relaxed)
    }

    fn cell(&self, period: State) -> &PeriodCell {
        &self.cells[period as usize % CELLS]
    }
}
