//! Measures a region with the counters alone.

use std::sync::{Arc, Mutex, PoisonError};

use crate::instruments::alloc::GATE;
use crate::instruments::count::outside_blocks::OUTSIDE_BLOCKS;
use crate::instruments::count::slots::Tallies;
use crate::instruments::count::{COUNTERS, Peak, SLOTS};
use crate::instruments::dhat_region::{BlockBalance, HeapFigures, PeakPrecision, Reading};
use crate::instruments::gate::{self, State};
use crate::instruments::ledger::LedgerReading;
use crate::instruments::thread::{self, untracked};

/// A running measurement. Dropping it stops the counters.
#[derive(Debug)]
pub struct Counting {
    start: Arc<Tallies<SLOTS>>,
    at: Mutex<CurrentPeriod>,
    /// Notes blocks from here to the end, and beyond it if the process watched already.
    _watch: OutsideBlockWatch,
}

/// The period under way, and the region's peak before it.
#[derive(Debug)]
struct CurrentPeriod {
    period: State,
    start: Arc<Tallies<SLOTS>>,
    highest: PeakSoFar,
}

/// The highest live heap so far, beyond what lived when the region began.
#[derive(Clone, Copy, Debug)]
struct PeakSoFar {
    blocks: i64,
    bytes: i64,
    precision: PeakPrecision,
}

/// Notes, while it lives, the blocks that are not a region's. A meter begins it before its workload's body, so that
/// what leaks is known. The gate's state before it comes back when it ends.
#[derive(Debug)]
pub struct OutsideBlockWatch(State);

impl OutsideBlockWatch {
    /// Begins to note blocks.
    ///
    /// # Panics
    /// If dhat measures in this process.
    #[must_use]
    pub fn begin() -> Self {
        let before = GATE.set(gate::OUTSIDE);
        assert!(!gate::is_dhats(before), "dhat measures in this process");
        Self(before)
    }
}

impl Drop for OutsideBlockWatch {
    fn drop(&mut self) {
        GATE.set(self.0);
        if self.0 != gate::OUTSIDE {
            OUTSIDE_BLOCKS.forget();
        }
    }
}

impl Counting {
    /// Starts the counters. Unless an [`OutsideBlockWatch`] runs already, a block that lived before the region and is
    /// freed after it counts as the region's.
    ///
    /// # Panics
    /// If dhat measures in this process.
    #[must_use]
    pub fn start() -> Self {
        let watch = OutsideBlockWatch::begin();
        thread::exclude_first();
        untracked(|| {
            let start = Arc::new(COUNTERS.read());
            let period = COUNTERS.next_period(&start);
            let highest = PeakSoFar { blocks: 0, bytes: 0, precision: PeakPrecision::Exact };
            let at = Mutex::new(CurrentPeriod { period, start: Arc::clone(&start), highest });
            GATE.set(period);
            Self { start, at, _watch: watch }
        })
    }

    /// Takes a reading and begins a phase at the same moment.
    pub(crate) fn read_and_restart_peak(&self) -> Reading {
        untracked(|| {
            let now = Arc::new(COUNTERS.read());
            let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
            let (reading, highest) = at.read(&self.start, &now);
            let period = COUNTERS.next_period(&now);
            *at = CurrentPeriod { period, start: now, highest };
            GATE.set(period);
            reading
        })
    }

    /// Ends the region. From here on nothing new is counted, and the region's blocks are watched.
    #[must_use]
    pub fn end(&self) -> Reading {
        GATE.set(gate::OUTSIDE);
        untracked(|| {
            let now = COUNTERS.read();
            let at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
            at.read(&self.start, &now).0
        })
    }

    /// Returns what the region allocated and nobody has freed. It is below zero if something else was freed, too.
    #[must_use]
    pub fn leaked(&self) -> BlockBalance {
        untracked(|| {
            let (start, now) = (self.start.sum(), COUNTERS.read().sum());
            BlockBalance {
                blocks: now.live_blocks.wrapping_sub(start.live_blocks),
                bytes: now.live_bytes.wrapping_sub(start.live_bytes),
            }
        })
    }

    /// Ends the region and returns what was counted.
    #[must_use]
    pub fn finish(self) -> Reading {
        self.end()
    }
}

impl CurrentPeriod {
    /// Returns the region's figures, and its peak so far.
    fn read(&self, region: &Tallies<SLOTS>, now: &Tallies<SLOTS>) -> (Reading, PeakSoFar) {
        let (region, start, end) = (region.sum(), self.start.sum(), now.sum());
        let began = (start.live_blocks - region.live_blocks, start.live_bytes - region.live_bytes);
        let phase = match COUNTERS.peak(self.period, &self.start, now) {
            Peak::Exact { blocks, bytes } => PeakSoFar {
                blocks: began.0 + blocks,
                bytes: began.1 + bytes,
                precision: PeakPrecision::Exact,
            },
            Peak::Within { bytes, too_high_by } => PeakSoFar {
                blocks: 0,
                bytes: began.1 + bytes,
                precision: PeakPrecision::TooHighBy(too_high_by),
            },
        };
        let highest = self.highest.or(phase);
        let counted = LedgerReading {
            total_blocks: end.total_blocks.wrapping_sub(region.total_blocks),
            total_bytes: end.total_bytes.wrapping_sub(region.total_bytes),
            live_blocks: end.live_blocks - region.live_blocks,
            live_bytes: end.live_bytes - region.live_bytes,
            peak_blocks: phase.blocks,
            peak_bytes: phase.bytes,
        };
        let reading = Reading {
            heap: HeapFigures {
                total_blocks: counted.total_blocks,
                total_bytes: counted.total_bytes,
                live_blocks: clamp(counted.live_blocks),
                live_bytes: clamp(counted.live_bytes),
                max_blocks: clamp(highest.blocks),
                max_bytes: clamp(highest.bytes),
            },
            ledger: counted,
            peak: highest.precision,
            phase_peak: phase.precision,
        };
        (reading, highest)
    }
}

impl PeakSoFar {
    /// Returns the higher of two peaks, one after the other; of equals the later.
    fn or(self, later: Self) -> Self {
        let (higher, lower) = if later.bytes >= self.bytes { (later, self) } else { (self, later) };
        let precision = match (higher.precision, lower.precision) {
            (PeakPrecision::Exact, PeakPrecision::Exact) => PeakPrecision::Exact,
            // Whichever was the higher, it was no lower than the lowest that either may have been.
            _ => {
                let least = higher.least().max(lower.least());
                PeakPrecision::TooHighBy(higher.bytes.abs_diff(least))
            }
        };
        Self { precision, ..higher }
    }

    fn least(self) -> i64 {
        match self.precision {
            PeakPrecision::Exact => self.bytes,
            PeakPrecision::TooHighBy(bytes) => self.bytes.saturating_sub_unsigned(bytes),
        }
    }
}

/// Returns 0 for a figure that is below it, which is so only where something from before the region was freed.
fn clamp(figure: i64) -> u64 {
    u64::try_from(figure).unwrap_or(0)
}
