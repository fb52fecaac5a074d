//! The gate: what the allocator is to do with a call, and how dhat and the ledger are read at one moment.
//!
//! The two must be read with no allocation half-way between them, or they disagree although both are
//! right. So an allocation passes the gate: it raises `in_flight`, checks again that the gate is open, calls
//! dhat and counts, and lowers `in_flight`. A reading closes the gate, waits until nothing is in flight, reads
//! both, and reopens. Whoever meets a closed gate waits: what it allocates belongs to the region and must be
//! seen by the next reading. The reader itself must not allocate through the gate (`thread::untracked`).
//!
//! Each side writes, passes a fence, and reads what the other writes: `in_flight` and then the state, the state and
//! then `in_flight`. Without the two fences both reads could miss the other's write (store buffering), and both sides
//! would go ahead. The reader's last look at `in_flight` is what makes it see what the calls counted.
//!
//! The counters (`count`) need none of it: there is one instrument, and each of its figures says for itself why
//! it may be read at any time.

use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};

use crate::instruments::sync::{AtomicU32, AtomicUsize, fence, yield_now};

/// What every call into the allocator asks for first.
pub(crate) type State = u32;

/// Nothing was allocated yet in this process.
pub(crate) const FRESH: State = 0;
/// The first allocation is finding out where this process takes its memory from.
const DECIDING: State = 1;
/// No region is measured: every call goes straight to the inner allocator.
pub(crate) const IDLE: State = 2;
/// Likewise, to the system's: this process is dhat's, which knows no other.
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
/// From here on, the counters measure a region; the state is the period.
pub(crate) const COUNTING: State = 1 << 8;

/// Where a call into the allocator goes.
pub(crate) enum Route<'a> {
    Idle,
    /// Through both instruments; while the pass lives no reading is taken.
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

    /// The fast path's question.
    ///
    /// Relaxed is enough. A thread that is late to see a region begin made its call before that as far as
    /// anything tells; the thread that begins it sees its own store, and whoever it wakes or starts sees it too.
    #[inline(always)]
    pub(crate) fn state(&self) -> State {
        self.state.load(Relaxed)
    }

    /// Has the process's first caller decide what the process is while no region runs. Whoever comes meanwhile
    /// waits: a block goes back to the allocator that it came from. True for the one caller that decided.
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

    /// Whether the allocator was ever called in this process, and so is installed.
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

    /// Begins a region of dhat's; the answer is the state before it.
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

    /// What the counters do from here on, or nobody; the answer is what was before.
    pub(crate) fn turn(&self, state: State) -> State {
        self.state.swap(state, AcqRel)
    }
}

/// Whether nothing was allocated yet, or the first allocation is not done.
pub(crate) fn is_undecided(state: State) -> bool {
    matches!(state, FRESH | DECIDING)
}

/// Whether dhat watches blocks.
pub(crate) fn is_dhats(state: State) -> bool {
    matches!(state, OPEN | CLOSED | AFTER)
}
