//! The errors of a run, each with the step or statement that failed.

use std::path::PathBuf;

use crate::Mode;

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A run that failed, or that did the wrong work.
///
/// Drop a bench that has returned one: a transaction may still be open.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The engine refused a step.
    #[error("failed to {doing}")]
    Engine {
        /// The step that failed.
        doing: &'static str,
        /// The engine's error.
        #[source]
        source: turso::Error,
    },
    /// A statement failed.
    #[error("failed to run `{sql}` with key {key}")]
    Statement {
        /// The statement's text.
        sql: &'static str,
        /// The key that was bound.
        key: i64,
        /// The engine's error.
        #[source]
        source: turso::Error,
    },
    /// A statement wrote or returned another number of rows than its profile promised.
    #[error("`{sql}` with key {key} must touch {expected} rows, but touched {actual}")]
    Rows {
        /// The statement's text.
        sql: &'static str,
        /// The key that was bound.
        key: i64,
        /// Rows that the profile promised.
        expected: u64,
        /// Rows that the engine touched.
        actual: u64,
    },
    /// The table does not hold the rows that were written.
    #[error("the table must hold {expected} rows, but holds {actual}")]
    Stored {
        /// Rows that the engine acknowledged.
        expected: u64,
        /// Rows that it returned.
        actual: u64,
    },
    /// The engine took the journal mode without an error, but did not set it.
    #[error("the journal mode must be {expected}, but is {actual}")]
    Mode {
        /// The mode that was set.
        expected: Mode,
        /// The mode that the engine reads back.
        actual: String,
    },
    /// The engine takes paths as text.
    #[error("{} is not UTF-8, and the engine takes no other paths", .0.display())]
    Path(PathBuf),
    /// There is no connection to run on.
    #[error("a bench needs at least one connection")]
    NoConnections,
    /// A profile's first run batch held work, so set-up and run cannot be told apart.
    #[error("profile {profile} must mark the end of its set-up with an empty batch")]
    Unmarked {
        /// The profile's name.
        profile: &'static str,
    },
    /// A run batch had more transactions than there are connections.
    #[error("profile {profile} made {lists} transactions for {connections} connections")]
    Lists {
        /// The profile's name.
        profile: &'static str,
        /// The transactions of the batch.
        lists: usize,
        /// The connections of the bench.
        connections: usize,
    },
    /// A connection's task panicked or was cancelled.
    #[error("a connection's task did not finish")]
    Task(#[from] tokio::task::JoinError),
}

impl Error {
    /// Wraps the engine's error with the step that failed.
    pub(crate) fn engine(doing: &'static str) -> impl FnOnce(turso::Error) -> Self {
        move |source| Self::Engine { doing, source }
    }

    /// Returns `true` if the transaction read a snapshot that another's commit has made stale.
    pub(crate) fn is_stale(&self) -> bool {
        matches!(self, Self::Statement { source: turso::Error::BusySnapshot(_), .. })
    }
}
