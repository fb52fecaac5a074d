//! The global allocator: an inner one, and the instruments beside it while a region runs.
//!
//! The gate says where a call goes: to the inner allocator alone, through dhat and the ledger (`profiled`), or through
//! the counters (`count`).

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use static_assertions::assert_impl_all;

use crate::instruments::count;
use crate::instruments::gate::{self, Gate, State};
use crate::instruments::instrument::Instrument;
use crate::instruments::profiled;
use crate::instruments::sync::{AtomicU32, AtomicUsize};
use crate::instruments::thread;

pub(crate) static GATE: Gate = Gate::of(AtomicU32::new(gate::FRESH), AtomicUsize::new(0));

/// The allocator that this process takes its memory from.
static MEMORY: AtomicU8 = AtomicU8::new(UNDECIDED);
const UNDECIDED: u8 = 0;
/// The inner allocator, which is the system's.
const SYSTEM: u8 = 1;
/// The inner allocator, which is another.
const FOREIGN: u8 = 2;
/// The system's, though the inner allocator is another: dhat measures here.
const SYSTEM_INSTEAD: u8 = 3;

/// Returns `true` if this process takes its memory from another allocator than the system's.
pub(crate) fn is_foreign() -> bool {
    MEMORY.load(Relaxed) == FOREIGN
}

/// Returns the name of what this process takes its memory from, or would if dhat did not measure in it.
pub(crate) fn memory_name() -> &'static str {
    if is_foreign() { "not the system's" } else { "system" }
}

/// Returns `true` if this process is a meter that measures with dhat, and so takes its memory from the system.
fn is_measured_by_dhat() -> bool {
    matches!(Instrument::of_this_process(), Some(Instrument::Dhat(_)))
}

/// The global allocator that measures. [`suite!`](crate::suite) installs it, so most crates never name it.
///
/// A crate that installs the allocator itself writes
///
/// ```
/// #[global_allocator]
/// static ALLOC: tripline::Alloc = tripline::Alloc::new();
/// # fn main() {}
/// ```
///
/// and `tripline::suite!(allocator = none)`. To measure on top of another allocator, see [`around`](Self::around).
///
/// Outside a measured region a call costs one relaxed load more than the inner allocator's, which is the system's
/// unless another is given; `alloc_zeroed` and `realloc` keep their advantages. Inside a region every call passes
/// through dhat or through the calling thread's counters, as the budget's `engine` says.
#[derive(Debug)]
pub struct Alloc<A = System> {
    inner: A,
    is_foreign: bool,
}

impl Alloc {
    /// Returns the allocator around the system's, for a `#[global_allocator]` static.
    #[must_use]
    pub const fn new() -> Self {
        Self { inner: System, is_foreign: false }
    }
}

impl<A> Alloc<A> {
    /// Returns the allocator around another than the system's.
    ///
    /// dhat works on the system's allocator alone. So a process that dhat measures takes all its memory from the
    /// system, and every other takes it from `inner`. The figures are the same: they count what the program asks for.
    #[must_use]
    pub const fn around(inner: A) -> Self {
        Self { inner, is_foreign: true }
    }
}

impl Default for Alloc {
    fn default() -> Self {
        Self::new()
    }
}

// A global allocator is shared by all threads.
assert_impl_all!(Alloc: Send, Sync);

