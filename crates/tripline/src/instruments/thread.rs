//! The state of the thread that calls the allocator.
//!
//! Thread-local state inside an allocator must be const-initialised and need no destructor: otherwise
//! the first access allocates, and access during thread exit fails.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::instruments::count::{NO_SLOT, Slot};

thread_local! {
    /// True while the thread does bookkeeping of the instruments, which is not the program's.
    static UNTRACKED: Cell<bool> = const { Cell::new(false) };
    /// True while the thread does so inside a call into the allocator.
    static BOOKKEEPING: Cell<bool> = const { Cell::new(false) };
    /// The slot that the thread counts in. `NO_SLOT` while the thread does bookkeeping: then no call takes the short path.
    static SLOT: Cell<&'static Slot> = const { Cell::new(&NO_SLOT) };
}

/// The first thread that allocated in this process: libtest's main thread, under libtest.
static FIRST: AtomicUsize = AtomicUsize::new(0);
/// The thread that the measured region leaves out, or 0.
static EXCLUDED: AtomicUsize = AtomicUsize::new(0);

/// Runs bookkeeping whose allocations no instrument sees.
///
/// A block that is allocated in here must be freed in here, or after the region.
pub(crate) fn untracked<T>(bookkeeping: impl FnOnce() -> T) -> T {
    let _guard = Untracked::new();
    bookkeeping()
}

struct Untracked {
    before: bool,
    slot: &'static Slot,
}

impl Untracked {
    fn new() -> Self {
        Self { before: UNTRACKED.replace(true), slot: SLOT.replace(&NO_SLOT) }
    }
}

impl Drop for Untracked {
    fn drop(&mut self) {
        UNTRACKED.set(self.before);
        SLOT.set(self.slot);
    }
}

/// Runs bookkeeping inside a call into the allocator: its allocations go to the process's allocator and nowhere else.
pub(crate) fn as_bookkeeping<T>(bookkeeping: impl FnOnce() -> T) -> T {
    let before = BOOKKEEPING.replace(true);
    let result = untracked(bookkeeping);
    BOOKKEEPING.set(before);
    result
}

pub(crate) fn is_bookkeeping() -> bool {
    BOOKKEEPING.get()
}

#[inline(always)]
pub(crate) fn slot() -> &'static Slot {
    SLOT.get()
}

/// Returns the slot that the thread was given, if it was given one.
pub(crate) fn own_slot() -> Option<&'static Slot> {
    let slot = SLOT.get();
    (!std::ptr::eq(slot, &raw const NO_SLOT)).then_some(slot)
}

pub(crate) fn give(slot: &'static Slot) {
    SLOT.set(slot);
}

pub(crate) fn is_untracked() -> bool {
    UNTRACKED.get()
}

/// Returns a number for the calling thread that no other living thread has, and that is never 0.
fn this_thread() -> usize {
    UNTRACKED.with(|flag| std::ptr::from_ref(flag).addr())
}

/// Records the calling thread as the process's first.
pub(crate) fn note_first() {
    FIRST.store(this_thread(), Relaxed);
}

/// Leaves the process's first thread out of the region, unless the workload runs on it.
///
/// libtest's main thread allocates at any time while the test runs: of 200 runs of one workload 80 counted two blocks
/// too many with it, none without.
pub(crate) fn exclude_first() {
    let first = FIRST.load(Relaxed);
    let excluded = if first == this_thread() { 0 } else { first };
    EXCLUDED.store(excluded, Relaxed);
}

pub(crate) fn is_excluded() -> bool {
    EXCLUDED.load(Relaxed) == this_thread()
}
