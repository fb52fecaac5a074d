//! The journal modes, and the statement that begins a transaction in each.

use std::fmt;

/// The engine's way to keep uncommitted and recent changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write-ahead log: many readers, one writer at a time.
    Wal,
    /// Multi-version concurrency: row versions in memory, many writers at a time.
    Mvcc,
}

impl Mode {
    /// Every mode, in the order of a report.
    pub const ALL: [Self; 2] = [Self::Wal, Self::Mvcc];

    /// Returns the mode as `PRAGMA journal_mode` reads it back.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wal => "wal",
            Self::Mvcc => "mvcc",
        }
    }

    /// Returns the pragma's new value, quotes included.
    pub(crate) fn pragma_value(self) -> &'static str {
        match self {
            Self::Wal => "'wal'",
            Self::Mvcc => "'mvcc'",
        }
    }

    /// Returns the statement that begins a transaction of the run phase.
    ///
    /// `BEGIN IMMEDIATE` would spare WAL its stale snapshots, but makes the engine open a
    /// temporary database for the connection: 4 200 blocks that have nothing to do with WAL.
    pub(crate) fn begin(self) -> &'static str {
        match self {
            Self::Wal => "BEGIN",
            Self::Mvcc => "BEGIN CONCURRENT",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
