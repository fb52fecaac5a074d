//! Calls into the allocator while dhat watches a region's blocks.
//!
//! dhat takes its memory from the system and nowhere else, so in its processes everything does: either may free a block
//! that the other allocated.
//!
//! All are inlined: dhat keeps ten frames of a call, and each frame of tripline's would be one less of the program's.

use std::alloc::{GlobalAlloc, Layout, System};

use crate::instruments::alloc::GATE;
use crate::instruments::dhat_region::LEDGER;
use crate::instruments::gate::Route;
use crate::instruments::thread;

static DHAT: dhat::Alloc = dhat::Alloc;

/// # Safety
/// As [`GlobalAlloc::alloc`].
#[inline(always)]
pub(crate) unsafe fn alloc(layout: Layout) -> *mut u8 {
    if thread::is_untracked() || thread::is_excluded() {
        // SAFETY: the caller's obligations are `System`'s.
        return unsafe { System.alloc(layout) };
    }
    let Route::Record(_pass) = GATE.enter() else {
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
#[inline(always)]
pub(crate) unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
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
#[inline(always)]
pub(crate) unsafe fn realloc(block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
    if thread::is_untracked() {
        // SAFETY: the caller's obligations are `System`'s.
        return unsafe { System.realloc(block, layout, new_size) };
    }
    if thread::is_excluded() {
        // SAFETY: the caller's obligations are `move_block`'s.
        return unsafe { move_block(block, layout, new_size) };
    }
    match GATE.enter() {
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
/// must see, because it may have recorded the old block.
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
#[inline(always)]
pub(crate) unsafe fn dealloc(block: *mut u8, layout: Layout) {
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
    match GATE.enter() {
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
