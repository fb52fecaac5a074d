//! The report of one mode: two passes put together, in bytes.

use serde::Serialize;

use crate::job::Job;
use crate::outcome::{HeapFigures, Resident, Snapshot, Work};

/// One mode's figures. Field names are the report's keys.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) mode: String,
    pub(crate) workload: String,
    pub(crate) iterations: u32,
    pub(crate) batch_size: u32,
    pub(crate) connections: u16,
    /// Resident before the database is opened.
    pub(crate) baseline_bytes: u64,
    /// Resident at the highest.
    pub(crate) peak_bytes: u64,
    /// Resident at the end, the database still open.
    pub(crate) final_bytes: u64,
    /// The end less the baseline; below 0 when the system took pages back.
    pub(crate) net_growth_bytes: i64,
    /// The heap's figures are empty if it was not measured.
    pub(crate) heap_current_bytes: Option<u64>,
    pub(crate) heap_peak_bytes: Option<u64>,
    pub(crate) total_allocs: Option<u64>,
    pub(crate) total_bytes_allocated: Option<u64>,
    pub(crate) snapshots: Vec<Snapshot>,
    pub(crate) db_file_bytes: u64,
    /// Empty if there is no such file.
    pub(crate) wal_file_bytes: Option<u64>,
    pub(crate) log_file_bytes: Option<u64>,
    /// Shown to people only.
    #[serde(skip)]
    pub(crate) work: Work,
}

impl Report {
    pub(crate) fn new(
        job: &Job,
        work: Work,
        resident: Resident,
        heap: Option<&HeapFigures>,
    ) -> Self {
        let rss = |snapshot: Option<&Snapshot>| snapshot.map_or(0, |at| at.rss_bytes);
        let baseline_bytes = rss(resident.snapshots.first());
        let final_bytes = rss(resident.snapshots.last());
        Self {
            mode: job.mode.clone(),
            workload: job.workload.clone(),
            iterations: job.iterations,
            batch_size: job.batch_size,
            connections: job.connections,
            baseline_bytes,
            peak_bytes: resident.peak_bytes,
            final_bytes,
            net_growth_bytes: final_bytes.cast_signed() - baseline_bytes.cast_signed(),
            heap_current_bytes: heap.map(|heap| heap.current_bytes),
            heap_peak_bytes: heap.map(|heap| heap.peak_bytes),
            total_allocs: heap.map(|heap| heap.total_blocks),
            total_bytes_allocated: heap.map(|heap| heap.total_bytes),
            snapshots: resident.snapshots,
            db_file_bytes: resident.db_file_bytes,
            wal_file_bytes: resident.wal_file_bytes,
            log_file_bytes: resident.log_file_bytes,
            work,
        }
    }

    /// Returns the figures that can be compared, each by its key; `None` was not measured.
    pub(crate) fn figures(&self) -> [(&'static str, Option<i64>); 11] {
        let some = |value: u64| Some(value.cast_signed());
        let may = |value: Option<u64>| value.map(u64::cast_signed);
        [
            ("baseline_bytes", some(self.baseline_bytes)),
            ("peak_bytes", some(self.peak_bytes)),
            ("final_bytes", some(self.final_bytes)),
            ("net_growth_bytes", Some(self.net_growth_bytes)),
            ("heap_current_bytes", may(self.heap_current_bytes)),
            ("heap_peak_bytes", may(self.heap_peak_bytes)),
            ("total_allocs", may(self.total_allocs)),
            ("total_bytes_allocated", may(self.total_bytes_allocated)),
            ("db_file_bytes", some(self.db_file_bytes)),
            ("wal_file_bytes", may(self.wal_file_bytes)),
            ("log_file_bytes", may(self.log_file_bytes)),
        ]
    }
}
