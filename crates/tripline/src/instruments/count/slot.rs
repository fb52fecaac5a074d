//! A slot: the counts of one thread.
//!
//! Only its own thread writes a slot, so that counting is a load, an addition and a store: no locked
//! instruction, and no cache line that another thread writes. Any thread may read it at any time.
//!
//! # Orderings
//!
//! Relaxed stores are enough. Totals only grow. A reading sees all that happened before it, by whatever the program
//! synchronises with (a join, a channel, a lock). Events at the same time as a reading may be counted or not: both are
//! right. One thing must hold even then: a free is never seen without its allocation, which another
//! thread may have made, or less than nothing would live. So a free is stored with release, and a reading loads what was
//! freed, with acquire, before it loads what was allocated.
//!
//! # Reports
//!
//! A thread keeps small changes to itself and reports larger ones to its period, which adds up all threads. After each
//! call the thread's live bytes differ from what it reported by at most [`BOUND`]. The peak of several threads is proved
//! from that (`slots`). Two thresholds keep it true: a call that brings live bytes up to `rise_at`, or freed bytes up to
//! `fall_at`, looks again, and reports where it must. No call in between can be further off: live bytes are below `rise_at`,
//! which is at most the reported ones and the bound; and since the last look less was freed than would take them to the
//! bound below the reported ones.

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use crate::instruments::count::periods::Periods;
use crate::instruments::gate::State;
use crate::instruments::sync::{AtomicI64, AtomicU32, AtomicU64, fence};

/// The most by which a thread's live bytes may differ from what it reported, in bytes.
pub(crate) const BOUND: i64 = 16 << 10;

/// Fills two cache lines, because a processor fetches them in pairs.
#[derive(Debug)]
#[repr(align(128))]
pub(crate) struct Slot {
    /// The period that the thread is in; no state of the gate until it has begun one.
    period: AtomicU32,
    total_blocks: AtomicU64,
    total_bytes: AtomicU64,
    freed_blocks: AtomicU64,
    freed_bytes: AtomicU64,
    /// Live bytes from which on `rise` is called: for a new peak of the slot, or one to be reported.
    rise_at: AtomicI64,
    /// Freed bytes from which on `fall` is called: so little may live that it is to be reported.
    fall_at: AtomicU64,
    /// This thread's live blocks and bytes when the bytes were highest; the latest of equals, as dhat has it.
    high_blocks: AtomicI64,
    high_bytes: AtomicI64,
    /// The live bytes that the thread reported last.
    reported: AtomicI64,
    /// Live blocks and bytes when the period began. Written by the thread that began it for all.
    start_blocks: AtomicI64,
    start_bytes: AtomicI64,
}

/// The counts of a slot at one moment. They are below zero for a thread that frees what others allocated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) total_blocks: u64,
    pub(crate) total_bytes: u64,
    pub(crate) live_blocks: i64,
    pub(crate) live_bytes: i64,
}

/// The highest live bytes of one slot in a period, and its blocks then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SlotPeak {
    pub(crate) blocks: i64,
    pub(crate) bytes: i64,
}

/// Blocks and their bytes, counted from the process's start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockCount {
    pub(crate) blocks: u64,
    pub(crate) bytes: u64,
}

impl Tally {
    pub(crate) fn of(total: BlockCount, freed: BlockCount) -> Self {
        Self {
            total_blocks: total.blocks,
            total_bytes: total.bytes,
            live_blocks: difference(total.blocks, freed.blocks),
            live_bytes: difference(total.bytes, freed.bytes),
        }
    }
}

impl Slot {
    pub(crate) const fn of(
        period: AtomicU32,
        [total_blocks, total_bytes, freed_blocks, freed_bytes, fall_at]: [AtomicU64; 5],
        [rise_at, high_blocks, high_bytes, reported, start_blocks, start_bytes]: [AtomicI64; 6],
    ) -> Self {
        Self {
            period,
            total_blocks,
            total_bytes,
            freed_blocks,
            freed_bytes,
            rise_at,
            fall_at,
            high_blocks,
            high_bytes,
            reported,
            start_blocks,
            start_bytes,
        }
    }

    /// Returns `true` if the thread has begun the period that the gate is in, and so may count at once.
    #[inline(always)]
    pub(crate) fn counts(&self, period: State) -> bool {
        self.period.load(Relaxed) == period
    }

    /// Begins a period. Its base is the counts that the starting thread read from this slot. This thread has read the
    /// period from the gate, so the fence makes visible all that was written before the period was published.
    ///
    /// Only the slot's own thread may call `begin`, `allocated`, `freed` and `reallocated`.
    pub(crate) fn begin(&self, periods: &Periods, period: State) {
        fence(Acquire);
        self.period.store(period, Release);
        let start = self.start_bytes.load(Relaxed);
        self.high_blocks.store(self.start_blocks.load(Relaxed), Relaxed);
        self.high_bytes.store(start, Relaxed);
        self.reported.store(start, Relaxed);
        self.rise(periods, self.own_bytes());
        self.fall(periods);
    }

