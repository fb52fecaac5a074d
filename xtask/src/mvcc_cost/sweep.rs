//! The loads that are measured, in two sweeps.
//!
//! Rows grow at a fixed number of connections, connections at a fixed number of rows in all. So in the
//! second sweep the same rows are written by the same number of transactions, and only the number of
//! transactions that are open at one time changes.

use std::fmt;

use crate::mvcc_cost::figures::SweepPoint;

/// A journal mode, by `memory-benchmark`'s name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JournalMode {
    Wal,
    Mvcc,
}

/// One load in one mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct InsertLoad {
    pub(super) mode: JournalMode,
    /// In all, over all connections.
    pub(super) rows: u64,
    pub(super) connections: u64,
}

/// The dimension of a load that one sweep varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sweep {
    Rows,
    Connections,
}

/// Rows a transaction. The benchmark connects anew for each transaction.
pub(super) const BATCH: u64 = 50;
pub(super) const WORKLOAD: &str = "insert-heavy";

const ROWS: [u64; 4] = [1_000, 2_000, 4_000, 8_000];
const CONNECTIONS: [u64; 4] = [1, 2, 4, 8];
/// The load in which the two sweeps cross: measured once, shown in both.
pub(super) const FIXED_ROWS: u64 = 4_000;
pub(super) const FIXED_CONNECTIONS: u64 = 4;

impl JournalMode {
    pub(super) const ALL: [Self; 2] = [Self::Wal, Self::Mvcc];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Wal => "wal",
            Self::Mvcc => "mvcc",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Wal => "WAL",
            Self::Mvcc => "MVCC",
        }
    }
}

impl InsertLoad {
    /// Returns the number of transactions on each connection.
    pub(super) fn iterations(&self) -> u64 {
        self.rows / (self.connections * BATCH)
    }
}

impl fmt::Display for InsertLoad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mode, rows, connections } = self;
        let plural = if *connections == 1 { "" } else { "s" };
        write!(f, "{}, {rows} rows, {connections} connection{plural}", mode.title())
    }
}

impl Sweep {
    pub(super) const ALL: [Self; 2] = [Self::Rows, Self::Connections];

    /// Returns the word for one more of what the sweep varies.
    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::Rows => "row",
            Self::Connections => "connection",
        }
    }

    /// Returns the size of `load` that the sweep varies.
    pub(super) fn size(self, load: &InsertLoad) -> u64 {
        match self {
            Self::Rows => load.rows,
            Self::Connections => load.connections,
        }
    }

    /// Returns the points of this sweep, by mode and then by size.
    pub(super) fn of(self, points: &[SweepPoint]) -> Vec<&SweepPoint> {
        let mut members: Vec<_> = points.iter().filter(|point| self.has(&point.load)).collect();
        let key =
            |point: &&SweepPoint| (point.load.mode == JournalMode::Mvcc, self.size(&point.load));
        members.sort_by_key(key);
        members
    }

    fn has(self, load: &InsertLoad) -> bool {
        match self {
            Self::Rows => load.connections == FIXED_CONNECTIONS,
            Self::Connections => load.rows == FIXED_ROWS,
        }
    }
}

/// Returns every load, each once.
pub(super) fn loads() -> Vec<InsertLoad> {
    let by_rows = ROWS.map(|rows| (rows, FIXED_CONNECTIONS));
    let by_connections = CONNECTIONS.map(|connections| (FIXED_ROWS, connections));
    let mut loads: Vec<InsertLoad> = Vec::new();
    for mode in JournalMode::ALL {
        for (rows, connections) in by_rows.into_iter().chain(by_connections) {
            let load = InsertLoad { mode, rows, connections };
            if !loads.contains(&load) {
                loads.push(load);
            }
        }
    }
    loads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_load_is_measured_twice_and_each_writes_exactly_its_rows() {
        let loads = loads();
        assert_eq!(loads.len(), 2 * (ROWS.len() + CONNECTIONS.len() - 1));
        for load in loads {
            assert_eq!(load.iterations() * load.connections * BATCH, load.rows, "{load}");
        }
    }
}
