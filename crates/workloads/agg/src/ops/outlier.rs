//! The number of numbers that were far out.

use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;
use crate::welford::Welford;

/// The standard deviations from which on a number is far out.
const FAR: f64 = 3.0;

/// The number of the window's numbers that were far from the mean of all before. Windows begin at their multiples
/// since 1970.
#[derive(Clone, Debug, Default)]
pub struct Outlier {
    moments: Welford,
    outliers: u32,
    /// The low bits of the window's index.
    window: u32,
}

fn index(feature: &Feature, at: u64) -> u32 {
    feature.window.map_or(0, |window| (at / window.max(1)) as u32)
}

impl State for Outlier {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        let Some(number) = feature.number(event) else { return };
        let window = index(feature, event.at);
        if window != self.window {
            self.window = window;
            self.outliers = 0;
        }
        if self.moments.score(number).is_some_and(|score| score.abs() >= FAR) {
            self.outliers = self.outliers.saturating_add(1);
        }
        self.moments.push(number);
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        let current = self.window == index(feature, now);
        u64::from(if current { self.outliers } else { 0 }).into()
    }
}
