//! Reads by primary key with some inserts: the common part of two profiles.

use crate::random::Random;
use crate::script::Script;
use crate::{Load, Phase, WorkItem, table};

/// A seeded table, then `every - 1` reads of random seeded rows to one insert.
#[derive(Debug)]
pub(crate) struct Blend {
    script: Script,
    random: Random,
    seed_rows: u64,
    every: u64,
}

impl Blend {
    /// Makes one of `every` statements an insert. Seeds at least one row: there must be something
    /// to read.
    pub(crate) fn new(load: Load, every: u64) -> Self {
        let load = load.seed_rows(load.seed_rows.max(1));
        Self {
            script: Script::new(load),
            random: Random::new(load.seed),
            seed_rows: load.seed_rows,
            every,
        }
    }

    pub(crate) fn next_batch(&mut self, connections: usize) -> (Phase, Vec<Vec<WorkItem>>) {
        self.script.next_batch(connections, |n| {
            if n % self.every == self.every - 1 {
                table::insert(self.seed_rows + n)
            } else {
                table::select(self.random.below(self.seed_rows))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_keys(seed: u64, every: u64) -> Vec<i64> {
        let mut blend = Blend::new(Load { seed, ..Load::new(2, 15).seed_rows(100) }, every);
        let mut keys = Vec::new();
        loop {
            match blend.next_batch(2) {
                (Phase::Done, _) => return keys,
                (Phase::Setup, _) => {}
                (Phase::Run, lists) => keys.extend(lists.concat().iter().map(|item| item.key)),
            }
        }
    }

    #[test]
    fn inserts_come_in_their_share_and_with_new_ids() {
        for (every, inserts) in [(10, 6), (2, 30)] {
            let keys = run_keys(0, every);
            let mut new: Vec<_> = keys.iter().filter(|key| **key >= 100).collect();
            assert_eq!((keys.len(), new.len()), (60, inserts));
            new.dedup();
            assert_eq!(new.len(), inserts, "ids come up and only once");
            assert!(new.is_sorted());
        }
    }

    #[test]
    fn the_seed_alone_decides_what_is_read() {
        assert_eq!(run_keys(1, 10), run_keys(1, 10));
        assert_ne!(run_keys(1, 10), run_keys(2, 10));
    }
}
