//! The findings on one workload.

use tripline_budget::{BreakdownStatus, WorkloadDescription, invariants};

use crate::findings::budget_findings::BudgetFindings;
use crate::findings::limits::JudgedWorkload;
use crate::findings::remedy::RemedyLine;
use crate::findings::unmeasured::unrecorded;
use crate::measuring::{Sample, SampleResult};
use crate::outcome::Status;
use crate::output::Tool;
use crate::workspace::SuiteHome;

/// Returns the findings on a workload that was to run; `measured` is its sample, or the reason why there is none.
pub(crate) fn workload_findings(
    home: SuiteHome<'_>,
    registered: &WorkloadDescription,
    measured: SampleResult,
    tool: Tool,
) -> BudgetFindings {
    let group = BudgetFindings::of(home, &registered.workload);
    // A budget that cannot be read is the reason why there is no measurement, so it comes first.
    let budget = match home.load_budget(&registered.workload) {
        Ok(budget) => budget,
        Err(problems) => return group.say(Status::Unknown, problems),
    };
    let Sample { figures, snapshot, .. } = match measured {
        Ok(sample) => sample,
        Err(reason) => return group.say(Status::Unknown, reason.to_string()),
    };
    let Some(budget) = budget else {
        return unrecorded(group, tool);
    };
    let (workload, budget) = (registered.workload.as_str(), &budget.applies);
    let judged = JudgedWorkload { home, workload, budget, figures: &figures, tool };
    let group = invariants(&figures).iter().fold(judged.group(), |group, broken| {
        group.say(Status::Unknown, format!("the measurement contradicts itself: {broken}"))
    });
    let group =
        figures.doubts.iter().fold(group, |group, doubt| group.say(Status::Unknown, doubt.clone()));
    match snapshot {
        Some(snapshot) => call_sites(group, snapshot.composition, tool),
        None => group,
    }
}

/// Adds that the call sites differ from the recorded ones, whatever the limits say.
fn call_sites(group: BudgetFindings, composition: BreakdownStatus, tool: Tool) -> BudgetFindings {
    let (sentence, word) = match composition {
        BreakdownStatus::Same => return group,
        BreakdownStatus::Changed => ("its call sites changed", "wanted?"),
        BreakdownStatus::Missing => ("no breakdown is recorded", "record"),
    };
    let update = format!("{tool} update-budgets {}", group.name);
    let is_known = group.remedies.iter().any(|known| known.word == word);
    let group = group.say(Status::Breach, sentence);
    if is_known { group } else { group.remedy(RemedyLine::update(word, update)) }
}
