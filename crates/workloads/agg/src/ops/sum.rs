//! Sums and means.

use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;

/// A sum with its rounding error beside it (Neumaier 1974).
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    sum: f64,
    error: f64,
}

impl Sum {
    pub(crate) fn add(&mut self, number: f64) {
        let sum = self.sum + number;
        self.error += if self.sum.abs() >= number.abs() {
            (self.sum - sum) + number
        } else {
            (number - sum) + self.sum
        };
        self.sum = sum;
    }

    /// Returns the sum. An overflow is infinite, and its error is nothing.
    pub(crate) fn value(&self) -> f64 {
        if self.sum.is_finite() { self.sum + self.error } else { self.sum }
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        self.add(later.sum);
        self.error += later.error;
    }
}

impl State for Sum {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            self.add(number);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.value().into()
    }
}

/// A mean, from a plain sum.
#[derive(Clone, Debug, Default)]
pub struct Avg {
    sum: f64,
    count: u64,
}

impl Avg {
    pub(crate) fn merge(&mut self, later: &Self) {
        self.sum += later.sum;
        self.count += later.count;
    }
}

impl State for Avg {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            self.sum += number;
            self.count += 1;
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        (self.count > 0).then(|| self.sum / self.count as f64).into()
    }
}
