//! The measured process's side of progress: one byte for each batch, told rarely.
//!
//! Whoever waits for a byte is woken by it, and may be given the core that the engine was about to run on.

use std::io::{self, Write};
use std::time::{Duration, Instant};

/// A batch is done. No JSON begins with it.
pub(crate) const TICK: u8 = b'.';

/// Often enough for a bar that moves.
const EVERY: Duration = Duration::from_millis(100);

/// Batches that are done and not yet told.
#[derive(Debug)]
pub(crate) struct Ticker {
    untold: usize,
    told: Instant,
}

impl Ticker {
    /// Tells of the beginning. This allocates standard output's buffer, so it comes before anything is
    /// measured.
    pub(crate) fn start() -> io::Result<Self> {
        tell(1)?;
        Ok(Self { untold: 0, told: Instant::now() })
    }

    /// One batch more.
    pub(crate) fn tick(&mut self) -> io::Result<()> {
        self.untold += 1;
        if self.told.elapsed() < EVERY { Ok(()) } else { self.tell() }
    }

    /// Tells what has not been told.
    pub(crate) fn tell(&mut self) -> io::Result<()> {
        tell(std::mem::take(&mut self.untold))?;
        self.told = Instant::now();
        Ok(())
    }
}

/// Without touching the heap, however many there are.
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