// SAFETY: every block goes back to the allocator that it came from, with the layout that the caller gave. Which one
// that is, the process decides before its first block and never again (`Gate::decide`): the inner one, or, where
// dhat measures, the system's, which dhat itself passes each call on to. The one call that is not passed on as it
// came, `profiled::move_block`, says for itself why its result is a valid `realloc`. Counting touches no block.
// Nothing here unwinds.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Alloc<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let state = GATE.state();
        if state == gate::IDLE {
            // SAFETY: the caller's obligations are the inner allocator's.
            return unsafe { self.inner.alloc(layout) };
        }
        if let Some(slot) = count::slot(state) {
            // SAFETY: likewise.
            let block = unsafe { self.inner.alloc(layout) };
            if !block.is_null() {
                count::allocated(slot, layout.size());
            }
            return block;
        }
        // SAFETY: likewise.
        unsafe { self.rare_alloc(state, layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let state = GATE.state();
        if state == gate::IDLE {
            // SAFETY: the caller's obligations are the inner allocator's.
            return unsafe { self.inner.alloc_zeroed(layout) };
        }
        if let Some(slot) = count::slot(state) {
            // SAFETY: likewise.
            let block = unsafe { self.inner.alloc_zeroed(layout) };
            if !block.is_null() {
                count::allocated(slot, layout.size());
            }
            return block;
        }
        // SAFETY: likewise.
        unsafe { self.rare_alloc_zeroed(state, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let state = GATE.state();
        if state == gate::IDLE {
            // SAFETY: the caller's obligations are the inner allocator's.
            return unsafe { self.inner.realloc(block, layout, new_size) };
        }
        if let Some(slot) = count::slot(state) {
            // SAFETY: likewise.
            let moved = unsafe { self.inner.realloc(block, layout, new_size) };
            if !moved.is_null() {
                count::reallocated(slot, layout.size(), new_size);
            }
            return moved;
        }
        // SAFETY: likewise.
        unsafe { self.rare_realloc(state, block, layout, new_size) }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let state = GATE.state();
        if state == gate::IDLE {
            // SAFETY: the caller's obligations are the inner allocator's.
            return unsafe { self.inner.dealloc(block, layout) };
        }
        if let Some(slot) = count::slot(state) {
            count::freed(slot, layout.size());
            // SAFETY: likewise.
            return unsafe { self.inner.dealloc(block, layout) };
        }
        // SAFETY: likewise.
        unsafe { self.rare_dealloc(state, block, layout) }
    }
}

/// The part of tripline that handles a call, where it is none of the short paths.
enum Handler {
    /// None: the process's allocator alone.
    Allocator,
    Dhat,
    Counters(State),
}

impl<A: GlobalAlloc> Alloc<A> {
    #[cold]
    #[inline(never)]
    unsafe fn rare_alloc(&self, state: State, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's obligations are those of whoever is called, and the process's allocator.
        unsafe {
            match self.handler(state) {
                Handler::Allocator => self.inner().alloc(layout),
                Handler::Dhat => profiled::alloc(layout),
                Handler::Counters(state) => count::alloc(&self.inner, state, layout),
            }
        }
    }

    #[cold]
    #[inline(never)]
    unsafe fn rare_alloc_zeroed(&self, state: State, layout: Layout) -> *mut u8 {
        // SAFETY: as in `rare_alloc`.
        unsafe {
            match self.handler(state) {
                Handler::Allocator => self.inner().alloc_zeroed(layout),
                Handler::Dhat => profiled::alloc_zeroed(layout),
                Handler::Counters(state) => count::alloc_zeroed(&self.inner, state, layout),
            }
        }
    }

    #[cold]
    #[inline(never)]
    unsafe fn rare_realloc(
        &self,
        state: State,
        block: *mut u8,
        layout: Layout,
        new_size: usize,
    ) -> *mut u8 {
        // SAFETY: as in `rare_alloc`.
        unsafe {
            match self.handler(state) {
                Handler::Allocator => self.inner().realloc(block, layout, new_size),
                Handler::Dhat => profiled::realloc(block, layout, new_size),
                Handler::Counters(state) => {
                    count::realloc(&self.inner, state, block, layout, new_size)
                }
            }
        }
    }

    #[cold]
    #[inline(never)]
    unsafe fn rare_dealloc(&self, state: State, block: *mut u8, layout: Layout) {
        // SAFETY: as in `rare_alloc`.
        unsafe {
            match self.handler(state) {
                Handler::Allocator => self.inner().dealloc(block, layout),
                Handler::Dhat => profiled::dealloc(block, layout),
                Handler::Counters(state) => count::dealloc(&self.inner, state, block, layout),
            }
        }
    }

    fn handler(&self, state: State) -> Handler {
        if state >= gate::OUTSIDE {
            return Handler::Counters(state);
        }
        if gate::is_dhats(state) {
            return Handler::Dhat;
        }
        if gate::is_undecided(state) && !thread::is_bookkeeping() && GATE.decide(|| self.decide()) {
            thread::note_first();
        }
        Handler::Allocator
    }

    /// Returns the allocator that the process has decided for. Until then only the deciding thread asks.
    fn inner(&self) -> &dyn GlobalAlloc {
        match MEMORY.load(Relaxed) {
            SYSTEM | FOREIGN => &self.inner,
            _ => &System,
        }
    }

    /// Decides where this process takes its memory from, and returns the gate's state from then on. Reading the
    /// meter's order allocates from the system, and frees all of it again.
    fn decide(&self) -> State {
        let is_dhats = self.is_foreign && thread::as_bookkeeping(is_measured_by_dhat);
        let (memory, state) = match (self.is_foreign, is_dhats) {
            (false, _) => (SYSTEM, gate::IDLE),
            (true, false) => (FOREIGN, gate::IDLE),
            (true, true) => (SYSTEM_INSTEAD, gate::IDLE_ON_SYSTEM),
        };
        MEMORY.store(memory, Relaxed);
        state
    }
}
