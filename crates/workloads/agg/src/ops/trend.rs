//! The straight line through the window's numbers, by least squares over time.

use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;

/// The slope per second, from moments that are updated in one pass as in Welford's method.
#[derive(Clone, Debug, Default)]
pub struct Trend {
    count: u64,
    since: u64,
    /// The mean time in seconds since the window began.
    mean_time: f64,
    mean: f64,
    time_squares: f64,
    products: f64,
}

/// The distance of the latest number from the line, and the line's standard error.
#[derive(Clone, Debug, Default)]
pub struct TrendResidual {
    line: Trend,
    squares: f64,
    time: f64,
    last: f64,
}

impl Trend {
    fn restarts(&self, feature: &Feature, at: u64) -> bool {
        self.count == 0 || feature.is_over(self.since, at)
    }

    fn at(since: u64) -> Self {
        Self { since, ..Self::default() }
    }

    /// Adds a number, and returns the time that it counted for it.
    fn push(&mut self, at: u64, number: f64) -> f64 {
        let time = at.saturating_sub(self.since) as f64 / 1_000.0;
        self.count += 1;
        let earlier = time - self.mean_time;
        self.mean_time += earlier / self.count as f64;
        self.mean += (number - self.mean) / self.count as f64;
        self.time_squares += earlier * (time - self.mean_time);
        self.products += earlier * (number - self.mean);
        time
    }

    fn slope(&self, feature: &Feature, now: u64) -> Option<f64> {
        let known = self.time_squares > 0.0 && !feature.is_over(self.since, now);
        known.then(|| self.products / self.time_squares)
    }
}

impl State for Trend {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        let Some(number) = feature.number(event) else { return };
        if self.restarts(feature, event.at) {
            *self = Self::at(event.at);
        }
        self.push(event.at, number);
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        self.slope(feature, now).into()
    }
}

impl State for TrendResidual {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        let Some(number) = feature.number(event) else { return };
        if self.line.restarts(feature, event.at) {
            *self = Self { line: Trend::at(event.at), ..Self::default() };
        }
        let before = number - self.line.mean;
        self.time = self.line.push(event.at, number);
        self.squares += before * (number - self.line.mean);
        self.last = number;
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        let Some(slope) = self.line.slope(feature, now) else { return Output::None };
        let expected = self.line.mean + slope * (self.time - self.line.mean_time);
        let unexplained = (self.squares - slope * self.line.products).max(0.0);
        let error =
            (self.line.count > 2).then(|| (unexplained / (self.line.count - 2) as f64).sqrt());
        Output::List(vec![(self.last - expected).into(), error.into()])
    }
}
