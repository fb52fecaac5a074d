//! The deviation of a number at its time of day.

use super::clock::hour;
use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;
use crate::welford::Welford;

/// The standard deviations between the latest number and the mean of its hour of the day, in UTC.
#[derive(Clone, Debug, Default)]
pub struct Seasonal {
    hours: [Welford; 24],
    last: Option<f64>,
    hour: usize,
}

impl State for Seasonal {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            self.hour = hour(event.at);
            self.hours[self.hour].push(number);
            self.last = Some(number);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.last.and_then(|last| self.hours[self.hour].score(last)).into()
    }
}
