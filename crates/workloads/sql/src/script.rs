//! The common part of every profile: the schema, the seed, the mark, then the iterations.

use crate::{Load, Phase, WorkItem, table};

/// Rows per transaction while seeding.
const SEED_BATCH: u64 = 500;

/// A profile's position in its life.
#[derive(Debug)]
pub(crate) struct Script {
    load: Load,
    stage: Stage,
    /// Items of the run handed out so far. The next item has this number.
    items: u64,
}

/// The kind of the next batch.
#[derive(Debug, Clone, Copy)]
enum Stage {
    Schema,
    Seed { from: u64 },
    Mark,
    Run { iteration: u64 },
}

impl Script {
    /// Begins `load` with the schema. `load.seed_rows` of 0 seeds nothing.
    pub(crate) fn new(load: Load) -> Self {
        Self { load, stage: Stage::Schema, items: 0 }
    }

    /// Returns the next batch. `item` makes the items of the run: it is called with 0, 1, 2, … and
    /// must return an item that no other number's item conflicts with.
    pub(crate) fn next_batch(
        &mut self,
        connections: usize,
        item: impl FnMut(u64) -> WorkItem,
    ) -> (Phase, Vec<Vec<WorkItem>>) {
        match self.stage {
            Stage::Schema => {
                self.stage = self.seed_from(0);
                (Phase::Setup, vec![vec![table::create()]])
            }
            Stage::Seed { from } => {
                let to = self.load.seed_rows.min(from + SEED_BATCH);
                self.stage = self.seed_from(to);
                (Phase::Setup, vec![(from..to).map(table::insert).collect()])
            }
            Stage::Mark => {
                self.stage = Stage::Run { iteration: 0 };
                (Phase::Run, Vec::new())
            }
            Stage::Run { iteration } if iteration == self.load.iterations => {
                (Phase::Done, Vec::new())
            }
            Stage::Run { iteration } => {
                self.stage = Stage::Run { iteration: iteration + 1 };
                (Phase::Run, self.transactions(connections, item))
            }
        }
    }

    fn seed_from(&self, from: u64) -> Stage {
        if from < self.load.seed_rows { Stage::Seed { from } } else { Stage::Mark }
    }

    fn transactions(
        &mut self,
        connections: usize,
        mut item: impl FnMut(u64) -> WorkItem,
    ) -> Vec<Vec<WorkItem>> {
        let mut transaction = || {
            let first = self.items;
            self.items += self.load.batch_size;
            (first..self.items).map(&mut item).collect()
        };
        (0..connections).map(|_| transaction()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phases(load: Load, connections: usize) -> Vec<(Phase, Vec<usize>)> {
        let mut script = Script::new(load);
        let mut seen = Vec::new();
        loop {
            let (phase, lists) = script.next_batch(connections, table::insert);
            seen.push((phase, lists.iter().map(Vec::len).collect()));
            if phase == Phase::Done {
                return seen;
            }
        }
    }

    #[test]
    fn seeds_in_batches_marks_the_run_and_ends() {
        let seen = phases(Load::new(2, 3).seed_rows(501), 2);
        assert_eq!(
            seen,
            [
                (Phase::Setup, vec![1]),
                (Phase::Setup, vec![500]),
                (Phase::Setup, vec![1]),
                (Phase::Run, vec![]),
                (Phase::Run, vec![3, 3]),
                (Phase::Run, vec![3, 3]),
                (Phase::Done, vec![]),
            ]
        );
    }

    #[test]
    fn no_seed_rows_is_no_seed_batch() {
        let seen = phases(Load::new(0, 3).seed_rows(0), 2);
        assert_eq!(seen, [(Phase::Setup, vec![1]), (Phase::Run, vec![]), (Phase::Done, vec![]),]);
    }

    #[test]
    fn stays_done() {
        let mut script = Script::new(Load::new(0, 1).seed_rows(0));
        for _ in 0..3 {
            script.next_batch(1, table::insert);
        }
        assert_eq!(script.next_batch(1, table::insert).0, Phase::Done);
    }

    #[test]
    fn ids_of_connections_do_not_overlap() {
        let mut script = Script::new(Load::new(3, 5).seed_rows(0));
        let mut ids = Vec::new();
        for _ in 0..5 {
            let (phase, lists) = script.next_batch(4, table::insert);
            if phase == Phase::Run {
                ids.extend(lists.concat().iter().map(|item| item.key));
            }
        }
        assert_eq!(ids, (0..60).collect::<Vec<_>>());
    }
}
