//! The findings on one suite.

use tripline_budget::protocol::file_names::SIZES;

use crate::findings::budget_findings::BudgetFindings;
use crate::findings::types::judged_types;
use crate::findings::unmeasured::skipped;
use crate::findings::workload::workload_findings;
use crate::measuring::SampleResult;
use crate::outcome::Status;
use crate::output::Tool;
use crate::workspace::SelectedSuite;

/// Returns the findings on a suite; `measured` is in the order of its workloads.
pub(crate) fn suite_findings(
    selected: &SelectedSuite<'_>,
    measured: Vec<SampleResult>,
    tool: Tool,
) -> Vec<BudgetFindings> {
    let home = selected.home;
    let mut groups = Vec::new();
    for (registered, measured) in selected.workloads.iter().zip(measured) {
        groups.push(workload_findings(home, registered, measured, tool));
    }
    groups.extend(selected.skipped.iter().map(|ignored| skipped(home, ignored, tool)));
    if selected.types {
        groups.push(types(selected, tool));
    }
    groups
}

fn types(selected: &SelectedSuite<'_>, tool: Tool) -> BudgetFindings {
    let home = selected.home;
    match home.load_sizes() {
        Ok(Some(sizes)) => judged_types(home, &sizes.applies, tool),
        Ok(None) => judged_types(home, &home.no_sizes(), tool),
        Err(problems) => BudgetFindings::of(home, SIZES).say(Status::Unknown, problems),
    }
}
