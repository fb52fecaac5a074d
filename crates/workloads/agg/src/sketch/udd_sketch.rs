//! Quantiles within a relative error (UDDSketch: Epicoco, Melle, Cafaro, Pulimeno and Morleo 2020).
//!
//! A number counts in the bucket of its logarithm. If that would make more than 2 048 buckets, every two
//! neighbours become one and the error about doubles: 1 %, then 2 %, 4 %, ... for all quantiles alike.

use crate::breakdown::{Footprint, Parts};
use crate::hash::Map;

const ERROR: f64 = 0.01;
const BUCKETS: usize = 2_048;

/// The quantiles of the finite numbers so far.
#[derive(Clone, Debug)]
pub struct UddSketch {
    positive: Map<i32, u64>,
    /// Counts of negative numbers, by magnitude.
    negative: Map<i32, u64>,
    zeros: u64,
    count: u64,
    lowest: f64,
    highest: f64,
    /// The logarithm of the ratio between a bucket's ends.
    ratio: f64,
    collapses: u64,
}

impl Default for UddSketch {
    fn default() -> Self {
        Self {
            positive: Map::default(),
            negative: Map::default(),
            zeros: 0,
            count: 0,
            lowest: f64::INFINITY,
            highest: f64::NEG_INFINITY,
            ratio: ((1.0 + ERROR) / (1.0 - ERROR)).ln(),
            collapses: 0,
        }
    }
}

impl UddSketch {
    pub fn push(&mut self, number: f64) {
        self.count += 1;
        self.lowest = self.lowest.min(number);
        self.highest = self.highest.max(number);
        if number.abs() < f64::MIN_POSITIVE {
            self.zeros += 1;
            return;
        }
        let bucket = (number.abs().ln() / self.ratio).ceil() as i32;
        let side = if number > 0.0 { &mut self.positive } else { &mut self.negative };
        *side.entry(bucket).or_default() += 1;
        self.bound();
    }

    pub fn merge(&mut self, other: &Self) {
        while self.collapses < other.collapses {
            self.collapse();
        }
        let steps = self.collapses - other.collapses;
        for (mine, theirs) in
            [(&mut self.positive, &other.positive), (&mut self.negative, &other.negative)]
        {
            for (bucket, count) in theirs {
                *mine.entry(collapsed(*bucket, steps)).or_default() += count;
            }
        }
        self.zeros += other.zeros;
        self.count += other.count;
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
        self.bound();
    }

    fn bound(&mut self) {
        while self.positive.len() + self.negative.len() > BUCKETS {
            self.collapse();
        }
    }

    fn collapse(&mut self) {
        for side in [&mut self.positive, &mut self.negative] {
            let mut halved = Map::default();
            for (bucket, count) in &*side {
                *halved.entry(collapsed(*bucket, 1)).or_default() += count;
            }
            *side = halved;
        }
        self.ratio *= 2.0;
        self.collapses += 1;
    }

    /// Returns the most that a quantile may be from the number of its rank, relative to it.
    #[must_use]
    pub fn error(&self) -> f64 {
        (self.ratio / 2.0).tanh()
    }

    /// Returns the number of rank floor(q · (n - 1)), counted from 0, or one within the error of it.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let last = self.count.checked_sub(1)?;
        let mut rank = (q.clamp(0.0, 1.0) * last as f64) as u64;
        for (number, count) in self.ascending() {
            if rank < count {
                return Some(number.clamp(self.lowest, self.highest));
            }
            rank -= count;
        }
        Some(self.highest)
    }

    fn ascending(&self) -> impl Iterator<Item = (f64, u64)> {
        let negative = sorted(&self.negative).into_iter().rev();
        let zeros = (self.zeros > 0).then_some((0.0, self.zeros));
        let ratio = self.ratio;
        negative
            .map(move |(bucket, count)| (-middle(bucket, ratio), count))
            .chain(zeros)
            .chain(sorted(&self.positive).into_iter().map(move |(b, n)| (middle(b, ratio), n)))
    }
}

/// Returns the bucket's index after so many steps in which every two neighbours become one.
fn collapsed(bucket: i32, steps: u64) -> i32 {
    (0..steps).fold(bucket, |bucket, _| bucket.div_euclid(2) + bucket.rem_euclid(2))
}

fn sorted(side: &Map<i32, u64>) -> Vec<(i32, u64)> {
    let mut buckets: Vec<_> = side.iter().map(|(bucket, count)| (*bucket, *count)).collect();
    buckets.sort_unstable();
    buckets
}

/// Returns the number that is equally far, relatively, from both ends of a bucket.
fn middle(bucket: i32, ratio: f64) -> f64 {
    (f64::from(bucket) * ratio).exp() * 2.0 / (1.0 + ratio.exp())
}

impl Footprint for UddSketch {
    fn add_to(&self, parts: &mut Parts) {
        parts.add("sketch", self.positive.allocation_size() + self.negative.allocation_size());
    }
}
