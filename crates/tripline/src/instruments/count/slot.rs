//! What one thread has counted.
//!
//! A slot is written by its own thread alone, so that counting is a load, an addition and a store: no locked
//! instruction, and no cache line that another thread writes. Whoever reads may be any thread at any time.
//!
//! Why relaxed stores do. Totals only grow. What happened before a reading, by whatever the program itself
//! synchronises with (a join, a channel, a lock), is seen by it; what happens at the same time may be seen or
//! not, and is the region's or not as one likes. One thing must hold even then: a block's free is never seen
//! without its allocation, which may have been another thread's, or less than nothing would live. So a free is
//! stored with release, and a reading takes what was freed, with acquire, before what was allocated.

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use crate::instruments::count::periods::Periods;
use crate::instruments::gate::State;
use crate::instruments::sync::{AtomicI64, AtomicU32, AtomicU64, fence};

/// By how much a thread's live bytes may differ from what all threads know of it.
pub(crate) const BOUND: i64 = 16 << 10;

/// Two cache lines, because a processor fetches them in pairs.
#[derive(Debug)]
#[repr(align(128))]
pub(crate) struct Slot {
    /// The period that what follows is of; no state of the gate until the thread has begun one.
    period: AtomicU32,
    total_blocks: AtomicU64,
    total_bytes: AtomicU64,
    freed_blocks: AtomicU64,
    freed_bytes: AtomicU64,
    /// Live bytes from which on something is to be done: a new height, or one that the others must know.
    rise_at: AtomicI64,
    /// Freed bytes from which on so little may live that the others must know.
    fall_at: AtomicU64,
    /// This thread's live blocks and bytes when the bytes were highest; the latest of equals, as dhat has it.
    high_blocks: AtomicI64,
    high_bytes: AtomicI64,
    /// What all threads know of this one's live bytes.
    told: AtomicI64,
    /// What was live when the period began. Written by who began it.
    start_blocks: AtomicI64,
    start_bytes: AtomicI64,
}

/// A slot at one moment. A thread that frees what others allocated has less than nothing live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) total_blocks: u64,
    pub(crate) total_bytes: u64,
    pub(crate) live_blocks: i64,
    pub(crate) live_bytes: i64,
}

/// How a period went in one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SlotPeak {
    pub(crate) blocks: i64,
    pub(crate) bytes: i64,
}

impl Tally {
    pub(crate) fn of(
        (total_blocks, total_bytes): (u64, u64),
        (freed_blocks, freed_bytes): (u64, u64),
    ) -> Self {
        Self {
            total_blocks,
            total_bytes,
            live_blocks: difference(total_blocks, freed_blocks),
            live_bytes: difference(total_bytes, freed_bytes),
        }
    }
}

impl Slot {
    pub(crate) const fn of(
        period: AtomicU32,
        [total_blocks, total_bytes, freed_blocks, freed_bytes, fall_at]: [AtomicU64; 5],
        [rise_at, high_blocks, high_bytes, told, start_blocks, start_bytes]: [AtomicI64; 6],
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
            told,
            start_blocks,
            start_bytes,
        }
    }

    /// Whether the thread has begun the period that the gate is in, and so may count at once.
    #[inline(always)]
    pub(crate) fn counts(&self, period: State) -> bool {
        self.period.load(Relaxed) == period
    }

    /// Begins a period where the one who began it for all saw this slot. The fence makes what that one wrote before
    /// it published the period visible to this thread, which has read it.
    ///
    /// Only the slot's own thread may call this and the three below.
    pub(crate) fn begin(&self, periods: &Periods, period: State) {
        fence(Acquire);
        self.period.store(period, Release);
        let start = self.start_bytes.load(Relaxed);
        self.high_blocks.store(self.start_blocks.load(Relaxed), Relaxed);
        self.high_bytes.store(start, Relaxed);
        self.told.store(start, Relaxed);
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
            // A loop that allocates the same each time is as high each time, and the others know.
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

    /// One step: between its free and its allocation nothing was lower.
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

    /// Notes a height, and tells of it if the others know too little.
    #[inline(never)]
    fn rise(&self, periods: &Periods, live: i64) {
        if live >= self.high_bytes.load(Relaxed) {
            self.high_bytes.store(live, Relaxed);
            self.high_blocks.store(self.own_blocks(), Relaxed);
        }
        if live - self.told.load(Relaxed) >= BOUND {
            self.tell(periods, live);
            self.fall(periods);
        }
        let next = self.high_bytes.load(Relaxed).min(self.told.load(Relaxed) + BOUND);
        self.rise_at.store(next, Relaxed);
    }

    /// Tells of what lives if the others believe too much, or nearly. How much is freed until the next look is at
    /// least half the bound, so that looks are rare.
    #[cold]
    fn fall(&self, periods: &Periods) {
        let live = self.own_bytes();
        if live - self.told.load(Relaxed) < -BOUND / 2 {
            self.tell(periods, live);
            let next = self.high_bytes.load(Relaxed).min(live + BOUND);
            self.rise_at.store(next, Relaxed);
        }
        let room = live - self.told.load(Relaxed) + BOUND;
        let next = self.freed_bytes.load(Relaxed).wrapping_add(room.unsigned_abs());
        self.fall_at.store(next, Relaxed);
    }

    fn tell(&self, periods: &Periods, live: i64) {
        let told = self.told.load(Relaxed);
        self.told.store(live, Relaxed);
        periods.add(self.period.load(Relaxed), live - told);
    }

    fn own_bytes(&self) -> i64 {
        difference(self.total_bytes.load(Relaxed), self.freed_bytes.load(Relaxed))
    }

    #[inline(always)]
    fn own_blocks(&self) -> i64 {
        difference(self.total_blocks.load(Relaxed), self.freed_blocks.load(Relaxed))
    }

    /// What was freed, to be read of every slot before [`Slot::tally`] of any.
    pub(crate) fn freed_so_far(&self) -> (u64, u64) {
        (self.freed_blocks.load(Acquire), self.freed_bytes.load(Acquire))
    }

    pub(crate) fn tally(&self, freed: (u64, u64)) -> Tally {
        Tally::of((self.total_blocks.load(Relaxed), self.total_bytes.load(Relaxed)), freed)
    }

    /// By who begins a period, before it does.
    pub(crate) fn start(&self, at: Tally) {
        self.start_blocks.store(at.live_blocks, Relaxed);
        self.start_bytes.store(at.live_bytes, Relaxed);
    }

    /// How high it got in `period`; a thread that has not seen it begin had in it what it has `now`.
    pub(crate) fn height(&self, period: State, now: Tally) -> SlotPeak {
        if self.period.load(Acquire) != period {
            return SlotPeak { blocks: now.live_blocks, bytes: now.live_bytes };
        }
        let (blocks, bytes) = (self.high_blocks.load(Relaxed), self.high_bytes.load(Relaxed));
        SlotPeak { blocks, bytes }
    }
}

/// Of two counters that may both have wrapped.
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
