//! Leaks: whoever accepts one says why.

use crate::project::Project;

const LEAKS: &str = "
#[tripline::test]
fn leaks(probe: &Probe) {
    probe.measure(|| std::mem::forget(Box::new(1_u64)));
}

#[tripline::test]
fn leaks_more(probe: &Probe) {
    probe.measure(|| std::mem::forget([Box::new(1_u64), Box::new(2)]));
}

#[tripline::test]
fn tidy(probe: &Probe) {
    probe.measure(|| Box::new(1_u64));
}
";

/// Of the first that leaks nothing is recorded, and of the other one limit.
#[test]
fn a_leak_is_recorded_only_with_a_reason() {
    let project = Project::new("leaks", LEAKS);
    project.write("budgets/leaks/leaks_more.toml", "[limits]\ntotal_blocks = 2\n");
    let mut transcript = project.transcript();
    let add = ["update-budgets", "--add", "leaked_bytes"];
    transcript.run(&add).list().show("budgets/leaks/tidy.toml");
    let reason = ["leaks::leaks", "--reason", "one Box stays for the process"];
    transcript.run(&[&add[..], &reason].concat());
    transcript.show("budgets/leaks/leaks.toml").show("budgets/leaks/leaks_more.toml");
    transcript.run(&["update-budgets", "leaks::tidy", "--reason", "nothing leaks"]);
    insta::assert_snapshot!(transcript.finish());
}
