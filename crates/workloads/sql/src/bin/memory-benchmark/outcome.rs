//! The findings of a measured process, passed back as JSON.

use serde::{Deserialize, Serialize};
use workload_sql::Tally;

/// The findings of one pass.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) work: Work,
    pub(crate) found: Found,
}

/// The figures of the pass.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Found {
    Rss(Resident),
    Heap(HeapFigures),
}

/// The resident set over time, and the files at the end.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Resident {
    /// The first before the database is opened, the last while it is still open.
    pub(crate) snapshots: Vec<Snapshot>,
    pub(crate) peak_bytes: u64,
    pub(crate) db_file_bytes: u64,
    pub(crate) wal_file_bytes: Option<u64>,
    pub(crate) log_file_bytes: Option<u64>,
}

/// The resident set at one moment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) rss_bytes: u64,
    pub(crate) phase: Stage,
    pub(crate) elapsed_ms: u64,
}

/// The phase of a snapshot. The first of each phase is its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Stage {
    /// Before the database is opened.
    Baseline,
    /// Opened; then after each set-up batch.
    Setup,
    /// Before the first run batch; then after each.
    Run,
    /// Everything done, the database still open.
    Done,
}

/// dhat's figures from the opening of the database on.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct HeapFigures {
    /// Live at the end, the database still open.
    pub(crate) current_bytes: u64,
    pub(crate) peak_bytes: u64,
    pub(crate) total_blocks: u64,
    pub(crate) total_bytes: u64,
}

/// The work that the engine acknowledged.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Work {
    pub(crate) rows_written: u64,
    pub(crate) rows_read: u64,
    pub(crate) retries: u64,
}

impl From<Tally> for Work {
    fn from(tally: Tally) -> Self {
        Self {
            rows_written: tally.rows_written,
            rows_read: tally.rows_read,
            retries: tally.retries,
        }
    }
}
