//! The number of events in a row that were true, or that were not.

use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;

/// The number of true ones up to now, and the time of the first.
#[derive(Clone, Debug, Default)]
pub struct Streak {
    length: u64,
    since: u64,
}

/// The longest streak of true ones.
#[derive(Clone, Debug, Default)]
pub struct MaxStreak {
    length: u64,
    longest: u64,
}

/// The number of false ones up to now.
#[derive(Clone, Debug, Default)]
pub struct NegStreak {
    length: u64,
}

impl Streak {
    /// Returns the time at which it began.
    #[must_use]
    pub fn since(&self) -> Option<u64> {
        (self.length > 0).then_some(self.since)
    }
}

fn continued(length: u64, on: bool) -> u64 {
    if on { length + 1 } else { 0 }
}

impl State for Streak {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(on) = feature.truth(event) {
            if self.length == 0 {
                self.since = event.at;
            }
            self.length = continued(self.length, on);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.length.into()
    }
}

impl State for MaxStreak {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(on) = feature.truth(event) {
            self.length = continued(self.length, on);
            self.longest = self.longest.max(self.length);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.longest.into()
    }
}

impl State for NegStreak {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(on) = feature.truth(event) {
            self.length = continued(self.length, !on);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.length.into()
    }
}
