//! Findings: limits held to figures as rows, workloads as groups of rows.
//!
//! `limits` and `types` ask `tripline-budget` for each verdict; `orphans` finds budgets without a test. A finding
//! may not know an output format; `reports` shows it.

mod budget_findings;
mod dependencies;
mod headroom;
mod limits;
pub(crate) mod orphans;
mod remedy;
mod row;
mod ruler;
mod suite;
#[cfg(test)]
pub(crate) mod testing;
mod types;
mod unmeasured;
mod verdict;
mod workload;

pub(crate) use budget_findings::{BudgetFindings, BudgetOwner};
pub(crate) use limits::JudgedWorkload;
pub(crate) use remedy::{RemedyLine, RepeatedOptions};
pub(crate) use row::FindingRow;
#[cfg(test)]
pub(crate) use row::RowKind;
pub(crate) use suite::suite_findings;
pub(crate) use types::judged_types;
pub(crate) use unmeasured::{skipped, unrecorded};
pub(crate) use verdict::RowVerdict;
pub(crate) use workload::workload_findings;
