//! The second way to measure: counters alone, on any allocator, at next to no cost.
//!
//! `slot` is what one thread counts, `slots` what all of them say together, `strangers` what is not the region's.
//! Totals are exact, and what lives and leaks wherever the region frees nothing from before itself. A peak is exact
//! if one thread allocated; if several did, it is too high by a stated number of bytes at most.
//!
//! Deliberately absent: call sites. Whoever needs them has dhat measure.

mod counting;
mod outside_blocks;
mod periods;
mod shared;
mod slot;
mod slots;
mod slow_path;

use crate::instruments::gate::State;
use crate::instruments::sync::{AtomicI64, AtomicU32, AtomicU64, AtomicUsize};
use crate::instruments::thread;

pub use counting::{Counting, Watching};
pub(crate) use slot::Slot;
pub(crate) use slots::Peak;
pub(crate) use slow_path::{alloc, alloc_zeroed, dealloc, realloc};

/// Threads that count without a lock.
const SLOTS: usize = 256;

pub(crate) static COUNTERS: slots::Slots<SLOTS> = slots::Slots::of(
    [const { no_slot() }; SLOTS],
    AtomicUsize::new(0),
    shared::Shared::of([const { AtomicU64::new(0) }; 4]),
    periods::Periods::of([const { no_cell() }; periods::CELLS], AtomicU32::new(0)),
);

/// The slot of a thread that has none: it is in no period, so that nothing is counted in it.
pub(crate) static NO_SLOT: Slot = no_slot();

const fn no_slot() -> Slot {
    let unsigned = [const { AtomicU64::new(0) }; 5];
    Slot::of(AtomicU32::new(State::MAX), unsigned, [const { AtomicI64::new(0) }; 6])
}

const fn no_cell() -> periods::PeriodCell {
    periods::PeriodCell::of(AtomicI64::new(0), AtomicI64::new(0))
}

/// The calling thread's slot, if it is in the period that the gate is in.
#[inline(always)]
pub(crate) fn slot(state: State) -> Option<&'static Slot> {
    let slot = thread::slot();
    slot.counts(state).then_some(slot)
}

/// A block of this size was allocated by the thread whose slot it is.
#[inline(always)]
pub(crate) fn allocated(slot: &Slot, size: usize) {
    slot.allocated(&COUNTERS.periods, size);
}

#[inline(always)]
pub(crate) fn reallocated(slot: &Slot, old: usize, new: usize) {
    slot.reallocated(&COUNTERS.periods, old, new);
}

#[inline(always)]
pub(crate) fn freed(slot: &Slot, size: usize) {
    slot.freed(&COUNTERS.periods, size);
}
