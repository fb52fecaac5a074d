//! One statement of a plan, and what it must do.

use turso::Value;

/// A statement's text and how its parameters are made. Declared once, in a `static`.
#[derive(Debug)]
pub struct Sql {
    /// The text that is prepared, anew for every item, as a client without a cache does.
    pub text: &'static str,
    /// The parameters for an item's key. Called when the item runs and not before, so that
    /// a plan that waits to be run holds no values.
    pub bind: fn(i64) -> Vec<Value>,
    /// What the statement does, and so which rows are counted.
    pub effect: Effect,
}

/// What a statement does.
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
    /// What to run.
    pub sql: &'static Sql,
    /// What to bind: a row's id, a pattern's number.
    pub key: i64,
    /// How many rows it must change or return; anything else is an error.
    pub rows: u64,
}
