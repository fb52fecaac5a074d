//! The mean of a level over time. Each number holds until the next.

use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;

/// The time-weighted average since the window began.
#[derive(Clone, Debug, Default)]
pub struct Twa {
    /// Level × milliseconds, until `at`.
    area: f64,
    since: u64,
    at: u64,
    level: Option<f64>,
}

impl Twa {
    fn area_until(&self, level: f64, now: u64) -> f64 {
        self.area + level * now.saturating_sub(self.at) as f64
    }
}

impl State for Twa {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        let Some(number) = feature.number(event) else { return };
        match self.level {
            Some(level) if !feature.is_over(self.since, event.at) => {
                self.area = self.area_until(level, event.at);
            }
            _ => {
                self.area = 0.0;
                self.since = event.at;
            }
        }
        self.at = event.at;
        self.level = Some(number);
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        let Some(level) = self.level.filter(|_| !feature.is_over(self.since, now)) else {
            return Output::None;
        };
        match now.saturating_sub(self.since) {
            0 => level.into(),
            span => (self.area_until(level, now) / span as f64).into(),
        }
    }
}
