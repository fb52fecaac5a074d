//! One table: an entity for each value of its key, and in it the state of each feature.

use hashbrown::HashMap;
use hashbrown::hash_map::EntryRef;
use rustc_hash::FxBuildHasher;

use crate::audit::Audit;
use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::Feature;
use crate::op::AggOp;
use crate::pipeline::TableSpec;
use crate::value::Value;

/// The entities of a table. Besides them it allocates their map and the keys.
#[derive(Debug)]
pub struct Table<'p> {
    spec: &'p TableSpec,
    entities: HashMap<Box<str>, Box<[AggOp]>, FxBuildHasher>,
    events: u64,
}

/// Returns the slots of a new entity. A function of its own, so that a profile tells them from the map.
fn fresh(features: &[Feature]) -> Box<[AggOp]> {
    features.iter().map(AggOp::new).collect()
}

impl<'p> Table<'p> {
    pub(crate) fn new(spec: &'p TableSpec) -> Self {
        Self { spec, entities: HashMap::default(), events: 0 }
    }

    /// Takes in an event of the table's kind. Without a string as key it is ignored.
    pub(crate) fn ingest(&mut self, event: &Event<'_>) {
        let Some(Value::Str(key)) = event.values.get(self.spec.key) else {
            return;
        };
        let features = &self.spec.features;
        let slots = match self.entities.entry_ref(&**key) {
            EntryRef::Occupied(entity) => entity.into_mut(),
            EntryRef::Vacant(place) => place.insert_with_key(key.clone(), fresh(features)),
        };
        for (slot, feature) in slots.iter_mut().zip(features) {
            slot.update(feature, event);
        }
        self.events += 1;
    }

    #[must_use]
    pub fn spec(&self) -> &'p TableSpec {
        self.spec
    }

    /// Returns the number of events that it has taken in.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Returns the number of its entities: the distinct values of the key.
    #[must_use]
    pub fn entities(&self) -> usize {
        self.entities.len()
    }

    /// Returns each entity's key and slots, a slot for each feature, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[AggOp])> {
        self.entities.iter().map(|(key, slots)| (&**key, &**slots))
    }

    /// Returns the bytes of an entity's slots, the same for all.
    #[must_use]
    pub fn stack_per_entity(&self) -> u64 {
        (self.spec.features.len() * size_of::<AggOp>()) as u64
    }

    /// Adds up the heap of every `stride`-th entity; 1 takes all.
    #[must_use]
    pub fn audit(&self, stride: usize) -> Audit {
        Audit::new(self.spec.features.len(), self.entities.values().step_by(stride.max(1)))
    }

    /// Returns the memory for finding entities: the table itself, its map and its keys.
    #[must_use]
    pub fn index(&self) -> Parts {
        let mut parts = Parts::default();
        parts.add("table", size_of::<Self>());
        parts.add("map", self.entities.allocation_size());
        parts.add("keys", self.entities.keys().map(|key| key.len()).sum());
        parts
    }
}
