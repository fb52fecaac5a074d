//! Samples the tables: at most once a second, and for no more than half a percent of the time.

use std::time::{Duration, Instant};

use super::snapshot::{Published, Snapshot};
use crate::tables::Tables;

const AT_LEAST: Duration = Duration::from_secs(1);

/// The pause after a sample, as a multiple of the time that the sample took.
const REST: u32 = 200;

/// Samples tables on the thread that also changes them, so no figure is of a half-done change.
#[derive(Debug)]
pub struct Sampler {
    published: Published,
    at_least: Duration,
    due: Instant,
}

impl Sampler {
    /// Takes a first sample, so that there is always one.
    #[must_use]
    pub fn new(tables: &Tables<'_>) -> Self {
        Self::every(AT_LEAST, tables)
    }

    /// Does the same, and samples at most once in `at_least`.
    #[must_use]
    pub fn every(at_least: Duration, tables: &Tables<'_>) -> Self {
        let published = Published::new(Snapshot { tables: Vec::new() });
        let mut sampler = Self { published, at_least, due: Instant::now() };
        sampler.sample(tables);
        sampler
    }

    /// Returns the place of its samples.
    #[must_use]
    pub fn published(&self) -> Published {
        self.published.clone()
    }

    /// Takes a sample if it is time, and returns `true` then. It reads the clock, so every few dozen events are enough.
    pub fn sample_if_due(&mut self, tables: &Tables<'_>) -> bool {
        let due = Instant::now() >= self.due;
        if due {
            self.sample(tables);
        }
        due
    }

    /// Takes a sample now.
    pub fn sample(&mut self, tables: &Tables<'_>) {
        let started = Instant::now();
        self.published.publish(Snapshot::new(tables));
        let ended = Instant::now();
        self.due = ended + pause(self.at_least, ended - started);
    }
}

fn pause(at_least: Duration, took: Duration) -> Duration {
    at_least.max(took.saturating_mul(REST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_that_took_long_is_followed_by_a_long_rest() {
        let ms = Duration::from_millis;
        assert_eq!(pause(ms(1_000), ms(5)), ms(1_000));
        assert_eq!(pause(ms(1_000), ms(6)), ms(1_200));
    }
}
