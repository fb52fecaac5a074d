//! The one table of every profile, and the statements on it.

use turso::Value;

use crate::{Effect, Sql, WorkItem};

static CREATE: Sql = Sql {
    text: "CREATE TABLE bench (id INTEGER PRIMARY KEY, data TEXT NOT NULL, value REAL)",
    bind: |_| Vec::new(),
    effect: Effect::Schema,
};

static INSERT: Sql = Sql {
    text: "INSERT INTO bench (id, data, value) VALUES (?, ?, ?)",
    bind: row,
    effect: Effect::Writes,
};

static SELECT: Sql = Sql {
    text: "SELECT id, data, value FROM bench WHERE id = ?",
    bind: |id| vec![Value::Integer(id)],
    effect: Effect::Reads,
};

/// Counts the rows of the table.
pub(crate) const COUNT: &str = "SELECT COUNT(*) FROM bench";

/// Creates the table.
pub(crate) fn create() -> WorkItem {
    WorkItem { sql: &CREATE, key: 0, rows: 0 }
}

/// Inserts row `id`.
pub(crate) fn insert(id: u64) -> WorkItem {
    WorkItem { sql: &INSERT, key: id.cast_signed(), rows: 1 }
}

/// Reads row `id`, which must be there.
pub(crate) fn select(id: u64) -> WorkItem {
    WorkItem { sql: &SELECT, key: id.cast_signed(), rows: 1 }
}

/// Returns the text of row `id`: the word that patterns look for, and the id in decimal.
pub(crate) fn text(id: i64) -> String {
    format!("data_{id}")
}

#[expect(clippy::cast_precision_loss, reason = "ids are far below 2^52")]
fn row(id: i64) -> Vec<Value> {
    vec![Value::Integer(id), Value::Text(text(id)), Value::Real(id as f64 * 1.1)]
}
