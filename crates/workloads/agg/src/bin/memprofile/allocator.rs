//! The system's allocator, and how many bytes of it a thread has in use.
//!
//! By thread, because the one that waits for interrupts frees what it was started with whenever it gets to run.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    // Constant and without a destructor: the allocator is asked before and after everything else.
    static LIVE: Cell<i64> = const { Cell::new(0) };
}

/// Bytes that this thread asked for, less what it gave back.
pub(crate) fn live() -> i64 {
    LIVE.get()
}

/// Counts what it passes on.
pub(crate) struct Counting;

// SAFETY: every method passes its arguments on to the system's allocator, which fulfils the contract.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are passed on.
        counted(unsafe { System.alloc(layout) }, layout.size(), 0)
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are passed on.
        counted(unsafe { System.alloc_zeroed(layout) }, layout.size(), 0)
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promises are passed on.
        counted(unsafe { System.realloc(block, layout, size) }, size, layout.size())
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        LIVE.set(LIVE.get() - layout.size() as i64);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(block, layout) }
    }
}

/// A block that could not be had changes nothing.
fn counted(block: *mut u8, more: usize, less: usize) -> *mut u8 {
    if !block.is_null() {
        LIVE.set(LIVE.get() + more as i64 - less as i64);
    }
    block
}
