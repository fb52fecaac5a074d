//! Workloads without figures that did not fail.

use tripline_budget::WorkloadDescription;

use crate::findings::budget_findings::BudgetFindings;
use crate::findings::remedy::RemedyLine;
use crate::outcome::Status;
use crate::output::Tool;
use crate::workspace::SuiteHome;

/// Adds that the workload has no budget.
pub(crate) fn unrecorded(group: BudgetFindings, tool: Tool) -> BudgetFindings {
    let record = format!("{tool} update-budgets {}", group.name);
    group.say(Status::Breach, "no limit is recorded").remedy(RemedyLine::update("record", record))
}

/// Returns findings on an ignored workload that did not run. It needs a budget all the same.
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
    group.remedy(RemedyLine::command("run", run))
}
