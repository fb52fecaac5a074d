//! Workloads that have no rows, and no failure either.

use tripline_budget::WorkloadDescription;

use crate::findings::budget_findings::BudgetFindings;
use crate::outcome::Status;
use crate::output::Tool;
use crate::workspace::SuiteHome;

/// A workload without a budget.
pub(crate) fn unrecorded(group: BudgetFindings, tool: Tool) -> BudgetFindings {
    let record = format!("{tool} update-budgets {}", group.name);
    group.say(Status::Breach, "no limit is recorded").remedy("record", record)
}

/// An ignored workload that nobody named. Its budget must be there all the same.
pub(crate) fn skipped(
    home: SuiteHome<'_>,
    registered: &WorkloadDescription,
    tool: Tool,
) -> BudgetFindings {
    let group = BudgetFindings { skipped: true, ..BudgetFindings::of(home, &registered.workload) }
        .say(Status::Holds, "skipped: it is ignored");
    if !home.budget(&registered.workload).exists() {
        return unrecorded(group, tool);
    }
    let run = format!("{tool} check {}", group.name);
    group.remedy("run", run)
}
