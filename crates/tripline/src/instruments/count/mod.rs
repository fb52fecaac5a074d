//! The second way to measure: counters alone, on any allocator, at next to no cost.
//!
//! A thread counts in its own `slot`; `slots` adds all of them up, and `shared` counts for threads without a slot.
//! `periods` knows the sum of all threads, so that the peak is known within a bound, which `slots` proves.
//! `outside_blocks` notes the blocks that are not the region's, `slow_path` is every call that is not a thread's with its
//! slot, and `counting` is a measured region.
//!
//! Totals are exact. So is what lives and what leaks, where the region frees nothing from before itself. A peak is exact
//! if one thread allocated; if several did, it may be too high by a stated number of bytes.
//!
//! Deliberately absent: call sites, which dhat names.

mod counting;
mod outside_blocks;
mod periods;
mod shared;
mod slot;
mod slots;
mod slow_path;

use static_assertions::{const_assert, const_assert_eq};

use crate::instruments::gate::{self, State};
use crate::instruments::sync::{AtomicI64, AtomicU32, AtomicU64, AtomicUsize};
use crate::instruments::thread;

pub use counting::{Counting, OutsideBlockWatch};
pub(crate) use slot::Slot;
pub(crate) use slots::Peak;
pub(crate) use slow_path::{alloc, alloc_zeroed, dealloc, realloc};

/// The number of threads that count without a locked instruction.
const SLOTS: usize = 256;

pub(crate) static COUNTERS: slots::Slots<SLOTS> = slots::Slots::of(
    [const { no_slot() }; SLOTS],
    AtomicUsize::new(0),
    shared::Shared::of([const { AtomicU64::new(0) }; 4]),
    periods::Periods::of([const { no_cell() }; periods::CELLS], AtomicU32::new(0)),
);

/// The slot of a thread that was given none: it is in no period, so that nothing is counted in it.
pub(crate) static NO_SLOT: Slot = no_slot();

// Each slot has two cache lines to itself, and no state of the gate is a period that a fresh slot is in.
const_assert_eq!(size_of::<Slot>(), 128);
const_assert_eq!(align_of::<Slot>(), 128);
const_assert!(gate::OUTSIDE < gate::COUNTING && gate::COUNTING < State::MAX);

const fn no_slot() -> Slot {
    let unsigned = [const { AtomicU64::new(0) }; 5];
    Slot::of(AtomicU32::new(State::MAX), unsigned, [const { AtomicI64::new(0) }; 6])
}

const fn no_cell() -> periods::PeriodCell {
    periods::PeriodCell::of(AtomicI64::new(0), AtomicI64::new(0))
}

/// Returns the calling thread's slot, if it is in the period that the gate is in.
#[inline(always)]
pub(crate) fn slot(state: State) -> Option<&'static Slot> {
    let slot = thread::slot();
    slot.counts(state).then_some(slot)
}

/// Counts a block that the slot's thread allocated.
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
