//! The number of events, and the share of those whose field is true.

use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;

/// The number of events.
#[derive(Clone, Debug, Default)]
pub struct Count {
    count: u64,
}

impl Count {
    pub(crate) fn merge(&mut self, later: &Self) {
        self.count += later.count;
    }
}

impl State for Count {
    fn update(&mut self, _: &Feature, _: &Event<'_>) {
        self.count += 1;
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.count.into()
    }
}

/// The share of the events whose field is true. A number is true unless it is 0.
#[derive(Clone, Debug, Default)]
pub struct Ratio {
    hits: u64,
    count: u64,
}

impl Ratio {
    pub(crate) fn merge(&mut self, later: &Self) {
        self.hits += later.hits;
        self.count += later.count;
    }
}

impl State for Ratio {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(hit) = feature.truth(event) {
            self.hits += u64::from(hit);
            self.count += 1;
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        (self.count > 0).then(|| self.hits as f64 / self.count as f64).into()
    }
}
