//! The first values and the last.

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;
use crate::value::Value;

/// The first value, and its time.
#[derive(Clone, Debug, Default)]
pub struct First {
    value: Option<Value>,
    at: u64,
}

/// The latest value, and its time.
#[derive(Clone, Debug, Default)]
pub struct Last {
    value: Option<Value>,
    at: u64,
}

/// The first n values, and the number of all.
#[derive(Clone, Debug, Default)]
pub struct FirstN {
    values: Vec<Value>,
    seen: u64,
}

impl First {
    #[must_use]
    pub fn at(&self) -> Option<u64> {
        self.value.is_some().then_some(self.at)
    }
}

impl Last {
    #[must_use]
    pub fn at(&self) -> Option<u64> {
        self.value.is_some().then_some(self.at)
    }
}

impl FirstN {
    /// Returns the number of values, kept or not.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.seen
    }
}

impl State for First {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if self.value.is_none() {
            self.value = feature.value(event).cloned();
            self.at = event.at;
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.value.as_ref().into()
    }

    fn heap(&self, parts: &mut Parts) {
        parts.values(&self.value);
    }
}

impl State for Last {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(value) = feature.value(event) {
            self.value = Some(value.clone());
            self.at = event.at;
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.value.as_ref().into()
    }

    fn heap(&self, parts: &mut Parts) {
        parts.values(&self.value);
    }
}

impl State for FirstN {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(value) = feature.value(event) {
            self.seen += 1;
            if self.values.len() < feature.op.n() {
                self.values.push(value.clone());
            }
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        Output::list(&self.values)
    }

    fn heap(&self, parts: &mut Parts) {
        parts.vec("values", &self.values);
        parts.values(&self.values);
    }
}
