//! Reads what other machines published: their folders `latest`, as one measurement.
//!
//! In order: each folder is read by itself (`shard`); all must be parts of one measurement, by one ruler, of the
//! commit of this checkout (`origin`), and go together (`contents`); then each suite's budgets are found in this
//! checkout (`budgets`). All problems are shown at once.
//!
//! The other reader is `workspace::latest`, for runs of this command: it knows the run's id. Deliberately absent: a
//! check that every workload was measured, which each caller does. The path of a
//! [pending snapshot](tripline_budget::PendingSnapshot) names no file of this machine; `snapshot` does.

mod budgets;
mod contents;
mod disagreement;
mod merged;
mod origin;
mod shard;
mod snapshot;

pub(crate) use budgets::budgets_of;
pub(crate) use merged::MergedMeasurement;
pub(crate) use origin::{shown_commit, without_features};
pub(crate) use shard::Shard;
pub(crate) use snapshot::{compared_by_now, snapshot_file};
