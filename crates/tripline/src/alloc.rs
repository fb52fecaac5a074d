//! The global allocator: the system's, with dhat and the ledger beside it while a region is measured.
//!
//! Deliberately absent: any other inner allocator. dhat calls the system allocator and nothing else.

use std::alloc::{GlobalAlloc, Layout, System};

use crate::gate::{self, Route};
use crate::recording::LEDGER;
use crate::thread;

static DHAT: dhat::Alloc = dhat::Alloc;

/// The allocator that measures. [`suite!`](crate::suite) installs it.
///
/// Outside a measured region it is the system allocator behind one relaxed load; `alloc_zeroed`
/// keeps its advantage there. Inside a region every call passes through dhat.
///
/// A crate that has its own reason to name the global allocator writes
///
/// ```
/// #[global_allocator]
/// static ALLOC: tripline::Alloc = tripline::Alloc::new();
/// # fn main() {}
/// ```
///
/// and `tripline::suite!(allocator = none)`.
#[derive(Debug)]
pub struct Alloc(());

impl Alloc {
    /// The allocator, for a `#[global_allocator]` static.
    #[must_use]
    pub const fn new() -> Self {
        Self(())
    }
}

impl Default for Alloc {
    fn default() -> Self {
        Self::new()
    }
}

// SAFETY: every block comes from `System` and goes back to `System`, with the layout that the caller
// gave: `dhat::Alloc` passes each call on to `System` unchanged, so it does not matter which of the two
// allocated a block and which frees it. The one call that is not passed on as it came, `move_block`,
// says for itself why its result is a valid `realloc`. Nothing here unwinds.
unsafe impl GlobalAlloc for Alloc {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if gate::is_idle() {
            // SAFETY: the caller's obligations are `System`'s.
            return unsafe { System.alloc(layout) };
        }
        // SAFETY: likewise.
        unsafe { alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if gate::is_idle() {
            // SAFETY: the caller's obligations are `System`'s.
            return unsafe { System.alloc_zeroed(layout) };
        }
        // SAFETY: likewise.
        unsafe { alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        if gate::is_idle() {
            // SAFETY: the caller's obligations are `System`'s.
            return unsafe { System.realloc(block, layout, new_size) };
        }
        // SAFETY: likewise.
        unsafe { realloc(block, layout, new_size) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if gate::is_idle() {
            // SAFETY: the caller's obligations are `System`'s.
            return unsafe { System.dealloc(block, layout) };
        }
        // SAFETY: likewise.
        unsafe { dealloc(block, layout) }
    }
}

/// # Safety
/// As [`GlobalAlloc::alloc`].
#[cold]
unsafe fn alloc(layout: Layout) -> *mut u8 {
    if gate::first_allocation() {
        thread::note_first();
    }
    if thread::is_untracked() || thread::is_excluded() {
        // SAFETY: the caller's obligations are `System`'s.
        return unsafe { System.alloc(layout) };
    }
    let Route::Record(_pass) = gate::enter() else {
        // SAFETY: likewise.
        return unsafe { System.alloc(layout) };
    };
    // SAFETY: likewise.
    let block = thread::untracked(|| unsafe { DHAT.alloc(layout) });
    if !block.is_null() {
        LEDGER.allocated(layout.size());
    }
    block
}

/// # Safety
/// As [`GlobalAlloc::alloc_zeroed`].
#[cold]
unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
    // SAFETY: the caller's obligations are `alloc`'s.
    let block = unsafe { alloc(layout) };
    if !block.is_null() {
        // SAFETY: `alloc` returned `layout.size()` writable bytes.
        unsafe { block.write_bytes(0, layout.size()) };
    }
    block
}

/// # Safety
/// As [`GlobalAlloc::realloc`].
#[cold]
unsafe fn realloc(block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
    if thread::is_untracked() {
        // SAFETY: the caller's obligations are `System`'s.
        return unsafe { System.realloc(block, layout, new_size) };
    }
    if thread::is_excluded() {
        // SAFETY: the caller's obligations are `move_block`'s.
        return unsafe { move_block(block, layout, new_size) };
    }
    match gate::enter() {
        // SAFETY: the caller's obligations are `System`'s.
        Route::Idle => unsafe { System.realloc(block, layout, new_size) },
        // SAFETY: the caller's obligations are `move_block`'s.
        Route::After => unsafe { move_block(block, layout, new_size) },
        Route::Record(_pass) => {
            // SAFETY: the caller's obligations are dhat's, which are `System`'s.
            let moved = thread::untracked(|| unsafe { DHAT.realloc(block, layout, new_size) });
            if !moved.is_null() {
                LEDGER.reallocated(layout.size(), new_size);
            }
            moved
        }
    }
}

/// Reallocates outside the instruments: a new block that neither sees, a copy, and a free that dhat
/// must see, because the old block may be one that it recorded.
///
/// # Safety
/// As [`GlobalAlloc::realloc`].
unsafe fn move_block(block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
    // SAFETY: the caller of `realloc` promises that `new_size`, rounded up to the alignment, is
    // no overflow and that the alignment is valid, because it is the old layout's.
    let moved =
        unsafe { System.alloc(Layout::from_size_align_unchecked(new_size, layout.align())) };
    if moved.is_null() {
        return moved;
    }
    // SAFETY: both blocks are at least this long, and a fresh block overlaps no other. The old one is
    // freed with the layout it was allocated with, and not used again.
    unsafe {
        block.copy_to_nonoverlapping(moved, layout.size().min(new_size));
        thread::untracked(|| DHAT.dealloc(block, layout));
    }
    moved
}

/// # Safety
/// As [`GlobalAlloc::dealloc`].
#[cold]
unsafe fn dealloc(block: *mut u8, layout: Layout) {
    if thread::is_untracked() {
        // SAFETY: the caller's obligations are `System`'s.
        return unsafe { System.dealloc(block, layout) };
    }
    // The excluded thread's own blocks were never counted, so its frees are not either. dhat must see
    // them all the same: a recorded block that is freed behind its back makes it panic inside the
    // allocator when the address is used again.
    if thread::is_excluded() {
        // SAFETY: the caller's obligations are dhat's, which are `System`'s.
        return thread::untracked(|| unsafe { DHAT.dealloc(block, layout) });
    }
    match gate::enter() {
        // SAFETY: the caller's obligations are `System`'s.
        Route::Idle => unsafe { System.dealloc(block, layout) },
        // SAFETY: the caller's obligations are dhat's, which are `System`'s.
        Route::After => thread::untracked(|| unsafe { DHAT.dealloc(block, layout) }),
        Route::Record(_pass) => {
            // SAFETY: likewise.
            thread::untracked(|| unsafe { DHAT.dealloc(block, layout) });
            LEDGER.freed(layout.size());
        }
    }
}
