//! Findings: limits held to figures as rows, workloads as groups of rows.
//!
//! `limits` and `types` ask `tripline-budget` for each verdict; `orphans` finds budgets that nothing is held
//! to. A finding knows no output format; `reports` shows it.

mod dependencies;
mod group;
mod headroom;
mod limits;
pub(crate) mod orphans;
mod row;
mod suite;
#[cfg(test)]
pub(crate) mod testing;
mod types;
mod unmeasured;
mod word;
mod workload;

pub(crate) use group::{Group, Owner};
pub(crate) use limits::Judged;
#[cfg(test)]
pub(crate) use row::Kind;
pub(crate) use row::Row;
pub(crate) use suite::groups_of;
pub(crate) use types::judged_types;
pub(crate) use unmeasured::{skipped, unrecorded};
pub(crate) use word::Word;
pub(crate) use workload::group;
