//! The system's allocator, and how many bytes of it are in use.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

static LIVE: AtomicUsize = AtomicUsize::new(0);

/// Bytes that were asked for and not given back.
pub(crate) fn live() -> usize {
    LIVE.load(Ordering::Relaxed)
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
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(block, layout) }
    }
}

/// A block that could not be had changes nothing.
fn counted(block: *mut u8, more: usize, less: usize) -> *mut u8 {
    if !block.is_null() {
        LIVE.fetch_add(more, Ordering::Relaxed);
        LIVE.fetch_sub(less, Ordering::Relaxed);
    }
    block
}
