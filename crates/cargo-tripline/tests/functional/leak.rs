//! Leaks: whoever accepts one says why.

use crate::project::Project;

const LEAKS: &str = "
#[tripline::test]
fn leaks(probe: &Probe) {
    probe.measure(|| std::mem::forget(Box::new(1_u64)));
}

#[tripline::test]
fn tidy(probe: &Probe) {
    probe.measure(|| Box::new(1_u64));
}
";

#[test]
fn a_leak_is_recorded_only_with_a_reason() {
    let project = Project::new("leaks", LEAKS);
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets"]).list();
    transcript.run(&["update-budgets", "--reason", "one Box stays for the process"]);
    transcript.show("budgets/leaks/leaks.toml");
    // The other has none of them.
    transcript.run(&["update-budgets", "--add", "leaked_bytes"]);
    transcript.run(&[
        "update-budgets",
        "leaks::leaks",
        "--add",
        "leaked_bytes",
        "--reason",
        "as above",
    ]);
    transcript.show("budgets/leaks/leaks.toml");
    transcript.run(&["update-budgets", "leaks::tidy", "--reason", "nothing leaks"]);
    insta::assert_snapshot!(transcript.finish());
}