    #[inline(always)]
    pub(crate) fn allocated(&self, periods: &Periods, size: usize) {
        let total = self.total_bytes.load(Relaxed).wrapping_add(size as u64);
        self.total_bytes.store(total, Relaxed);
        add(&self.total_blocks, 1);
        let live = difference(total, self.freed_bytes.load(Relaxed));
        let rise_at = self.rise_at.load(Relaxed);
        if live >= rise_at {
            // A loop that allocates the same each time is as high each time, and has reported it.
            if live == rise_at && live == self.high_bytes.load(Relaxed) {
                self.high_blocks.store(self.own_blocks(), Relaxed);
            } else {
                self.rise(periods, live);
            }
        }
    }

    #[inline(always)]
    pub(crate) fn freed(&self, periods: &Periods, size: usize) {
        let freed = self.freed_bytes.load(Relaxed).wrapping_add(size as u64);
        self.freed_bytes.store(freed, Release);
        free(&self.freed_blocks, 1);
        if freed >= self.fall_at.load(Relaxed) {
            self.fall(periods);
        }
    }

    /// Counts a free and an allocation as one step: nothing was lower in between.
    #[inline(always)]
    pub(crate) fn reallocated(&self, periods: &Periods, old: usize, new: usize) {
        let freed = self.freed_bytes.load(Relaxed).wrapping_add(old as u64);
        self.freed_bytes.store(freed, Release);
        free(&self.freed_blocks, 1);
        self.allocated(periods, new);
        if freed >= self.fall_at.load(Relaxed) {
            self.fall(periods);
        }
    }

    /// Notes a new peak of the slot, and reports it if what was reported is too low.
    #[inline(never)]
    fn rise(&self, periods: &Periods, live: i64) {
        if live >= self.high_bytes.load(Relaxed) {
            self.high_bytes.store(live, Relaxed);
            self.high_blocks.store(self.own_blocks(), Relaxed);
        }
        if live - self.reported.load(Relaxed) >= BOUND {
            self.report(periods, live);
            self.fall(periods);
        }
        let next = self.high_bytes.load(Relaxed).min(self.reported.load(Relaxed) + BOUND);
        self.rise_at.store(next, Relaxed);
    }

    /// Reports what lives if what was reported is too high, or nearly. At least half the bound is freed until the next
    /// look, so that looks are rare.
    #[cold]
    fn fall(&self, periods: &Periods) {
        let live = self.own_bytes();
        if live - self.reported.load(Relaxed) < -BOUND / 2 {
            self.report(periods, live);
            let next = self.high_bytes.load(Relaxed).min(live + BOUND);
            self.rise_at.store(next, Relaxed);
        }
        let room = live - self.reported.load(Relaxed) + BOUND;
        let next = self.freed_bytes.load(Relaxed).wrapping_add(room.unsigned_abs());
        self.fall_at.store(next, Relaxed);
    }

    fn report(&self, periods: &Periods, live: i64) {
        let reported = self.reported.load(Relaxed);
        self.reported.store(live, Relaxed);
        periods.add(self.period.load(Relaxed), live - reported);
    }

    fn own_bytes(&self) -> i64 {
        difference(self.total_bytes.load(Relaxed), self.freed_bytes.load(Relaxed))
    }

    #[inline(always)]
    fn own_blocks(&self) -> i64 {
        difference(self.total_blocks.load(Relaxed), self.freed_blocks.load(Relaxed))
    }

    /// Returns what was freed. It is to be read of every slot before the [`tally`](Self::tally) of any.
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

    /// Sets the counts at which the next period begins; for the thread that begins it, before it does.
    pub(crate) fn start(&self, at: Tally) {
        self.start_blocks.store(at.live_blocks, Relaxed);
        self.start_bytes.store(at.live_bytes, Relaxed);
    }

    /// Returns the slot's peak in `period`. A thread that has not seen the period begin had in it what it has `now`.
    pub(crate) fn peak(&self, period: State, now: Tally) -> SlotPeak {
        if self.period.load(Acquire) != period {
            return SlotPeak { blocks: now.live_blocks, bytes: now.live_bytes };
        }
        let (blocks, bytes) = (self.high_blocks.load(Relaxed), self.high_bytes.load(Relaxed));
        SlotPeak { blocks, bytes }
    }
}

/// Subtracts counters that may both have wrapped.
#[inline(always)]
fn difference(total: u64, freed: u64) -> i64 {
    total.wrapping_sub(freed).cast_signed()
}

#[inline(always)]
fn add(counter: &AtomicU64, amount: u64) {
    counter.store(counter.load(Relaxed).wrapping_add(amount), Relaxed);
}

#[inline(always)]
fn free(counter: &AtomicU64, amount: u64) {
    counter.store(counter.load(Relaxed).wrapping_add(amount), Release);
}
