//! Limits that are better than they have to be.

use crate::elsewhere::{Elsewhere, RECORD, figures};
use crate::project::Project;

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
    let mut elsewhere = Elsewhere::new(&["boxes", "fresh"]);
    let bytes = ["total_bytes", "max_bytes", "live_bytes"].map(|key| (key, 160));
    elsewhere.measured("boxes", &figures(&[&[("total_blocks", 11)], &bytes[..]].concat()));
    elsewhere.measured("fresh", &figures(&[("total_blocks", 0), ("total_bytes", 0)]));
    elsewhere.types(&[("u8", 1, 1)]);
    let project = &elsewhere.project;
    project.write("budgets/elsewhere/boxes.toml", BUDGET);
    let mut transcript = project.transcript();
    let shrink = [&RECORD[..], &["--shrink"]].concat();
    transcript.run(&shrink);
    assert_eq!(project.budgets().len(), 1);
    transcript.run(&shrink);
    transcript.run(&[&shrink[..], &["--add", "max_blocks"]].concat());
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_limit_is_never_lowered_into_one_that_allows_more() {
    let elsewhere = Elsewhere::new(&["varying"]);
    let run = |run: u64| {
        let bytes = 1_000 + 10 * run;
        figures(&[("total_blocks", 1), ("total_bytes", bytes), ("max_bytes", bytes)])
    };
    elsewhere.measured_each("varying", &(0..20).map(run).collect::<Vec<_>>());
    let project = &elsewhere.project;
    let budget = "[limits]\nmax_bytes = 1_195\n\ntotal_bytes = 2_000\n";
    project.write("budgets/elsewhere/varying.toml", budget);
    let mut transcript = project.transcript();
    transcript.run(&RECORD).show("budgets/elsewhere/varying.toml");
    insta::assert_snapshot!(transcript.finish());
}
