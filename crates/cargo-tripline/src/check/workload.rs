//! One workload, whatever became of it.

use tripline_budget::{Registered, invariants};

use crate::home::Home;
use crate::measure::Measured;
use crate::report::{Group, Judged};
use crate::status::Status;
use crate::tool::Tool;

/// A workload that was to run; `measured` is what came of it.
pub(super) fn group(
    home: Home<'_>,
    registered: &Registered,
    measured: Option<Measured>,
    tool: Tool,
) -> Group {
    let group = Group::of(home, &registered.workload);
    // A budget that cannot be read is why there is no measurement, so it comes first.
    let budget = match home.load_budget(&registered.workload) {
        Ok(budget) => budget,
        Err(problems) => return group.say(Status::Unknown, problems),
    };
    let figures = match measured {
        Some(Ok(figures)) => figures,
        Some(Err(reason)) => return group.say(Status::Unknown, reason),
        None => return group.say(Status::Unknown, "it did not run"),
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

/// An ignored workload that nobody asked for. Its budget must be there all the same.
pub(super) fn skipped(home: Home<'_>, registered: &Registered, tool: Tool) -> Group {
    let group = Group::of(home, &registered.workload);
    if !home.budget(&registered.workload).exists() {
        return unrecorded(group, tool);
    }
    let run = format!("{tool} check {}", group.name);
    group.say(Status::Holds, "skipped: it is ignored").remedy("run", run)
}

fn unrecorded(group: Group, tool: Tool) -> Group {
    let record = format!("{tool} update-budgets {}", group.name);
    group.say(Status::Breach, "no limit is recorded").remedy("record", record)
}
