//! The change of a value from event to event.

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;
use crate::value::Value;

/// The latest number less the one before.
#[derive(Clone, Debug, Default)]
pub struct Delta {
    previous: f64,
    last: f64,
    seen: u64,
}

/// The change per second from the window's first number to its latest.
#[derive(Clone, Debug)]
pub struct RateOfChange {
    /// NaN before the first number: numbers that are read are finite.
    first: f64,
    last: f64,
    since: u64,
    at: u64,
}

/// The number of times in the window that the value differed from the one before.
#[derive(Clone, Debug, Default)]
pub struct ValueChange {
    last: Option<Value>,
    changes: u64,
    since: u64,
}

impl Default for RateOfChange {
    fn default() -> Self {
        Self { first: f64::NAN, last: f64::NAN, since: 0, at: 0 }
    }
}

impl State for Delta {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(number) = feature.number(event) {
            self.previous = self.last;
            self.last = number;
            self.seen += 1;
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        (self.seen > 1).then_some(self.last - self.previous).into()
    }
}

impl State for RateOfChange {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        let Some(number) = feature.number(event) else { return };
        if self.first.is_nan() || feature.is_over(self.since, event.at) {
            self.first = number;
            self.since = event.at;
        }
        self.last = number;
        self.at = event.at;
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        let span = self.at.saturating_sub(self.since);
        let known = span > 0 && !feature.is_over(self.since, now);
        known.then(|| (self.last - self.first) * 1_000.0 / span as f64).into()
    }
}

impl State for ValueChange {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        let Some(value) = feature.value(event) else { return };
        let changed = self.last.as_ref() != Some(value);
        if self.last.is_none() || feature.is_over(self.since, event.at) {
            self.changes = 0;
            self.since = event.at;
        } else if changed {
            self.changes += 1;
        }
        if changed {
            self.last = Some(value.clone());
        }
    }

    fn output(&self, feature: &Feature, now: u64) -> Output {
        if feature.is_over(self.since, now) { 0.into() } else { self.changes.into() }
    }

    fn heap(&self, parts: &mut Parts) {
        parts.values(&self.last);
    }
}
