//! The types of an entity's events, and their shares.

use smallvec::SmallVec;

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::Feature;
use crate::op::State;
use crate::output::Output;

/// Up to so many types are counted one by one.
const MOST: usize = 64;

/// The share of the latest event's type; all types after the first 64 are one.
#[derive(Clone, Debug, Default)]
pub struct EventTypeMix {
    /// Each type's fingerprint and count, in the order in which they came.
    types: SmallVec<[(u64, u64); 6]>,
    total: u64,
    other: u64,
    last: u64,
}

impl EventTypeMix {
    fn add(&mut self, kind: u64) {
        self.total += 1;
        self.last = kind;
        if let Some((_, count)) = self.types.iter_mut().find(|(held, _)| *held == kind) {
            *count += 1;
        } else if self.types.len() < MOST {
            self.types.push((kind, 1));
        } else {
            self.other += 1;
        }
    }
}

impl State for EventTypeMix {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(fingerprint) = feature.fingerprint(event) {
            self.add(fingerprint);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        let counted = self.types.iter().find(|(kind, _)| *kind == self.last);
        let count = counted.map_or(self.other, |(_, count)| *count);
        (self.total > 0).then(|| count as f64 / self.total as f64).into()
    }

    fn heap(&self, parts: &mut Parts) {
        parts.small("types", &self.types);
    }
}
