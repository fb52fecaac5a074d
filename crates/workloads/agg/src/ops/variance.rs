//! The variance of numbers, and the deviation of the latest one.

use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;
use crate::welford::Welford;

/// The variance of a sample.
#[derive(Clone, Debug, Default)]
pub struct Variance(Welford);

/// The standard deviation of a sample.
#[derive(Clone, Debug, Default)]
pub struct Std(Welford);

/// The standard deviations between the latest number and the mean of all.
#[derive(Clone, Debug, Default)]
pub struct ZScore {
    moments: Welford,
    last: Option<f64>,
}

impl Variance {
    pub(crate) fn merge(&mut self, later: &Self) {
        self.0.merge(&later.0);
    }
}

impl Std {
    pub(crate) fn merge(&mut self, later: &Self) {
        self.0.merge(&later.0);
    }
}

impl ZScore {
    pub(crate) fn merge(&mut self, later: &Self) {
        self.moments.merge(&later.moments);
        self.last = later.last.or(self.last);
    }
}

impl State for Variance {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            self.0.push(number);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.0.variance().into()
    }
}

impl State for Std {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            self.0.push(number);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.0.deviation().into()
    }
}

impl State for ZScore {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            self.moments.push(number);
            self.last = Some(number);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.last.and_then(|last| self.moments.score(last)).into()
    }
}
