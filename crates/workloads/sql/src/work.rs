//! One statement of a plan, and the rows that it must touch.

use turso::Value;

/// A statement's text, and a function that makes its parameters. Declared once, in a `static`.
#[derive(Debug)]
pub struct Sql {
    /// The text. It is prepared anew for every item, as a client without a cache does.
    pub text: &'static str,
    /// Makes the parameters for an item's key. Called when the item runs and not before, so that
    /// a waiting plan holds no values.
    pub bind: fn(i64) -> Vec<Value>,
    /// The statement's effect, which decides which rows are counted.
    pub effect: Effect,
}

/// The effect of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Changes the schema; no rows are counted.
    Schema,
    /// Changes rows; the engine's count of changed rows is compared.
    Writes,
    /// Returns rows; they are read to the end, counted and dropped.
    Reads,
}

/// One statement to run: 24 B, nothing on the heap.
#[derive(Debug, Clone, Copy)]
pub struct WorkItem {
    /// The statement to run.
    pub sql: &'static Sql,
    /// The key to bind: a row's id, a pattern's number.
    pub key: i64,
    /// Rows that it must change or return; anything else is an error.
    pub rows: u64,
}
