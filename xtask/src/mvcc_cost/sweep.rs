//! Which loads are measured.
//!
//! Rows grow at a fixed number of connections, connections at a fixed number of rows in all. So in the
//! second sweep the same rows are written by the same number of transactions, and what changes is how
//! many of them are open at one time.

use std::fmt;

use crate::mvcc_cost::figure::Point;

/// A journal mode, by `memory-benchmark`'s name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Wal,
    Mvcc,
}

/// One load in one mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) mode: Mode,
    /// In all, over all connections.
    pub(super) rows: u64,
    pub(super) connections: u64,
}

/// Rows a transaction. The benchmark connects anew for each transaction.
pub(super) const BATCH: u64 = 50;
pub(super) const WORKLOAD: &str = "insert-heavy";

const ROWS: [u64; 4] = [1_000, 2_000, 4_000, 8_000];
const CONNECTIONS: [u64; 4] = [1, 2, 4, 8];
/// Where the two sweeps cross: measured once, shown in both.
pub(super) const FIXED_ROWS: u64 = 4_000;
pub(super) const FIXED_CONNECTIONS: u64 = 4;

impl Mode {
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

impl Job {
    /// Transactions on each connection.
    pub(super) fn iterations(&self) -> u64 {
        self.rows / (self.connections * BATCH)
    }
}

impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mode, rows, connections } = self;
        let plural = if *connections == 1 { "" } else { "s" };
        write!(f, "{}, {rows} rows, {connections} connection{plural}", mode.title())
    }
}

/// Every job, each once.
pub(super) fn jobs() -> Vec<Job> {
    let by_rows = ROWS.map(|rows| (rows, FIXED_CONNECTIONS));
    let by_connections = CONNECTIONS.map(|connections| (FIXED_ROWS, connections));
    let mut jobs: Vec<Job> = Vec::new();
    for mode in Mode::ALL {
        for (rows, connections) in by_rows.into_iter().chain(by_connections) {
            let job = Job { mode, rows, connections };
            if !jobs.contains(&job) {
                jobs.push(job);
            }
        }
    }
    jobs
}

/// The points of the first sweep, by mode and then by rows.
pub(super) fn by_rows(points: &[Point]) -> Vec<&Point> {
    sorted(points, |job| job.connections == FIXED_CONNECTIONS, |job| job.rows)
}

/// The points of the second sweep, by mode and then by connections.
pub(super) fn by_connections(points: &[Point]) -> Vec<&Point> {
    sorted(points, |job| job.rows == FIXED_ROWS, |job| job.connections)
}

fn sorted(points: &[Point], belongs: fn(&Job) -> bool, place: fn(&Job) -> u64) -> Vec<&Point> {
    let mut chosen: Vec<_> = points.iter().filter(|point| belongs(&point.job)).collect();
    chosen.sort_by_key(|point| (point.job.mode.name() == "mvcc", place(&point.job)));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_job_is_measured_twice_and_each_writes_exactly_its_rows() {
        let jobs = jobs();
        assert_eq!(jobs.len(), 2 * (ROWS.len() + CONNECTIONS.len() - 1));
        for job in jobs {
            assert_eq!(job.iterations() * job.connections * BATCH, job.rows, "{job}");
        }
    }
}
