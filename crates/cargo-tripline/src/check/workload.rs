//! One workload, whatever became of it.

use tripline_budget::{Registered, invariants};

use crate::home::Home;
use crate::measure::Measured;
use crate::report::{Group, Judged, unrecorded};
use crate::status::Status;
use crate::tool::Tool;

/// A workload that was to run; `measured` is what came of it.
pub(super) fn group(
    home: Home<'_>,
    registered: &Registered,
    measured: Measured,
    tool: Tool,
) -> Group {
    let group = Group::of(home, &registered.workload);
    // A budget that cannot be read is why there is no measurement, so it comes first.
    let budget = match home.load_budget(&registered.workload) {
        Ok(budget) => budget,
        Err(problems) => return group.say(Status::Unknown, problems),
    };
    let figures = match measured {
        Ok(figures) => figures,
        Err(reason) => return group.say(Status::Unknown, reason),
    };
    let Some(budget) = budget else {
        return unrecorded(group, tool);
    };
    let (workload, budget) = (registered.workload.as_str(), &budget.applies);
    let judged = Judged { home, workload, budget, figures: &figures, tool };
    invariants(&figures).iter().fold(judged.group(), |group, broken| {
        group.say(Status::Unknown, format!("the measurement contradicts itself: {broken}"))
    })
}
