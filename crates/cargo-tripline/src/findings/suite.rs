//! All groups of one suite.

use crate::findings::group::Group;
use crate::findings::types::judged_types;
use crate::findings::unmeasured::skipped;
use crate::findings::workload::group;
use crate::measuring::Measured;
use crate::outcome::Status;
use crate::output::Tool;
use crate::workspace::{SIZES, Selected};

/// All that there is to say of a suite; `measured` is in the order of its workloads.
pub(crate) fn groups_of(
    selected: &Selected<'_>,
    measured: Vec<Measured>,
    tool: Tool,
) -> Vec<Group> {
    let home = selected.home;
    let mut groups = Vec::new();
    for (registered, measured) in selected.workloads.iter().zip(measured) {
        groups.push(group(home, registered, measured, tool));
    }
    groups.extend(selected.skipped.iter().map(|ignored| skipped(home, ignored, tool)));
    if selected.types {
        groups.push(types(selected, tool));
    }
    groups
}

fn types(selected: &Selected<'_>, tool: Tool) -> Group {
    let home = selected.home;
    match home.load_sizes() {
        Ok(Some(sizes)) => judged_types(home, &sizes.applies, tool),
        Ok(None) => judged_types(home, &home.no_sizes(), tool),
        Err(problems) => Group::of(home, SIZES).say(Status::Unknown, problems),
    }
}
