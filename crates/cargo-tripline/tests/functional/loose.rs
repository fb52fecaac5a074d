//! Limits that are better than they have to be.

use crate::project::Project;
use crate::varying::varying;

const BOXES: &str = "
#[tripline::test]
fn boxes(probe: &Probe) {
    let boxes = probe.measure(|| (0..10_u64).map(Box::new).collect::<Vec<_>>());
    assert_eq!(boxes.len(), 10);
}
";

const BUDGET: &str = "\
# What ten boxes may cost.

[limits]
total_blocks = 20   # was 20 in the old layout

# The vector is the most of it.
max_bytes = { max = \"1 KiB\", tolerance = \"5%\", reason = \"measured in March\" }

live_bytes = { max = 165, tolerance = \"5%\" } # within its tolerance, so left alone

[ruler]
rustc = \"1.0.0\"
";

#[test]
fn what_is_loose_is_lowered_and_nothing_else_is_touched() {
    let project = Project::new("loose", BOXES);
    project.write("budgets/loose/boxes.toml", BUDGET);
    let mut transcript = project.transcript();
    transcript.run(&["check"]).run(&["update-budgets"]).show("budgets/loose/boxes.toml");
    transcript.run(&["update-budgets"]).run(&["check"]);
    insta::assert_snapshot!(transcript.finish());
}

/// A workload without a budget, and a type without a size: not what was asked for.
#[test]
fn shrinking_lowers_and_does_nothing_else() {
    let fresh = "#[tripline::test] fn fresh(probe: &Probe) { probe.measure(|| ()); }\ntripline::sizes! { u8 }\n";
    let project = Project::new("shrinks", &format!("{BOXES}{fresh}"));
    project.write("budgets/shrinks/boxes.toml", BUDGET);
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets", "--shrink"]);
    assert_eq!(project.budgets().len(), 1);
    transcript.run(&["update-budgets", "--shrink"]);
    transcript.run(&["update-budgets", "--shrink", "--add", "max_blocks"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_limit_is_never_lowered_into_one_that_allows_more() {
    let project = Project::new("loose_varying", &varying("varying", 10));
    let budget = "[limits]\nmax_bytes = 1_195\n\ntotal_bytes = 2_000\n";
    project.write("budgets/loose_varying/varying.toml", budget);
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets"]).show("budgets/loose_varying/varying.toml");
    insta::assert_snapshot!(transcript.finish());
}
