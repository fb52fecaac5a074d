//! Edits of budget and sizes files.
//!
//! An edit replaces or inserts bytes of the text at the places that the parsed text names, and
//! leaves every other byte alone: comments, order, spacing and line endings stay. Printing a
//! changed document anew would not keep them all: `toml_edit` gathers interleaved dotted keys
//! and drops carriage returns.

mod apply;
mod change;
mod field;
mod growth;
mod line;
mod locate;
mod new;
mod text;

pub use apply::Edit;
pub use change::{FieldChange, LimitChange, TypeChange};
pub use new::{new_budget, new_sizes};
