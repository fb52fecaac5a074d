//! Averages and sums that decay: an event a half-life ago counts half.

use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;

/// The exponentially weighted mean. The weights sum up to 1 from the first number on.
#[derive(Clone, Debug, Default)]
pub struct Ewma {
    mean: f64,
    /// The sum of all weights, the latest number's being 1.
    weight: f64,
    at: u64,
}

/// The exponentially weighted variance (West 1979).
#[derive(Clone, Debug, Default)]
pub struct EwVar {
    mean: f64,
    squares: f64,
    weight: f64,
    at: u64,
    count: u64,
}

/// The exponentially weighted standard deviations between the latest number and the mean.
#[derive(Clone, Debug, Default)]
pub struct EwZ {
    mean: f64,
    squares: f64,
    weight: f64,
    at: u64,
    last: f64,
}

/// A sum whose items decay.
#[derive(Clone, Debug, Default)]
pub struct DecayedSum {
    sum: f64,
    at: Option<u64>,
}

/// A count of events that decay.
#[derive(Clone, Debug, Default)]
pub struct DecayedCount {
    count: f64,
    at: Option<u64>,
}

/// Returns the remainder of a weight of 1.
fn decay(feature: &Feature, from: u64, to: u64) -> f64 {
    let half_lives = to.saturating_sub(from) as f64 / feature.op.half_life().max(1) as f64;
    (-half_lives).exp2()
}

/// Makes West's step: an old weighted mean and sum of squares, and a number of weight 1.
fn step(mean: &mut f64, squares: &mut f64, weight: &mut f64, decay: f64, number: f64) {
    *weight = *weight * decay + 1.0;
    let before = number - *mean;
    *mean += before / *weight;
    *squares = *squares * decay + before * (number - *mean);
}

impl State for Ewma {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            self.weight = self.weight * decay(feature, self.at, event.at) + 1.0;
            self.mean += (number - self.mean) / self.weight;
            self.at = event.at;
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        (self.weight > 0.0).then_some(self.mean).into()
    }
}

impl State for EwVar {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            let decay = decay(feature, self.at, event.at);
            step(&mut self.mean, &mut self.squares, &mut self.weight, decay, number);
            self.at = event.at;
            self.count += 1;
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        (self.count > 1).then(|| self.squares / self.weight).into()
    }
}

impl State for EwZ {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            let decay = decay(feature, self.at, event.at);
            step(&mut self.mean, &mut self.squares, &mut self.weight, decay, number);
            self.at = event.at;
            self.last = number;
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        let deviation = (self.squares / self.weight).sqrt();
        (deviation > 0.0).then(|| (self.last - self.mean) / deviation).into()
    }
}

impl State for DecayedSum {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            let left = self.at.map_or(0.0, |at| decay(feature, at, event.at));
            self.sum = self.sum * left + number;
            self.at = Some(event.at);
        }
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        self.at.map_or(0.0, |at| self.sum * decay(feature, at, now)).into()
    }
}

impl State for DecayedCount {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        let left = self.at.map_or(0.0, |at| decay(feature, at, event.at));
        self.count = self.count * left + 1.0;
        self.at = Some(event.at);
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        self.at.map_or(0.0, |at| self.count * decay(feature, at, now)).into()
    }
}
