//! tripline's own counters, kept beside dhat's.
//!
//! They follow dhat's arithmetic, so that the two agree: a `realloc` is one more block of the full new
//! size in the totals and a difference in what is live; the peak is of bytes, the latest of equal ones.
//! They cannot know if a block that is freed was allocated before the region: dhat ignores
//! such a block, and the ledger subtracts it. The difference is [`Reading`](crate::instruments::dhat_region::Reading)'s
//! `freed_before`.

use std::sync::atomic::{
    AtomicBool, AtomicI64, AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};

/// The counters of one region. The lock makes each event one step, so that a peak's blocks and bytes
/// belong to one moment; it is held for a few instructions and never while allocating.
#[derive(Debug)]
pub(crate) struct Ledger {
    locked: AtomicBool,
    total_blocks: AtomicU64,
    total_bytes: AtomicU64,
    live_blocks: AtomicI64,
    live_bytes: AtomicI64,
    peak_blocks: AtomicI64,
    peak_bytes: AtomicI64,
}

/// The counters at one moment. Live and peak figures go below zero when the region frees more from
/// before itself than it allocates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerReading {
    pub total_blocks: u64,
    pub total_bytes: u64,
    pub live_blocks: i64,
    pub live_bytes: i64,
    /// Since the last phase began, or the region.
    pub peak_blocks: i64,
    pub peak_bytes: i64,
}

impl Ledger {
    pub(crate) const fn new() -> Self {
        Self {
            locked: AtomicBool::new(false),
            total_blocks: AtomicU64::new(0),
            total_bytes: AtomicU64::new(0),
            live_blocks: AtomicI64::new(0),
            live_bytes: AtomicI64::new(0),
            peak_blocks: AtomicI64::new(0),
            peak_bytes: AtomicI64::new(0),
        }
    }

    pub(crate) fn allocated(&self, size: usize) {
        self.locked(|| self.grow(size, 1, signed(size)));
    }

    pub(crate) fn reallocated(&self, old: usize, new: usize) {
        self.locked(|| self.grow(new, 0, signed(new) - signed(old)));
    }

    pub(crate) fn freed(&self, size: usize) {
        self.locked(|| {
            add_signed(&self.live_blocks, -1);
            add_signed(&self.live_bytes, -signed(size));
        });
    }

    pub(crate) fn read(&self) -> LedgerReading {
        self.locked(|| LedgerReading {
            total_blocks: self.total_blocks.load(Relaxed),
            total_bytes: self.total_bytes.load(Relaxed),
            live_blocks: self.live_blocks.load(Relaxed),
            live_bytes: self.live_bytes.load(Relaxed),
            peak_blocks: self.peak_blocks.load(Relaxed),
            peak_bytes: self.peak_bytes.load(Relaxed),
        })
    }

    /// Begins a phase: the peak so far is what is live now.
    pub(crate) fn restart_peak(&self) {
        self.locked(|| self.set_peak());
    }

    pub(crate) fn clear(&self) {
        self.locked(|| {
            self.total_blocks.store(0, Relaxed);
            self.total_bytes.store(0, Relaxed);
            self.live_blocks.store(0, Relaxed);
            self.live_bytes.store(0, Relaxed);
            self.set_peak();
        });
    }

    fn grow(&self, size: usize, blocks: i64, bytes: i64) {
        add(&self.total_blocks, 1);
        add(&self.total_bytes, size as u64);
        add_signed(&self.live_blocks, blocks);
        add_signed(&self.live_bytes, bytes);
        // `>=`, not `>`: dhat keeps the latest of equal peaks.
        if self.live_bytes.load(Relaxed) >= self.peak_bytes.load(Relaxed) {
            self.set_peak();
        }
    }

    fn set_peak(&self) {
        self.peak_blocks.store(self.live_blocks.load(Relaxed), Relaxed);
        self.peak_bytes.store(self.live_bytes.load(Relaxed), Relaxed);
    }

    fn locked<T>(&self, step: impl FnOnce() -> T) -> T {
        while self.locked.compare_exchange_weak(false, true, Acquire, Relaxed).is_err() {
            std::thread::yield_now();
        }
        let result = step();
        self.locked.store(false, Release);
        result
    }
}

/// A layout's size never exceeds `isize::MAX`.
fn signed(size: usize) -> i64 {
    size as i64
}

fn add(counter: &AtomicU64, amount: u64) {
    counter.store(counter.load(Relaxed).wrapping_add(amount), Relaxed);
}

fn add_signed(counter: &AtomicI64, amount: i64) {
    counter.store(counter.load(Relaxed).wrapping_add(amount), Relaxed);
}

#[cfg(test)]
mod tests {
    use super::Ledger;

    #[test]
    fn a_realloc_is_a_new_block_in_the_totals_and_a_difference_in_what_is_live() {
        let ledger = Ledger::new();
        ledger.allocated(10);
        ledger.reallocated(10, 25);
        let now = ledger.read();
        assert_eq!((now.total_blocks, now.total_bytes), (2, 35));
        assert_eq!((now.live_blocks, now.live_bytes), (1, 25));
        assert_eq!((now.peak_blocks, now.peak_bytes), (1, 25));
    }

    #[test]
    fn the_peak_is_of_bytes_and_the_latest_of_equals() {
        let ledger = Ledger::new();
        ledger.allocated(8);
        ledger.freed(8);
        ledger.allocated(4);
        ledger.allocated(4);
        let now = ledger.read();
        assert_eq!((now.peak_blocks, now.peak_bytes), (2, 8));
    }

    #[test]
    fn a_phase_begins_with_what_is_live() {
        let ledger = Ledger::new();
        ledger.allocated(100);
        ledger.freed(90);
        ledger.restart_peak();
        assert_eq!(ledger.read().peak_bytes, 10);
        ledger.allocated(5);
        assert_eq!(ledger.read().peak_bytes, 15);
    }

    #[test]
    fn frees_from_before_go_below_zero() {
        let ledger = Ledger::new();
        ledger.freed(7);
        let now = ledger.read();
        assert_eq!((now.live_blocks, now.live_bytes, now.peak_bytes), (-1, -7, 0));
    }
}
