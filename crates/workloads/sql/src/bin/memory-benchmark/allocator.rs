//! The global allocator: the system's, until a heap pass turns dhat on.
//!
//! dhat's own allocator takes a lock for every call even when no profiler runs, which costs
//! the engine about 5 % of its time. Behind this switch a pass without a profiler pays
//! one load and one branch a call.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, Ordering};

static DHAT: AtomicBool = AtomicBool::new(false);

/// Sends every call from now on to dhat. There is no way back: dhat panics when it sees the
/// address again of a block that it has recorded and that was freed past it.
pub(crate) fn switch_to_dhat() {
    DHAT.store(true, Ordering::Relaxed);
}

/// The system's allocator, or dhat's, which is also on top of the system's: a block from
/// before the switch can be freed after it, and dhat ignores blocks that it does not know.
pub(crate) struct Switch;

// SAFETY: every method passes its arguments on to an allocator that fulfils the contract, and
// both allocators hand out the system's blocks, so either may free or resize the other's.
unsafe impl GlobalAlloc for Switch {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if DHAT.load(Ordering::Relaxed) {
            // SAFETY: the caller's promises are passed on.
            unsafe { dhat::Alloc.alloc(layout) }
        } else {
            // SAFETY: the caller's promises are passed on.
            unsafe { System.alloc(layout) }
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if DHAT.load(Ordering::Relaxed) {
            // SAFETY: the caller's promises are passed on.
            unsafe { dhat::Alloc.alloc_zeroed(layout) }
        } else {
            // SAFETY: the caller's promises are passed on.
            unsafe { System.alloc_zeroed(layout) }
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if DHAT.load(Ordering::Relaxed) {
            // SAFETY: the caller's promises are passed on.
            unsafe { dhat::Alloc.realloc(block, layout, size) }
        } else {
            // SAFETY: the caller's promises are passed on.
            unsafe { System.realloc(block, layout, size) }
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if DHAT.load(Ordering::Relaxed) {
            // SAFETY: the caller's promises are passed on.
            unsafe { dhat::Alloc.dealloc(block, layout) }
        } else {
            // SAFETY: the caller's promises are passed on.
            unsafe { System.dealloc(block, layout) }
        }
    }
}
