//! The number of times a value came (Cormode and Muthukrishnan 2005): never too low, and too high by more than
//! e / 2 048 of all with a probability of e^-4 = 1.8 %.

use crate::breakdown::{Footprint, Parts};

const ROWS: usize = 4;
const COLUMNS: usize = 2_048;

/// Counts of hashes in four rows of 2 048 counters.
#[derive(Clone, Debug)]
pub struct CountMin {
    counters: Box<[u32]>,
    total: u64,
}

impl Default for CountMin {
    fn default() -> Self {
        Self { counters: vec![0; ROWS * COLUMNS].into(), total: 0 }
    }
}

impl CountMin {
    /// Adds to a count and returns the estimate.
    pub fn add(&mut self, hash: u64, count: u64) -> u64 {
        self.total = self.total.saturating_add(count);
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        for cell in cells(hash) {
            self.counters[cell] = self.counters[cell].saturating_add(count);
        }
        self.estimate(hash)
    }

    #[must_use]
    pub fn estimate(&self, hash: u64) -> u64 {
        cells(hash).map(|cell| u64::from(self.counters[cell])).min().unwrap_or_default()
    }

    /// Returns the sum of all counts.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    pub fn merge(&mut self, other: &Self) {
        self.total = self.total.saturating_add(other.total);
        for (mine, theirs) in self.counters.iter_mut().zip(&other.counters) {
            *mine = mine.saturating_add(*theirs);
        }
    }
}

/// Returns one counter a row, each by eleven bits of its own.
fn cells(hash: u64) -> impl Iterator<Item = usize> {
    let bits = COLUMNS.ilog2() as usize;
    (0..ROWS).map(move |row| row * COLUMNS + (hash >> (row * bits)) as usize % COLUMNS)
}

impl Footprint for CountMin {
    fn add_to(&self, parts: &mut Parts) {
        parts.add("counters", size_of_val(&*self.counters));
    }
}
