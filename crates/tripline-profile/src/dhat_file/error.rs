//! The error of a profile that cannot be read.

use std::io;

use thiserror::Error;

/// A profile that cannot be read. Its source names the fault.
#[derive(Debug, Error)]
#[error("failed to read {file}")]
pub struct ProfileError {
    /// The path as the caller gave it.
    pub file: String,
    #[source]
    pub kind: ProfileErrorKind,
}

/// The fault of a profile. Offsets count bytes from the file's start.
#[derive(Debug, Error)]
pub enum ProfileErrorKind {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("at byte {offset}: expected {expected}, found {found}")]
    Syntax { offset: u64, expected: &'static str, found: String },
    #[error(
        "at byte {offset}: the file ends where {expected} should follow: was the program killed while it wrote?"
    )]
    Truncated { offset: u64, expected: &'static str },
    #[error("at byte {offset}: {what} is larger than {limit}")]
    TooLarge { offset: u64, what: &'static str, limit: u64 },
    #[error("at byte {offset}: `{key}` stands twice in one object")]
    Duplicate { offset: u64, key: &'static str },
    #[error("at byte {offset}: the object that ends here has no `{key}`")]
    Missing { offset: u64, key: &'static str },
    #[error("at byte {offset}: frame {index} does not exist: `ftbl` holds {frames}")]
    Frame { offset: u64, index: u64, frames: usize },
    #[error("not a DHAT profile: its outermost object has no `dhatFileVersion`")]
    Foreign,
    #[error("at byte {offset}: version {version} of the DHAT format, where only 2 is known")]
    Version { offset: u64, version: u64 },
    #[error(
        "at byte {offset}: a profile of mode `{mode}` counts no heap blocks; heap profiles say `rust-heap` (dhat-rs) or `heap` (valgrind)"
    )]
    Mode { offset: u64, mode: String },
    #[error(
        "at byte {offset}: a heap profile without the lifetimes of its blocks (`bklt` is false) has no peak and no end"
    )]
    NoLifetimes { offset: u64 },
    #[error("the file changed between two passes over it")]
    Changed,
}

pub(crate) type Result<T, E = ProfileErrorKind> = std::result::Result<T, E>;
