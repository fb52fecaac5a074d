//! Full scans with LIKE, and nothing else.

use turso::Value;

use crate::random::Random;
use crate::script::Script;
use crate::{Effect, Load, Phase, Profile, Registration, Sql, WorkItem, table};

inventory::submit! {
    Registration {
        name: NAME,
        about: "100 % full scans with LIKE over a seeded table",
        new: |load| Box::new(ScanHeavy::new(load)),
    }
}

const NAME: &str = "scan-heavy";

/// A leading `%` rules an index out: the engine reads every row.
static SCAN: Sql = Sql {
    text: "SELECT id, data, value FROM bench WHERE data LIKE ?",
    bind: |number| vec![Value::Text(format!("%{}%", table::text(number)))],
    effect: Effect::Reads,
};

/// Every statement scans the table for a random seeded row's text, which also matches the
/// rows whose number continues it: `data_12` finds 12, 120 to 129, 1200 to 1299, …
#[derive(Debug)]
pub struct ScanHeavy {
    script: Script,
    random: Random,
    seed_rows: u64,
}

impl ScanHeavy {
    /// Makes the profile for `load`. Seeds at least one row: there must be something to find.
    pub fn new(load: Load) -> Self {
        let load = load.seed_rows(load.seed_rows.max(1));
        Self {
            script: Script::new(load),
            random: Random::new(load.seed),
            seed_rows: load.seed_rows,
        }
    }
}

impl Profile for ScanHeavy {
    fn name(&self) -> &'static str {
        NAME
    }

    fn next_batch(&mut self, connections: usize) -> (Phase, Vec<Vec<WorkItem>>) {
        self.script.next_batch(connections, |_| {
            let number = self.random.below(self.seed_rows);
            WorkItem {
                sql: &SCAN,
                key: number.cast_signed(),
                rows: matches(number, self.seed_rows),
            }
        })
    }
}

/// Counts the numbers below `rows` that begin with the digits of `number`.
fn matches(number: u64, rows: u64) -> u64 {
    if number == 0 {
        // No other number is written with a leading zero.
        return rows.min(1);
    }
    let (mut from, mut to, mut found) = (number, number + 1, 0);
    while from < rows {
        found += to.min(rows) - from;
        (from, to) = (from * 10, to * 10);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_are_those_of_a_search_by_hand() {
        for rows in [1, 9, 10, 11, 100, 1_234] {
            for number in 0..rows {
                let digits = number.to_string();
                let by_hand = (0..rows).filter(|row| row.to_string().starts_with(&digits));
                assert_eq!(matches(number, rows), by_hand.count() as u64);
            }
        }
    }
}
