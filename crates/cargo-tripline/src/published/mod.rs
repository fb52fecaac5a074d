//! Reads what runs on other machines published: the folders `latest` that they handed over, as one measurement.
//!
//! In order: each folder is read by itself (`shard`); all must be parts of one measurement, by one ruler, of
//! the commit that this checkout is at (`origin`), and go together (`contents`); then the budgets that a suite
//! names by a path of its machine are found in this checkout (`budgets`). All problems are told at once.
//!
//! The other reader is `workspace::latest`, for runs of our own: it knows the run's id, and nobody knows
//! these. Deliberately absent: a check that every workload was measured. The reader says what it needs. The path
//! of a [pending snapshot](tripline_budget::PendingSnapshot) names no file of this machine; `snapshot` does.

mod budgets;
mod contents;
mod disagreement;
mod merged;
mod origin;
mod shard;
mod snapshot;

pub(crate) use budgets::budgets_of;
pub(crate) use merged::MergedMeasurement;
pub(crate) use origin::shown_commit;
pub(crate) use shard::Shard;
pub(crate) use snapshot::snapshot_file;
