//! The memory of the tables at one moment.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::percentile::nearest_rank;
use crate::table::Table;
use crate::tables::Tables;

/// The most entities of a table that are sampled.
pub(super) const SAMPLE: usize = 4_096;

/// The figures of all tables, taken together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub tables: Vec<TableSnapshot>,
}

/// The figures of one table, in bytes. Sums are scaled up from the sampled entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSnapshot {
    pub table: String,
    pub events: u64,
    pub entities: u64,
    /// The number of sampled entities.
    pub sampled: u64,
    /// Slots and heap of the entity at the rank; none if the table has no entities.
    pub bytes_per_entity_p50: Option<u64>,
    pub bytes_per_entity_p99: Option<u64>,
    pub stack_bytes: u64,
    pub heap_bytes: u64,
    pub index_bytes: u64,
    /// The heap behind the slots of each operator, by its name.
    pub operators: Vec<(&'static str, u64)>,
}

impl Snapshot {
    pub(super) fn new(tables: &Tables<'_>) -> Self {
        Self { tables: tables.iter().map(TableSnapshot::new).collect() }
    }
}

impl TableSnapshot {
    fn new(table: &Table<'_>) -> Self {
        let spec = table.spec();
        let audit = table.audit(table.entities().div_ceil(SAMPLE));
        let (entities, sampled) = (table.entities() as u64, audit.entities.len() as u64);
        let stack = table.stack_per_entity();
        let rank = |percent| nearest_rank(&audit.entities, percent).map(|heap| stack + heap);
        let mut operators = BTreeMap::<_, u64>::new();
        for (feature, found) in spec.features.iter().zip(&audit.features) {
            *operators.entry(feature.op.name()).or_default() += found.heap;
        }
        let scaled = |bytes| scaled(bytes, entities, sampled);
        Self {
            table: spec.name.clone(),
            events: table.events(),
            entities,
            sampled,
            bytes_per_entity_p50: rank(50),
            bytes_per_entity_p99: rank(99),
            stack_bytes: stack * entities,
            heap_bytes: scaled(audit.heap()),
            index_bytes: table.index().bytes(),
            operators: operators.into_iter().map(|(name, heap)| (name, scaled(heap))).collect(),
        }
    }
}

/// Scales the bytes of some entities up to all.
fn scaled(bytes: u64, entities: u64, sampled: u64) -> u64 {
    let all = u128::from(bytes) * u128::from(entities) / u128::from(sampled.max(1));
    u64::try_from(all).unwrap_or(u64::MAX)
}

/// The latest snapshot. Both sides hold the lock only to exchange or copy a pointer.
#[derive(Clone, Debug)]
pub struct Published(Arc<RwLock<Arc<Snapshot>>>);

impl Published {
    pub(super) fn new(snapshot: Snapshot) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(snapshot))))
    }

    #[must_use]
    pub fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn publish(&self, snapshot: Snapshot) {
        let snapshot = Arc::new(snapshot);
        let mut place = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *place, snapshot);
        drop(place);
        // Freed here, if nobody renders it, when the lock is no longer held.
        drop(before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_scaled_to_all_entities() {
        assert_eq!(scaled(300, 10, 3), 1_000);
        assert_eq!(scaled(300, 3, 3), 300);
        assert_eq!(scaled(0, 0, 0), 0);
        assert_eq!(scaled(u64::MAX, 2, 1), u64::MAX);
    }
}
