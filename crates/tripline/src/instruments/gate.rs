//! The gate: it says what the allocator does with a call, and lets dhat and the ledger be read at one moment.
//!
//! The two must be read with no allocation half-way between them, or they disagree although both are
//! right. So an allocation passes the gate: it raises `in_flight`, checks again that the gate is open, calls
//! dhat, counts, and lowers `in_flight`. A reading closes the gate, waits until nothing is in flight, reads
//! both, and opens the gate again. A call that meets a closed gate waits: its block belongs to the region, and the next
//! reading must see it. The reader itself must not allocate through the gate (`thread::untracked`).
//!
//! Each side writes, passes a fence, and reads what the other writes: a call writes `in_flight` and reads the state, a
//! reading writes the state and reads `in_flight`. Without the two fences both could miss the other's write (store
//! buffering), and both would go ahead. The reader's last load of `in_flight` makes it see what the calls counted.
//!
//! The counters (`count`) need none of this: they are one instrument, and each of their figures may be read at any time,
//! for the reasons given there.

use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};

use crate::instruments::sync::{AtomicU32, AtomicUsize, fence, yield_now};

/// The state of the gate, which every call into the allocator loads first.
pub(crate) type State = u32;

/// Nothing was allocated yet in this process.
pub(crate) const FRESH: State = 0;
/// The first allocation is deciding where this process takes its memory from.
const DECIDING: State = 1;
/// No region is measured: every call goes straight to the inner allocator.
pub(crate) const IDLE: State = 2;
/// No region is measured: every call goes to the system's allocator, because dhat measures in this process.
pub(crate) const IDLE_ON_SYSTEM: State = 3;
/// dhat measures a region.
const OPEN: State = 4;
/// A reading of it is being taken.
const CLOSED: State = 5;
/// The region has ended and its blocks are still watched: `alloc` bypasses both instruments,
/// `dealloc` goes through dhat.
const AFTER: State = 6;
/// The counters measure in this process, and no region runs: blocks are noted that are not the region's.
pub(crate) const OUTSIDE: State = 7;
/// The first of the states in which the counters measure a region. Such a state is the period's number.
pub(crate) const COUNTING: State = 1 << 8;

/// The path of a call that dhat may have to see.
pub(crate) enum Route<'a> {
    Idle,
    /// The call goes through both instruments; no reading is taken while the pass lives.
    Record(Pass<'a>),
    After,
}

/// One allocation in flight.
pub(crate) struct Pass<'a>(&'a AtomicUsize);

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Release);
    }
}

#[derive(Debug)]
pub(crate) struct Gate {
    state: AtomicU32,
    in_flight: AtomicUsize,
}

impl Gate {
    pub(crate) const fn of(state: AtomicU32, in_flight: AtomicUsize) -> Self {
        Self { state, in_flight }
    }

    /// Returns the state, on the fast path.
    ///
    /// Relaxed is enough. A thread that sees a region begin late made its call before the region, as far as anybody
    /// can tell. The thread that begins the region sees its own store, and so does every thread that it wakes or starts.
    #[inline(always)]
    pub(crate) fn state(&self) -> State {
        self.state.load(Relaxed)
    }

    /// Has the process's first caller decide the state while no region runs, and returns `true` to that caller. Others
    /// wait meanwhile: a block must go back to the allocator that it came from.
    pub(crate) fn decide(&self, decision: impl FnOnce() -> State) -> bool {
        if self.state.compare_exchange(FRESH, DECIDING, AcqRel, Acquire).is_err() {
            while self.state.load(Acquire) == DECIDING {
                yield_now();
            }
            return false;
        }
        self.state.store(decision(), Release);
        true
    }

    /// Returns `true` if the allocator was ever called in this process, and so is installed.
    pub(crate) fn was_used(&self) -> bool {
        self.state.load(Relaxed) != FRESH
    }

    pub(crate) fn enter(&self) -> Route<'_> {
        loop {
            match self.state.load(Acquire) {
                OPEN => {
                    self.in_flight.fetch_add(1, Relaxed);
                    let pass = Pass(&self.in_flight);
                    fence(SeqCst);
                    if self.state.load(Acquire) == OPEN {
                        return Route::Record(pass);
                    }
                }
                CLOSED => yield_now(),
                AFTER => return Route::After,
                _ => return Route::Idle,
            }
        }
    }

    /// Begins a region that dhat measures, and returns the state before it.
    pub(crate) fn open(&self) -> State {
        self.state.swap(OPEN, AcqRel)
    }

    /// Takes a reading with nothing in flight, and goes on recording.
    pub(crate) fn read<T>(&self, reading: impl FnOnce() -> T) -> T {
        let result = self.read_closed(reading);
        self.state.store(OPEN, Release);
        result
    }

    /// Takes the region's last reading; from here on its blocks are only watched.
    pub(crate) fn read_last<T>(&self, reading: impl FnOnce() -> T) -> T {
        let result = self.read_closed(reading);
        self.state.store(AFTER, Release);
        result
    }

    fn read_closed<T>(&self, reading: impl FnOnce() -> T) -> T {
        self.state.store(CLOSED, Relaxed);
        fence(SeqCst);
        while self.in_flight.load(Acquire) != 0 {
            yield_now();
        }
        reading()
    }

    /// Sets the state, and returns the state before it.
    pub(crate) fn set(&self, state: State) -> State {
        self.state.swap(state, AcqRel)
    }
}

/// Returns `true` if nothing was allocated yet, or the first allocation is not done.
pub(crate) fn is_undecided(state: State) -> bool {
    matches!(state, FRESH | DECIDING)
}

/// Returns `true` if dhat watches blocks.
pub(crate) fn is_dhats(state: State) -> bool {
    matches!(state, OPEN | CLOSED | AFTER)
}
