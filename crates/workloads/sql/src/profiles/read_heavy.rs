//! Mostly reads by primary key, some inserts.

use crate::blend::Blend;
use crate::{Load, Phase, Profile, Registration, WorkItem};

inventory::submit! {
    Registration {
        name: NAME,
        about: "90 % SELECT by id, 10 % INSERT, on a seeded table",
        new: |load| Box::new(ReadHeavy::new(load)),
    }
}

const NAME: &str = "read-heavy";

/// One statement in this many inserts; the rest read.
const INSERT_EVERY: u64 = 10;

/// Nine reads of a random seeded row, then one insert, and so on.
#[derive(Debug)]
pub struct ReadHeavy {
    blend: Blend,
}

impl ReadHeavy {
    /// Makes the profile for `load`.
    pub fn new(load: Load) -> Self {
        Self { blend: Blend::new(load, INSERT_EVERY) }
    }
}

impl Profile for ReadHeavy {
    fn name(&self) -> &'static str {
        NAME
    }

    fn next_batch(&mut self, connections: usize) -> (Phase, Vec<Vec<WorkItem>>) {
        self.blend.next_batch(connections)
    }
}
