//! Reads by primary key and inserts, in equal parts.

use crate::blend::Blend;
use crate::{Load, Phase, Profile, Registration, WorkItem};

inventory::submit! {
    Registration {
        name: NAME,
        about: "50 % SELECT by id, 50 % INSERT, on a seeded table",
        new: |load| Box::new(Mixed::new(load)),
    }
}

const NAME: &str = "mixed";

/// One statement in this many inserts; the rest read.
const INSERT_EVERY: u64 = 2;

/// A read of a random seeded row, then an insert, and so on.
#[derive(Debug)]
pub struct Mixed {
    blend: Blend,
}

impl Mixed {
    /// Makes the profile for `load`.
    pub fn new(load: Load) -> Self {
        Self { blend: Blend::new(load, INSERT_EVERY) }
    }
}

impl Profile for Mixed {
    fn name(&self) -> &'static str {
        NAME
    }

    fn next_batch(&mut self, connections: usize) -> (Phase, Vec<Vec<WorkItem>>) {
        self.blend.next_batch(connections)
    }
}
