//! The work of a run, as the engine acknowledged it.

use std::ops::AddAssign;

/// Rows and statements so far. Only checked work is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Statements that ran, without transaction control.
    pub statements: u64,
    /// Transactions that ran again because their snapshot had gone stale.
    pub retries: u64,
    /// Rows inserted, seed included.
    pub rows_written: u64,
    /// Rows returned by reads and scans.
    pub rows_read: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.statements += other.statements;
        self.retries += other.retries;
        self.rows_written += other.rows_written;
        self.rows_read += other.rows_read;
    }
}
