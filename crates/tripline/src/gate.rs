//! The gate between the program's allocations and the two instruments.
//!
//! dhat and tripline's own counters must be read at one moment, with no allocation half-way between
//! them, or they disagree although both are right. So an allocation passes the gate: it raises
//! `IN_FLIGHT`, checks again that the gate is open, calls dhat and counts, and lowers `IN_FLIGHT`.
//! A reading closes the gate, waits until nothing is in flight, reads both, and reopens.
//!
//! Whoever meets a closed gate waits: what it allocates belongs to the region and must be seen by the
//! next reading. The reader itself must not allocate through the gate (`thread::untracked`).
//!
//! All accesses are `SeqCst`. With less, the store of `CLOSED` and the load of `IN_FLIGHT` on one side
//! could each miss their counterpart on the other (store buffering), and both sides would go ahead.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering::SeqCst};

/// Nothing was allocated yet in this process.
const FRESH: u8 = 0;
/// No region is measured: every call goes straight to the system allocator.
const IDLE: u8 = 1;
/// A region is measured.
const OPEN: u8 = 2;
/// A reading is being taken.
const CLOSED: u8 = 3;
/// The region has ended and its blocks are still watched: `alloc` bypasses both instruments,
/// `dealloc` goes through dhat.
const AFTER: u8 = 4;

static STATE: AtomicU8 = AtomicU8::new(FRESH);
static IN_FLIGHT: AtomicUsize = AtomicUsize::new(0);

/// Where a call into the allocator goes.
pub(crate) enum Route {
    Idle,
    /// Through both instruments; while the pass lives no reading is taken.
    Record(Pass),
    After,
}

/// One allocation in flight.
pub(crate) struct Pass(());

impl Drop for Pass {
    fn drop(&mut self) {
        IN_FLIGHT.fetch_sub(1, SeqCst);
    }
}

/// The fast path's question: may the call go straight to the system allocator?
///
/// Relaxed is enough. A thread that is late to see `OPEN` made its call before the region began as far
/// as anything tells; the thread that opens the gate sees its own store.
#[inline(always)]
pub(crate) fn is_idle() -> bool {
    STATE.load(std::sync::atomic::Ordering::Relaxed) == IDLE
}

/// Leaves `FRESH`; true for the one caller that did.
pub(crate) fn first_allocation() -> bool {
    STATE.load(SeqCst) == FRESH && STATE.compare_exchange(FRESH, IDLE, SeqCst, SeqCst).is_ok()
}

/// Whether the allocator was ever called in this process, and so is installed.
pub(crate) fn was_used() -> bool {
    STATE.load(SeqCst) != FRESH
}

pub(crate) fn enter() -> Route {
    loop {
        match STATE.load(SeqCst) {
            OPEN => {
                IN_FLIGHT.fetch_add(1, SeqCst);
                let pass = Pass(());
                if STATE.load(SeqCst) == OPEN {
                    return Route::Record(pass);
                }
            }
            CLOSED => std::thread::yield_now(),
            AFTER => return Route::After,
            _ => return Route::Idle,
        }
    }
}

/// Begins a region.
pub(crate) fn open() {
    STATE.store(OPEN, SeqCst);
}

/// Takes a reading with nothing in flight, and goes on recording.
pub(crate) fn read<T>(reading: impl FnOnce() -> T) -> T {
    let result = read_closed(reading);
    STATE.store(OPEN, SeqCst);
    result
}

/// Takes the region's last reading; from here on its blocks are only watched.
pub(crate) fn read_last<T>(reading: impl FnOnce() -> T) -> T {
    let result = read_closed(reading);
    STATE.store(AFTER, SeqCst);
    result
}

fn read_closed<T>(reading: impl FnOnce() -> T) -> T {
    STATE.store(CLOSED, SeqCst);
    while IN_FLIGHT.load(SeqCst) != 0 {
        std::thread::yield_now();
    }
    reading()
}

/// Stops watching the region's blocks.
pub(crate) fn idle() {
    STATE.store(IDLE, SeqCst);
}
