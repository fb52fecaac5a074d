//! The lowest and the highest number.

use std::cmp::Ordering;

use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;
use crate::value::Value;

/// The most extreme value, as it came, and the time when it came first.
#[derive(Clone, Debug, Default)]
struct Extreme {
    value: Option<Value>,
    at: u64,
}

impl Extreme {
    fn offer(&mut self, value: &Value, at: u64, wanted: Ordering) {
        if self.value.as_ref().is_none_or(|held| compare(value, held) == wanted) {
            self.value = Some(value.clone());
            self.at = at;
        }
    }

    fn update(&mut self, feature: &Feature, event: &Event<'_>, wanted: Ordering) {
        if let Some(value) = feature.value(event).filter(|value| value.number().is_some()) {
            self.offer(value, event.at, wanted);
        }
    }

    fn merge(&mut self, later: &Self, wanted: Ordering) {
        if let Some(value) = &later.value {
            self.offer(value, later.at, wanted);
        }
    }

    fn at(&self) -> Option<u64> {
        self.value.is_some().then_some(self.at)
    }
}

/// Compares integers as such: a float holds no more than 53 bits of one.
fn compare(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::I64(left), Value::I64(right)) => left.cmp(right),
        _ => left.number().partial_cmp(&right.number()).unwrap_or(Ordering::Equal),
    }
}

macro_rules! extreme {
    ($(#[$doc:meta])* $name:ident, $wanted:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default)]
        pub struct $name(Extreme);

        impl $name {
            /// Returns the time when it came first.
            #[must_use]
            pub fn at(&self) -> Option<u64> {
                self.0.at()
            }

            pub(crate) fn merge(&mut self, later: &Self) {
                self.0.merge(&later.0, $wanted);
            }
        }

        impl State for $name {
            fn update(&mut self, feature: &Feature, event: &Event<'_>) {
                self.0.update(feature, event, $wanted);
            }

            fn output(&self, _: &Feature, _: u64) -> Output {
                self.0.value.as_ref().into()
            }
        }
    };
}

extreme!(
    /// The lowest number.
    Min,
    Ordering::Less
);
extreme!(
    /// The highest number.
    Max,
    Ordering::Greater
);
