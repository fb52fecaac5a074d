//! Measures a region with dhat and the ledger: both start together, are read together, and stop in order.
//!
//! The order is fixed: build the profiler, open the gate … close it, read, and only when the region's
//! blocks need no more watching, stop and drop the profiler. dhat allows one profiler at a time; one after another
//! works.
//!
//! [`Counting`](crate::instruments::count::Counting) measures a region with the counters alone. Both return a [`Reading`].

use std::cell::Cell;
use std::path::Path;

use dhat::{HeapStats, Profiler};
use static_assertions::assert_impl_all;

use crate::instruments::alloc::{self, GATE};
use crate::instruments::gate::{self, State};
use crate::instruments::ledger::{Ledger, LedgerReading};
use crate::instruments::thread::{self, untracked};

pub(crate) static LEDGER: Ledger = Ledger::new();

/// The number of frames that a saved profile follows a call, without inlined functions. It is dhat's own default: in an
/// optimised SQL engine 40 name no site that 10 do not, and each frame costs time at every allocation.
const FRAMES: usize = 10;

/// A region that dhat and the ledger measure. Dropping it stops both.
#[derive(Debug)]
pub struct DhatRegion {
    /// Taken only by `drop`.
    profiler: Option<Profiler>,
    /// dhat answers no question after it has saved its profile.
    saved: Cell<bool>,
    /// The gate's state before, which comes back when this ends.
    before: State,
}

/// The figures of a region at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The figures of dhat, or of the counters where they measure alone.
    pub heap: HeapFigures,
    /// The figures of tripline's own instrument.
    pub ledger: LedgerReading,
    /// The precision of the region's peak.
    pub peak: PeakPrecision,
    /// The precision of the phase's peak.
    pub phase_peak: PeakPrecision,
}

/// The precision of a peak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeakPrecision {
    Exact,
    /// The bytes may be too high by so many, and are never too low; the blocks are not known.
    TooHighBy(u64),
}

/// The figures of the heap by dhat's names. dhat's own `HeapStats` is neither `Copy` nor `Clone`.
#[derive(Clone, Copy, Debug)]
pub struct HeapFigures {
    pub total_blocks: u64,
    pub total_bytes: u64,
    pub live_blocks: u64,
    pub live_bytes: u64,
    pub max_blocks: u64,
    pub max_bytes: u64,
}

/// Blocks and their bytes; below zero where more was freed than allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockBalance {
    pub blocks: i64,
    pub bytes: i64,
}

// Any thread of a workload may begin a phase or end the region; a reading is plain data.
assert_impl_all!(Reading: Copy, Send, Sync);

impl DhatRegion {
    /// Starts both instruments.
    ///
    /// # Panics
    /// If another region is measured with dhat in this process.
    #[must_use]
    pub fn start() -> Self {
        Self::with(untracked(|| Profiler::builder().testing().build()))
    }

    /// Starts both instruments; [`save`](Self::save) will write dhat's profile to `file`.
    pub(crate) fn start_profiling(file: &Path) -> Self {
        let builder = || Profiler::builder().testing().file_name(file);
        Self::with(untracked(|| builder().trim_backtraces(Some(FRAMES)).build()))
    }

    fn with(profiler: Profiler) -> Self {
        assert!(!alloc::is_foreign(), "dhat works on the system's allocator alone");
        LEDGER.clear();
        thread::exclude_first();
        let before = GATE.open();
        assert!(before < gate::OUTSIDE, "counters measure in this process");
        Self { profiler: Some(profiler), saved: Cell::new(false), before }
    }

    /// Takes a reading and begins a phase of the ledger's peak at the same moment.
    pub(crate) fn read_and_restart_peak(&self) -> Reading {
        GATE.read(|| {
            let reading = untracked(Reading::take);
            LEDGER.restart_peak();
            reading
        })
    }

    /// Ends the region. From here on nothing new is counted, and the region's blocks are watched.
    #[must_use]
    pub fn end(&self) -> Reading {
        GATE.read_last(|| untracked(Reading::take))
    }

    /// Returns what the region allocated and nobody has freed; `None` once the profile is saved.
    #[must_use]
    pub fn leaked(&self) -> Option<HeapFigures> {
        (!self.saved.get()).then(|| untracked(HeapFigures::take))
    }

    /// Saves the profile. No reading can be taken after it.
    ///
    /// dhat prints the file's name while it holds its own lock. A thread that holds standard error's lock and allocates
    /// while it prints waits for dhat's. So this takes standard error's lock first.
    pub(crate) fn save(&self) {
        let _printing = std::io::stderr().lock();
        untracked(|| dhat::check_assert_condition(|| false));
        self.saved.set(true);
    }

    /// Ends the region, stops both instruments, and returns what each counted.
    #[must_use]
    pub fn finish(self) -> Reading {
        self.end()
    }
}

impl Drop for DhatRegion {
    fn drop(&mut self) {
        GATE.set(self.before);
        untracked(|| drop(self.profiler.take()));
    }
}

impl Reading {
    /// Reads the ledger first. Behind a gate that works the order does not matter. If an allocation were in flight, it
    /// would hold dhat's lock and be counted by dhat alone, and `tests/gate.rs` would see it.
    fn take() -> Self {
        let ledger = LEDGER.read();
        let (peak, phase_peak) = (PeakPrecision::Exact, PeakPrecision::Exact);
        Self { heap: HeapFigures::take(), ledger, peak, phase_peak }
    }

    /// Returns the blocks and bytes from before the region that it freed: dhat ignores them, the ledger does not.
    #[must_use]
    pub fn freed_before(&self) -> BlockBalance {
        BlockBalance {
            blocks: self.heap.live_blocks.cast_signed() - self.ledger.live_blocks,
            bytes: self.heap.live_bytes.cast_signed() - self.ledger.live_bytes,
        }
    }
}

impl HeapFigures {
    fn take() -> Self {
        let stats = HeapStats::get();
        Self {
            total_blocks: stats.total_blocks,
            total_bytes: stats.total_bytes,
            live_blocks: stats.curr_blocks as u64,
            live_bytes: stats.curr_bytes as u64,
            max_blocks: stats.max_blocks as u64,
            max_bytes: stats.max_bytes as u64,
        }
    }
}
