//! INSERT alone, into an empty table.

use crate::script::Script;
use crate::{Load, Phase, Profile, Registration, WorkItem, table};

inventory::submit! {
    Registration {
        name: NAME,
        about: "100 % INSERT into an empty table",
        new: |load| Box::new(InsertHeavy::new(load)),
    }
}

const NAME: &str = "insert-heavy";

/// Every statement inserts one row, ids from 0 up. `seed_rows` does not apply.
#[derive(Debug)]
pub struct InsertHeavy {
    script: Script,
}

impl InsertHeavy {
    /// Makes the profile for `load`.
    pub fn new(load: Load) -> Self {
        Self { script: Script::new(load.seed_rows(0)) }
    }
}

impl Profile for InsertHeavy {
    fn name(&self) -> &'static str {
        NAME
    }

    fn next_batch(&mut self, connections: usize) -> (Phase, Vec<Vec<WorkItem>>) {
        self.script.next_batch(connections, table::insert)
    }
}
