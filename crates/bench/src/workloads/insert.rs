//! The statement that every workload inserts its rows with, and the regression that can be seeded in it.

use std::hint::black_box;
use std::sync::LazyLock;

use turso::Value;
use workload_sql::{Effect, Phase, Profile, Sql, WorkItem};

/// The variable that makes each inserted row cost one more block.
pub const REGRESSED: &str = "SUITE_REGRESSED";

static WASTEFUL: LazyLock<bool> = LazyLock::new(|| std::env::var_os(REGRESSED).is_some());

static INSERT: Sql = Sql {
    text: "INSERT INTO bench (id, data, value) VALUES (?, ?, ?)",
    bind: row,
    effect: Effect::Writes,
};

#[expect(clippy::cast_precision_loss, reason = "ids are far below 2^52")]
fn row(id: i64) -> Vec<Value> {
    if *WASTEFUL {
        black_box(format!("row {id}"));
    }
    vec![Value::Integer(id), Value::Text(format!("data_{id}")), Value::Real(id as f64 * 1.1)]
}

/// A profile of `workload-sql` that inserts rows by [`INSERT`].
#[derive(Debug)]
pub(super) struct Inserting(pub(super) Box<dyn Profile>);

impl Profile for Inserting {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn next_batch(&mut self, connections: usize) -> (Phase, Vec<Vec<WorkItem>>) {
        let (phase, mut lists) = self.0.next_batch(connections);
        for item in lists.iter_mut().flatten() {
            if item.sql.effect == Effect::Writes {
                item.sql = &INSERT;
            }
        }
        (phase, lists)
    }
}
