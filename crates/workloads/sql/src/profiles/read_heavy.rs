//! Mostly reads by primary key, some inserts.

use crate::random::Random;
use crate::script::Script;
use crate::{Load, Phase, Profile, Registration, WorkItem, table};

inventory::submit! {
    Registration {
        name: NAME,
        about: "90 % SELECT by id, 10 % INSERT, on a seeded table",
        new: |load| Box::new(ReadHeavy::new(load)),
    }
}

const NAME: &str = "read-heavy";

/// One statement in this many inserts; the others read a seeded row.
const INSERT_EVERY: u64 = 10;

/// Nine reads of a random seeded row, then one insert, and again.
#[derive(Debug)]
pub struct ReadHeavy {
    script: Script,
    random: Random,
    seed_rows: u64,
}

impl ReadHeavy {
    /// The profile for `load`. At least one row is seeded: there must be something to read.
    pub fn new(load: Load) -> Self {
        let load = load.seed_rows(load.seed_rows.max(1));
        Self {
            script: Script::new(load),
            random: Random::new(load.seed),
            seed_rows: load.seed_rows,
        }
    }
}

impl Profile for ReadHeavy {
    fn name(&self) -> &'static str {
        NAME
    }

    fn next_batch(&mut self, connections: usize) -> (Phase, Vec<Vec<WorkItem>>) {
        self.script.next_batch(connections, |n| {
            if n % INSERT_EVERY == INSERT_EVERY - 1 {
                table::insert(self.seed_rows + n)
            } else {
                table::select(self.random.below(self.seed_rows))
            }
        })
    }
}
