//! One measured region: both instruments started together, read together, stopped in order.
//!
//! The order is fixed: build the profiler, open the gate … close it, read, and only when the region's
//! blocks need no more watching, stop and drop the profiler. dhat allows one profiler at a time; in
//! sequence they work.
//!
//! A region that counters alone measure is [`Counting`](crate::instruments::count::Counting)'s; what either says is a [`Reading`].

use std::cell::Cell;
use std::path::Path;

use dhat::{HeapStats, Profiler};

use crate::instruments::alloc::{self, GATE};
use crate::instruments::gate::{self, State};
use crate::instruments::ledger::{Ledger, LedgerReading};
use crate::instruments::thread::{self, untracked};

pub(crate) static LEDGER: Ledger = Ledger::new();

/// How deep a saved profile follows a call, inlined functions not counted. It is dhat's own default: in an
/// optimised SQL engine 40 name no site that 10 do not, and each frame costs time at every allocation.
const FRAMES: usize = 10;

/// A running measurement. Dropping it stops both instruments.
#[derive(Debug)]
pub struct Recording {
    /// Taken only by `drop`.
    profiler: Option<Profiler>,
    /// dhat answers no question after it has saved its profile.
    saved: Cell<bool>,
    /// What the process did before, and does again when this ends.
    before: State,
}

/// A region at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// By dhat, or by the counters where they are alone.
    pub heap: HeapFigures,
    /// By tripline's own instrument.
    pub ledger: LedgerReading,
    /// How sure it is how high the region got.
    pub peak: PeakPrecision,
    /// How sure it is how high the phase got.
    pub phase_peak: PeakPrecision,
}

/// How sure a peak is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeakPrecision {
    Exact,
    /// The bytes may be too high by so many, never too low; the blocks are not known.
    TooHighBy(u64),
}

/// dhat's figures, since `HeapStats` is neither `Copy` nor `Clone`.
#[derive(Clone, Copy, Debug)]
pub struct HeapFigures {
    pub total_blocks: u64,
    pub total_bytes: u64,
    pub live_blocks: u64,
    pub live_bytes: u64,
    pub max_blocks: u64,
    pub max_bytes: u64,
}

impl Recording {
    /// Starts both instruments.
    ///
    /// # Panics
    /// If another recording runs in this process.
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

    /// Ends the region. From here on nothing new is counted, and what it allocated is watched.
    #[must_use]
    pub fn end(&self) -> Reading {
        GATE.read_last(|| untracked(Reading::take))
    }

    /// What the region allocated and nobody has freed; none once the profile is saved.
    #[must_use]
    pub fn leaked(&self) -> Option<HeapFigures> {
        (!self.saved.get()).then(|| untracked(HeapFigures::take))
    }

    /// Saves the profile. No reading can be taken after it.
    ///
    /// dhat prints, while it holds its own lock, where it saved it. A thread that has standard error's lock
    /// and prints what allocates waits for dhat's: so standard error's is taken first.
    pub(crate) fn save(&self) {
        let _printing = std::io::stderr().lock();
        untracked(|| dhat::check_assert_condition(|| false));
        self.saved.set(true);
    }

    /// Ends the region, stops both instruments, and says what each counted.
    #[must_use]
    pub fn finish(self) -> Reading {
        self.end()
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        GATE.turn(self.before);
        untracked(|| drop(self.profiler.take()));
    }
}

impl Reading {
    /// The ledger first. Behind a gate that works the order is all one; were an allocation in flight, it
    /// would hold dhat's lock and be dhat's alone, and `tests/gate.rs` would see it.
    fn take() -> Self {
        let ledger = LEDGER.read();
        let (peak, phase_peak) = (PeakPrecision::Exact, PeakPrecision::Exact);
        Self { heap: HeapFigures::take(), ledger, peak, phase_peak }
    }

    /// Blocks and bytes from before the region that it freed: dhat ignores them, the ledger does not.
    #[must_use]
    pub fn freed_before(&self) -> (i64, i64) {
        (
            self.heap.live_blocks.cast_signed() - self.ledger.live_blocks,
            self.heap.live_bytes.cast_signed() - self.ledger.live_bytes,
        )
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
