//! All slots of the process: who has which, and what they say together.
//!
//! A thread keeps its slot when it ends, because a thread-local that must be told of that would allocate. Threads
//! beyond the slots share one more, with locked additions: slower, and as exact.

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

/// What every slot said at one moment.
#[derive(Debug)]
pub(crate) struct Tallies<const N: usize> {
    slots: [Tally; N],
    shared: Tally,
}

/// The highest that the live heap was in a period, beyond where it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Peak {
    /// One thread allocated, and knows.
    Exact { blocks: i64, bytes: i64 },
    /// Several did. It was at most `bytes`, and less by `too_high_by` at most.
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

    /// A slot for the calling thread, as long as there are any.
    pub(crate) fn take(&self) -> Option<&Slot> {
        if self.taken.load(Relaxed) >= N {
            return None;
        }
        self.slots.get(self.taken.fetch_add(1, Relaxed))
    }

    /// Everything that was freed before anything that was allocated; see `slot`.
    pub(crate) fn read(&self) -> Tallies<N> {
        let freed: [_; N] = std::array::from_fn(|at| self.slots[at].freed_so_far());
        let freed_shared = self.shared.freed_so_far();
        Tallies {
            slots: std::array::from_fn(|at| self.slots[at].tally(freed[at])),
            shared: self.shared.tally(freed_shared),
        }
    }

    /// The number of a new period, which begins with what `now` says.
    pub(crate) fn next_period(&self, now: &Tallies<N>) -> State {
        for (slot, tally) in self.slots.iter().zip(now.slots) {
            slot.start(tally);
        }
        self.periods.next()
    }

    /// How high it got between two readings, the first of which began `period`.
    pub(crate) fn peak(&self, period: State, start: &Tallies<N>, now: &Tallies<N>) -> Peak {
        let heights = || {
            let slots = self.slots.iter().zip(start.slots).zip(now.slots);
            slots.filter(|((_, start), now)| start != now).map(|((slot, start), now)| {
                let high = slot.height(period, now);
                (high.blocks - start.live_blocks, high.bytes - start.live_bytes)
            })
        };
        let shares = start.shared != now.shared;
        if !shares && heights().count() <= 1 {
            let (blocks, bytes) = heights().next().unwrap_or((0, 0));
            return Peak::Exact { blocks, bytes };
        }
        let known = self.periods.highest(period);
        let apart = BOUND.saturating_mul(heights().count() as i64);
        let each = heights().map(|(_, bytes)| bytes.max(0)).fold(0, i64::saturating_add);
        let most = if shares { known + apart } else { each.min(known + apart) };
        let least = (known - apart).max(now.live_bytes() - start.live_bytes()).max(0);
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
