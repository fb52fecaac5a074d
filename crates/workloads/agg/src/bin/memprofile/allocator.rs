//! The system's allocator, with a count of each thread's live bytes.
//!
//! By thread, because the thread that waits for interrupts frees its own memory whenever it gets to run.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    // Constant and without a destructor: the allocator runs before and after everything else.
    static LIVE: Cell<i64> = const { Cell::new(0) };
}

/// Returns the bytes that this thread asked for, less the bytes that it gave back.
pub(crate) fn live() -> i64 {
    LIVE.get()
}

/// Counts the bytes that it passes on.
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

/// Counts a block. A block that could not be had changes nothing.
fn counted(block: *mut u8, more: usize, less: usize) -> *mut u8 {
    if !block.is_null() {
        LIVE.set(LIVE.get() + more as i64 - less as i64);
    }
    block
}
