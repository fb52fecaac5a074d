//! Every call into the allocator that is not made inside a region by a thread with its slot: a thread's first call, the
//! calls of threads without a slot, and all that is not the region's.

use std::alloc::{GlobalAlloc, Layout};

use crate::instruments::count::outside_blocks::OUTSIDE_BLOCKS;
use crate::instruments::count::{self, COUNTERS, Slot};
use crate::instruments::gate::{COUNTING, State};
use crate::instruments::thread;

/// The counter of a call.
enum CountedBy {
    /// No counter: the instrument's own bookkeeping.
    Nobody,
    /// No counter: the block is noted as not the region's.
    OutsideBlocks,
    Slot(&'static Slot),
    Shared,
}

fn counted_by(state: State) -> CountedBy {
    if thread::is_bookkeeping() {
        return CountedBy::Nobody;
    }
    if state < COUNTING || thread::is_untracked() || thread::is_excluded() {
        return CountedBy::OutsideBlocks;
    }
    match thread::own_slot().or_else(|| COUNTERS.take()) {
        Some(slot) => {
            thread::give(slot);
            slot.begin(&COUNTERS.periods, state);
            CountedBy::Slot(slot)
        }
        None => CountedBy::Shared,
    }
}

/// # Safety
/// As [`GlobalAlloc::alloc`].
pub(crate) unsafe fn alloc(inner: &dyn GlobalAlloc, state: State, layout: Layout) -> *mut u8 {
    // SAFETY: the caller's obligations are the inner allocator's.
    let block = unsafe { inner.alloc(layout) };
    allocated(state, block, layout);
    block
}

/// # Safety
/// As [`GlobalAlloc::alloc_zeroed`].
pub(crate) unsafe fn alloc_zeroed(
    inner: &dyn GlobalAlloc,
    state: State,
    layout: Layout,
) -> *mut u8 {
    // SAFETY: the caller's obligations are the inner allocator's.
    let block = unsafe { inner.alloc_zeroed(layout) };
    allocated(state, block, layout);
    block
}

fn allocated(state: State, block: *mut u8, layout: Layout) {
    if block.is_null() {
        return;
    }
    match counted_by(state) {
        CountedBy::Nobody => {}
        CountedBy::OutsideBlocks => OUTSIDE_BLOCKS.insert(block),
        CountedBy::Slot(slot) => count::allocated(slot, layout.size()),
        CountedBy::Shared => COUNTERS.shared.allocated(&COUNTERS.periods, state, layout.size()),
    }
}

/// # Safety
/// As [`GlobalAlloc::dealloc`].
pub(crate) unsafe fn dealloc(
    inner: &dyn GlobalAlloc,
    state: State,
    block: *mut u8,
    layout: Layout,
) {
    match counted_by(state) {
        CountedBy::Nobody => {}
        CountedBy::OutsideBlocks => freed_outside(block, layout),
        CountedBy::Slot(slot) => count::freed(slot, layout.size()),
        CountedBy::Shared => COUNTERS.shared.freed(&COUNTERS.periods, state, layout.size()),
    }
    // SAFETY: the caller's obligations are the inner allocator's.
    unsafe { inner.dealloc(block, layout) };
}

/// Counts a free against the region if the block was the region's.
fn freed_outside(block: *mut u8, layout: Layout) {
    if !OUTSIDE_BLOCKS.remove(block) {
        COUNTERS.shared.freed_outside(layout.size());
    }
}

/// # Safety
/// As [`GlobalAlloc::realloc`].
pub(crate) unsafe fn realloc(
    inner: &dyn GlobalAlloc,
    state: State,
    block: *mut u8,
    layout: Layout,
    new_size: usize,
) -> *mut u8 {
    let counted_by = counted_by(state);
    let was_outside =
        matches!(counted_by, CountedBy::OutsideBlocks) && OUTSIDE_BLOCKS.remove(block);
    // SAFETY: the caller's obligations are the inner allocator's.
    let moved = unsafe { inner.realloc(block, layout, new_size) };
    match counted_by {
        CountedBy::Nobody => {}
        CountedBy::OutsideBlocks if moved.is_null() => {
            if was_outside {
                OUTSIDE_BLOCKS.insert(block);
            }
        }
        CountedBy::OutsideBlocks => {
            OUTSIDE_BLOCKS.insert(moved);
            if !was_outside {
                COUNTERS.shared.freed_outside(layout.size());
            }
        }
        _ if moved.is_null() => {}
        CountedBy::Slot(slot) => count::reallocated(slot, layout.size(), new_size),
        CountedBy::Shared => {
            COUNTERS.shared.reallocated(&COUNTERS.periods, state, layout.size(), new_size);
        }
    }
    moved
}
