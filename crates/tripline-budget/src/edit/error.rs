//! The reasons for which an edit is refused.

use thiserror::Error;

use crate::text::Problems;

/// The reasons for which an edit is refused. The text is then as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EditError {
    /// The edited text would not parse, and shows where.
    #[error(transparent)]
    Problems(#[from] Problems),
    #[error("`{key}` does not stand in {section}")]
    NotThere { key: String, section: String },
    #[error("`{key}` already stands in {section}")]
    AlreadyThere { key: String, section: String },
    #[error("`{key}` has a ceiling of {ceiling}, below {value}: no tool raises a ceiling")]
    AboveCeiling { key: String, value: u64, ceiling: u64 },
}
