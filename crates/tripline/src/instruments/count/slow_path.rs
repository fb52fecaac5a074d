//! Calls into the allocator that are not a thread with its slot inside a region: its first, those of threads
//! without one, and all that is not the region's.

use std::alloc::{GlobalAlloc, Layout};

use crate::instruments::count::outside_blocks::STRANGERS;
use crate::instruments::count::{self, COUNTERS, Slot};
use crate::instruments::gate::{COUNTING, State};
use crate::instruments::thread;

/// Who counts a call.
enum Who {
    /// Nobody: the instrument's own bookkeeping.
    Nobody,
    /// Nobody, and the block is to be known as not the region's.
    Stranger,
    Thread(&'static Slot),
    Shared,
}

fn who(state: State) -> Who {
    if thread::is_instrument() {
        return Who::Nobody;
    }
    if state < COUNTING || thread::is_untracked() || thread::is_excluded() {
        return Who::Stranger;
    }
    match thread::own_slot().or_else(|| COUNTERS.take()) {
        Some(slot) => {
            thread::give(slot);
            slot.begin(&COUNTERS.periods, state);
            Who::Thread(slot)
        }
        None => Who::Shared,
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
    match who(state) {
        Who::Nobody => {}
        Who::Stranger => STRANGERS.insert(block),
        Who::Thread(slot) => count::allocated(slot, layout.size()),
        Who::Shared => COUNTERS.shared.allocated(&COUNTERS.periods, state, layout.size()),
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
    match who(state) {
        Who::Nobody => {}
        Who::Stranger => freed_outside(block, layout),
        Who::Thread(slot) => count::freed(slot, layout.size()),
        Who::Shared => COUNTERS.shared.freed(&COUNTERS.periods, state, layout.size()),
    }
    // SAFETY: the caller's obligations are the inner allocator's.
    unsafe { inner.dealloc(block, layout) };
}

/// Counts a free against the region if the block was its own.
fn freed_outside(block: *mut u8, layout: Layout) {
    if !STRANGERS.remove(block) {
        COUNTERS.shared.freed_outside(layout.size());
    }
}

/// # Safety
/// As [`GlobalAlloc::realloc`].
pub(crate) unsafe fn realloc(
    inner: &dyn GlobalAlloc,
    state: State,
    (block, layout): (*mut u8, Layout),
    new_size: usize,
) -> *mut u8 {
    let who = who(state);
    let was_stranger = matches!(who, Who::Stranger) && STRANGERS.remove(block);
    // SAFETY: the caller's obligations are the inner allocator's.
    let moved = unsafe { inner.realloc(block, layout, new_size) };
    match who {
        Who::Nobody => {}
        Who::Stranger if moved.is_null() => {
            if was_stranger {
                STRANGERS.insert(block);
            }
        }
        Who::Stranger => {
            STRANGERS.insert(moved);
            if !was_stranger {
                COUNTERS.shared.freed_outside(layout.size());
            }
        }
        _ if moved.is_null() => {}
        Who::Thread(slot) => count::reallocated(slot, layout.size(), new_size),
        Who::Shared => {
            COUNTERS.shared.reallocated(&COUNTERS.periods, state, layout.size(), new_size);
        }
    }
    moved
}
