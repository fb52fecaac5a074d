//! The parts of the ruler that changed since a file was recorded.

use tripline_budget::{RecordedRuler, RulerChange};

use crate::findings::budget_findings::BudgetFindings;
use crate::findings::dependencies;
use crate::outcome::Status;
use crate::workspace::SuiteHome;

/// Names the parts that changed: a growth may come from them alone. `path` is a workload's, or that of the types.
pub(super) fn blame_ruler(
    group: BudgetFindings,
    home: SuiteHome<'_>,
    path: &str,
    recorded: &RecordedRuler,
) -> BudgetFindings {
    let say = |group: BudgetFindings, change: RulerChange| {
        let sentence = format!("{change}, so this change may not have caused the growth");
        let group = group.say(Status::Holds, sentence);
        let moved = (change.part == "dependencies")
            .then(|| dependencies::moved(home, path, &change.recorded))
            .flatten();
        let moved = moved.map(|moved| format!("moved: {moved}"));
        let more = change.cause().map(str::to_owned).into_iter().chain(moved);
        more.fold(group, |group, sentence| group.say(Status::Holds, sentence))
    };
    recorded.changes(&home.suite.ruler).into_iter().fold(group, say)
}
