//! Heap bytes behind slots, added up by entity, by feature and by data structure.

use crate::breakdown::{Footprint, Parts};
use crate::op::AggOp;

/// The heap behind the slots of some entities.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// Each entity's heap bytes, ascending.
    pub entities: Vec<u64>,
    /// The heap by feature, in the table's order.
    pub features: Vec<FeatureAudit>,
}

/// The heap behind the slots of one feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeatureAudit {
    pub parts: Parts,
    pub heap: u64,
    /// The bytes behind the slot that has the least.
    pub least: u64,
}

impl Audit {
    pub(crate) fn new<'a>(
        features: usize,
        entities: impl Iterator<Item = &'a Box<[AggOp]>>,
    ) -> Self {
        let mut audit =
            Self { entities: Vec::new(), features: vec![FeatureAudit::default(); features] };
        for slots in entities {
            audit.add(slots);
        }
        audit.entities.sort_unstable();
        audit
    }

    fn add(&mut self, slots: &[AggOp]) {
        let first = self.entities.is_empty();
        let features = self.features.iter_mut().zip(slots);
        self.entities.push(features.map(|(feature, slot)| feature.add(slot, first)).sum());
    }

    /// Returns the heap of all entities.
    #[must_use]
    pub fn heap(&self) -> u64 {
        self.entities.iter().sum()
    }
}

impl FeatureAudit {
    fn add(&mut self, slot: &AggOp, first: bool) -> u64 {
        slot.add_to(&mut self.parts);
        let found = self.parts.bytes() - self.heap;
        self.heap += found;
        self.least = if first { found } else { self.least.min(found) };
        found
    }
}
