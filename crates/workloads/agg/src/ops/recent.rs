//! The latest values.

use std::collections::VecDeque;

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;
use crate::value::Value;

/// The latest n values, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct LastN {
    values: VecDeque<Value>,
    seen: u64,
}

/// The value n events ago, and the number of all.
#[derive(Clone, Debug, Default)]
pub struct Lag {
    values: VecDeque<Value>,
    seen: u64,
}

/// The latest n distinct values and the time of each one's last event, the latest first.
#[derive(Clone, Debug, Default)]
pub struct MostRecentN {
    recent: VecDeque<(Value, u64)>,
    seen: u64,
    /// The number of values that gave way to a newer one.
    displaced: u64,
}

/// Appends to a queue and keeps it within a length.
pub(super) fn push_bounded<T>(items: &mut VecDeque<T>, item: T, most: usize) {
    if most == 0 {
        return;
    }
    while items.len() >= most {
        items.pop_front();
    }
    items.push_back(item);
}

impl LastN {
    /// Returns the number of values, kept or not.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.seen
    }
}

impl Lag {
    /// Returns the number of values, kept or not.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.seen
    }
}

impl MostRecentN {
    /// Returns the number of values, and the number of distinct ones that gave way.
    #[must_use]
    pub fn seen(&self) -> (u64, u64) {
        (self.seen, self.displaced)
    }

    fn push(&mut self, value: &Value, at: u64, most: usize) {
        self.seen += 1;
        let held = self.recent.iter().position(|(held, _)| held == value);
        if let Some((value, _)) = held.and_then(|index| self.recent.remove(index)) {
            self.recent.push_front((value, at));
        } else if most > 0 {
            while self.recent.len() >= most {
                self.recent.pop_back();
                self.displaced += 1;
            }
            self.recent.push_front((value.clone(), at));
        }
    }
}

impl State for LastN {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(value) = feature.value(event) {
            self.seen += 1;
            push_bounded(&mut self.values, value.clone(), feature.op.n());
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        Output::list(&self.values)
    }

    fn heap(&self, parts: &mut Parts) {
        parts.deque("values", &self.values);
        parts.values(&self.values);
    }
}

impl State for Lag {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(value) = feature.value(event) {
            self.seen += 1;
            push_bounded(&mut self.values, value.clone(), feature.op.n().saturating_add(1));
        }
    }

    fn output(&self, feature: &Feature, _: u64) -> Output {
        let reached = self.values.len() > feature.op.n();
        self.values.front().filter(|_| reached).into()
    }

    fn heap(&self, parts: &mut Parts) {
        parts.deque("values", &self.values);
        parts.values(&self.values);
    }
}

impl State for MostRecentN {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(value) = feature.value(event) {
            self.push(value, event.at, feature.op.n());
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        Output::list(self.recent.iter().map(|(value, _)| value))
    }

    fn heap(&self, parts: &mut Parts) {
        parts.deque("values", &self.recent);
        parts.values(self.recent.iter().map(|(value, _)| value));
    }
}
