//! All slots of the process: they are given to threads, read together, and bound the peak.
//!
//! A thread keeps its slot when it ends, because a thread-local with a destructor would allocate. Threads
//! beyond the slots share one more (`shared`), with locked additions: slower, and as exact.
//!
//! # The peak of one thread
//!
//! If one slot changed in a period and `shared` did not, that thread's own peak is the peak, to the byte and with its
//! blocks. Like dhat's, it is the latest of equal ones.
//!
//! # The peak of several threads
//!
//! An exact peak takes an order of all calls, and so a cache line that all threads write at each call. Instead each thread
//! reports to its period only what it must (`slot`). Its report is off by at most `BOUND` (16 KiB). So the peak is
//! known within a bound, and the reported figure is the most that the peak can have been.
//!
//! *The order.* Calls that run at the same time have no order of their own; dhat, too, measures the order in which they
//! happen to take its lock. Take this one: a call that reports takes effect at its report, a locked addition; any other
//! call takes effect at its last store. Each lies within its call, and locked additions to one cell are in one order that
//! agrees with whatever the program synchronises with. So this is an order in which the calls can have happened.
//!
//! *The sums.* In that order, let `L` be the live bytes of all threads beyond where the period began, and `S` the sum of all
//! reports. `L` is the sum, over the threads, of live bytes less those at the beginning; `S` is the same sum of reported
//! bytes. Only the `k` slots that changed take part. Threads that share the last slot report each byte at once and add the
//! same to both. After each call a thread's two terms differ by at most `BOUND`. So always `|L − S| ≤ k × BOUND`.
//!
//! *The bounds.* `S` begins at 0 and changes only by reports, and the thread that made a sum compares it with the highest.
//! So `known`, the highest sum, is the maximum of `S`, and the peak, which is the maximum of `L`, lies within `k × BOUND` of
//! `known`. Three more facts make the bounds closer:
//!
//! - The peak is at least 0, where the period began, and at least what lives at the reading.
//! - `L` is a sum over slots, so its maximum is at most the sum of each slot's own maximum, where `shared` did not change.
//! - A slot's own maximum is at least 0, its term where the period began.
//!
//! Hence `least = max(known − k × BOUND, L at the reading, 0)` and `most = min(sum of the slots' peaks, known + k × BOUND)`.
//!
//! *Calls under way.* A reading may see a call's counts before its report. Let such calls take effect last, the frees
//! first. Then the peak is that of all other calls, which the bounds hold, or what lives at the reading. So `most` is at
//! least `least`.
//!
//! *A period that a thread has not seen.* Such a thread was inside one call when the period began. That call counts in this
//! period and is reported to the one before. Its slot has no peak of this period, and what the slot has now stands for it,
//! as if the call took effect at once.
//!
//! `bytes` is `most`, and `too_high_by` is `most − least`, at most `2 × k × BOUND`. A limit that holds by `most` holds; where
//! `most` is above the limit, dhat measures again and decides (`judge::engine`). A false breach would trip now and then,
//! a false pass would let a regression through; this does neither. `max_blocks` is not known: it is the blocks at a moment
//! that is not known.

use std::sync::atomic::Ordering::Relaxed;

use crate::instruments::count::periods::Periods;
use crate::instruments::count::shared::Shared;
use crate::instruments::count::slot::{BOUND, Slot, Tally};
use crate::instruments::gate::State;
use crate::instruments::sync::AtomicUsize;

#[derive(Debug)]
pub(crate) struct Slots<const N: usize> {
    slots: [Slot; N],
    taken: AtomicUsize,
    pub(crate) shared: Shared,
    pub(crate) periods: Periods,
}

/// The counts of every slot at one moment.
#[derive(Debug)]
pub(crate) struct Tallies<const N: usize> {
    slots: [Tally; N],
    shared: Tally,
}

/// The highest live heap of a period, beyond what lived when it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peak {
    /// One thread allocated.
    Exact { blocks: i64, bytes: i64 },
    /// Several threads did. The peak was at most `bytes`, and less by `too_high_by` at most.
    Within { bytes: i64, too_high_by: u64 },
}

impl<const N: usize> Slots<N> {
    pub(crate) const fn of(
        slots: [Slot; N],
        taken: AtomicUsize,
        shared: Shared,
        periods: Periods,
    ) -> Self {
        Self { slots, taken, shared, periods }
    }

    /// Returns a slot for the calling thread, as long as there are any.
    pub(crate) fn take(&self) -> Option<&Slot> {
        if self.taken.load(Relaxed) >= N {
            return None;
        }
        self.slots.get(self.taken.fetch_add(1, Relaxed))
    }

    /// Reads everything that was freed before anything that was allocated; see `slot`.
    pub(crate) fn read(&self) -> Tallies<N> {
        let freed: [_; N] = std::array::from_fn(|at| self.slots[at].freed_so_far());
        let freed_shared = self.shared.freed_so_far();
        Tallies {
            slots: std::array::from_fn(|at| self.slots[at].tally(freed[at])),
            shared: self.shared.tally(freed_shared),
        }
    }

    /// Begins a new period at the counts of `now`, and returns its number.
    pub(crate) fn next_period(&self, now: &Tallies<N>) -> State {
        for (slot, tally) in self.slots.iter().zip(now.slots) {
            slot.start(tally);
        }
        self.periods.next()
    }

    /// Returns the peak between two readings, the first of which began `period`. The bounds are proved above.
    pub(crate) fn peak(&self, period: State, start: &Tallies<N>, now: &Tallies<N>) -> Peak {
        let peaks = || {
            let slots = self.slots.iter().zip(start.slots).zip(now.slots);
            slots.filter(|((_, start), now)| start != now).map(|((slot, start), now)| {
                let high = slot.peak(period, now);
                (high.blocks - start.live_blocks, high.bytes - start.live_bytes)
            })
        };
        let shares = start.shared != now.shared;
        if !shares && peaks().count() <= 1 {
            let (blocks, bytes) = peaks().next().unwrap_or((0, 0));
            return Peak::Exact { blocks, bytes };
        }
        let known = self.periods.highest(period);
        let unreported = BOUND.saturating_mul(peaks().count() as i64);
        let sum_of_peaks = peaks().map(|(_, bytes)| bytes.max(0)).fold(0, i64::saturating_add);
        let most = if shares { known + unreported } else { sum_of_peaks.min(known + unreported) };
        let least = (known - unreported).max(now.live_bytes() - start.live_bytes()).max(0);
        let most = most.max(least);
        Peak::Within { bytes: most, too_high_by: most.abs_diff(least) }
    }
}

impl<const N: usize> Tallies<N> {
    pub(crate) fn sum(&self) -> Tally {
        self.slots.iter().fold(self.shared, |sum, slot| Tally {
            total_blocks: sum.total_blocks.wrapping_add(slot.total_blocks),
            total_bytes: sum.total_bytes.wrapping_add(slot.total_bytes),
            live_blocks: sum.live_blocks.wrapping_add(slot.live_blocks),
            live_bytes: sum.live_bytes.wrapping_add(slot.live_bytes),
        })
    }

    fn live_bytes(&self) -> i64 {
        self.sum().live_bytes
    }
}
