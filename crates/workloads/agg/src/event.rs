//! Events: the values that an entity sends, and the time.

use crate::value::Value;

/// One event. The schema of its kind gives the order of the values.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// Milliseconds since 1970; never less than that of the event before.
    pub at: u64,
    /// The values, in the schema's order.
    pub values: &'a [Value],
}
