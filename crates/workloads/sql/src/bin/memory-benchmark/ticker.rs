//! Reports the measured process's progress: one byte for each batch, rarely.
//!
//! A reader that waits for a byte is woken by it, and may get the core that the engine was about to run on.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// The byte for a batch. No JSON begins with it.
pub(crate) const TICK: u8 = b'.';

/// The least time between two reports, short enough for a bar that moves.
const EVERY: Duration = Duration::from_millis(100);

/// Counts the batches that are done and not yet reported.
#[derive(Debug)]
pub(crate) struct Ticker {
    untold: usize,
    told: Instant,
}

impl Ticker {
    /// Reports the beginning. This allocates standard output's buffer, so it comes before anything is
    /// measured.
    pub(crate) fn start() -> io::Result<Self> {
        tell(1)?;
        Ok(Self { untold: 0, told: Instant::now() })
    }

    /// Counts one more batch.
    pub(crate) fn tick(&mut self) -> io::Result<()> {
        self.untold += 1;
        if self.told.elapsed() < EVERY { Ok(()) } else { self.tell() }
    }

    /// Reports the batches that were not reported yet.
    pub(crate) fn tell(&mut self) -> io::Result<()> {
        tell(std::mem::take(&mut self.untold))?;
        self.told = Instant::now();
        Ok(())
    }
}

/// Writes any number of bytes without touching the heap.
fn tell(mut batches: usize) -> io::Result<()> {
    const BATCHES: [u8; 64] = [TICK; 64];
    let mut out = io::stdout().lock();
    while batches > 0 {
        let now = batches.min(BATCHES.len());
        out.write_all(&BATCHES[..now])?;
        batches -= now;
    }
    out.flush()
}
