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

/// The entities of a table. Beside them it allocates the map they are in and the keys they are found by.
#[derive(Debug)]
pub struct Table<'p> {
    spec: &'p TableSpec,
    entities: HashMap<Box<str>, Box<[AggOp]>, FxBuildHasher>,
    events: u64,
}

/// The slots of an entity of which nothing is known. A function of its own, so that a profile tells them from the map.
fn fresh(features: &[Feature]) -> Box<[AggOp]> {
    features.iter().map(AggOp::new).collect()
}

impl<'p> Table<'p> {
    pub(crate) fn new(spec: &'p TableSpec) -> Self {
        Self { spec, entities: HashMap::default(), events: 0 }
    }

    /// Takes in an event of the table's kind. One whose key is no string belongs to nobody.
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

    /// How many events it has taken in.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// How many values of the key were seen.
    #[must_use]
    pub fn entities(&self) -> usize {
        self.entities.len()
    }

    /// Each entity's key and slots, a slot for each feature, in no order that means anything.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[AggOp])> {
        self.entities.iter().map(|(key, slots)| (&**key, &**slots))
    }

    /// What an entity's slots take, the same for all.
    #[must_use]
    pub fn stack_per_entity(&self) -> u64 {
        (self.spec.features.len() * size_of::<AggOp>()) as u64
    }

    /// The heap of every `stride`-th entity, which is that of all with 1.
    #[must_use]
    pub fn audit(&self, stride: usize) -> Audit {
        Audit::new(self.spec.features.len(), self.entities.values().step_by(stride.max(1)))
    }

    /// What finding entities costs: the table itself, its map and its keys.
    #[must_use]
    pub fn index(&self) -> Parts {
        let mut parts = Parts::default();
        parts.add("table", size_of::<Self>());
        parts.add("map", self.entities.allocation_size());
        parts.add("keys", self.entities.keys().map(|key| key.len()).sum());
        parts
    }
}
