//! The live bytes of all threads together, as far as the threads reported them, and the highest sum in each period.
//!
//! A period is the region, or one of its phases. Each has a cell of its own, so that a thread that has not seen a
//! new period begin reports to the old one.

use std::sync::atomic::Ordering::Relaxed;

use crate::instruments::gate::{COUNTING, State};
use crate::instruments::sync::{AtomicI64, AtomicU32};

/// The number of cells. A thread would have to sleep through as many periods inside one call of the allocator to report
/// to a wrong one.
pub(crate) const CELLS: usize = 64;

#[derive(Debug)]
pub(crate) struct Periods {
    cells: [PeriodCell; CELLS],
    latest: AtomicU32,
}

/// Bytes beyond what lived when the period began.
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

    /// Begins the next period, to which nothing was reported. Only one thread at a time may call this.
    pub(crate) fn next(&self) -> State {
        let next = self.latest.load(Relaxed).wrapping_add(1).max(COUNTING);
        let cell = self.cell(next);
        cell.live.store(0, Relaxed);
        cell.highest.store(0, Relaxed);
        self.latest.store(next, Relaxed);
        next
    }

    /// Adds what a thread has more, or less, than it reported. The locked addition puts all reports into one order, and
    /// each thread compares the sum that it made with the highest: so `highest` is the highest of all sums there were.
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
