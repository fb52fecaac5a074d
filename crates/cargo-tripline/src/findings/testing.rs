//! Rows and groups for tests.

use tripline_budget::Unit;

use crate::findings::budget_findings::{BudgetFindings, BudgetOwner};
use crate::findings::row::{FindingRow, RowKind};
use crate::findings::verdict::RowVerdict;

/// Returns findings on a workload.
pub(crate) fn group(name: &str) -> BudgetFindings {
    let place = format!("budgets/{}.toml", name.replace("::", "/"));
    BudgetFindings { owner: BudgetOwner::Workload, ..BudgetFindings::new(name.to_owned(), place) }
}

/// Returns a row of line 4; in bytes if the name says so.
pub(crate) fn row(name: &str, budget: u64, measured: u64, verdict: RowVerdict) -> FindingRow {
    let unit = if name.ends_with("_bytes") { Unit::Bytes } else { Unit::Count };
    FindingRow {
        budget: Some(budget),
        measured: Some(measured),
        total: Some(measured),
        allowed: Some(budget),
        line: Some(4),
        ..FindingRow::new(RowKind::Limit, name, unit, verdict)
    }
}
