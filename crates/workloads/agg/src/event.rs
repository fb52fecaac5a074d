//! What happened, to whom and when.

use crate::value::Value;

/// One event of a kind whose schema says which value stands where.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// Milliseconds since 1970; never less than that of the event before.
    pub at: u64,
    /// In the schema's order.
    pub values: &'a [Value],
}
