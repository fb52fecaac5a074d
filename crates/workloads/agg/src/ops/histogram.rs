//! The number of numbers in each of equally wide bins.

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::{Feature, Op};
use crate::op::State;
use crate::output::Output;

/// The most bins. The rest counts as above.
const MOST: usize = 4_096;

/// The counts of numbers below the bins, in each, and above; no memory before the first number in a bin.
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    bins: Vec<u64>,
    below: u64,
    above: u64,
    count: u64,
}

impl Histogram {
    fn push(&mut self, number: f64, low: f64, width: f64, bins: usize) {
        let bin = ((number - low) / width).floor();
        if bin.is_nan() {
            return;
        }
        self.count += 1;
        if bin < 0.0 {
            self.below += 1;
        } else if bin >= bins as f64 {
            self.above += 1;
        } else {
            if self.bins.is_empty() {
                self.bins = vec![0; bins];
            }
            if let Some(count) = self.bins.get_mut(bin as usize) {
                *count += 1;
            }
        }
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        if self.bins.is_empty() {
            self.bins.clone_from(&later.bins);
        } else {
            for (mine, theirs) in self.bins.iter_mut().zip(&later.bins) {
                *mine += theirs;
            }
        }
        self.below += later.below;
        self.above += later.above;
        self.count += later.count;
    }
}

impl State for Histogram {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        let Op::Histogram { low, width, bins } = feature.op else { return };
        if let Some(number) = feature.number(event) {
            self.push(number, low, width, bins.min(MOST));
        }
    }

    /// Returns the counts below, in each bin, above.
    fn output(&self, feature: &Feature, _: u64) -> Output {
        let Op::Histogram { bins, .. } = feature.op else { return Output::None };
        if self.count == 0 {
            return Output::None;
        }
        let bin = |index| self.bins.get(index).copied().unwrap_or_default();
        let bins = (0..bins.min(MOST)).map(bin);
        Output::list([self.below].into_iter().chain(bins).chain([self.above]))
    }

    fn heap(&self, parts: &mut Parts) {
        parts.vec("bins", &self.bins);
    }
}
