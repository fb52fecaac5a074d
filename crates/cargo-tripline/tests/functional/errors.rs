//! Errors that end a command before it judges a limit.

use crate::project::Project;

const HOLDS: &str = "
#[tripline::test]
fn holds(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }
";

#[test]
fn a_build_failure_is_shown_and_is_no_verdict() {
    let project = Project::new("unbuilt", "compile_error!(\"not today\");");
    let output = project.command(&["check"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("error: the tests do not build"), "{stderr}");
    assert!(stderr.contains("error: not today"), "{stderr}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_filter_that_matches_nothing_shows_the_nearest_names() {
    let project = Project::new("named", HOLDS);
    let mut transcript = project.transcript();
    transcript.run(&["check", "named::hold_s"]).run(&["update-budgets", "zzz"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_workspace_without_a_suite_is_told_how_to_have_one() {
    let project = Project::new("suiteless", "");
    project.write("tests/suiteless.rs", "#[test]\nfn plain() {}\n");
    let mut transcript = project.transcript();
    transcript.run(&["check"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn outside_a_workspace_cargo_says_what_is_missing() {
    let project = Project::new("outside", "");
    std::fs::remove_file(project.path("Cargo.toml")).unwrap();
    let mut transcript = project.transcript();
    transcript.run(&["check"]);
    insta::assert_snapshot!(transcript.finish());
}

/// Beside a test of another harness, which takes none of the arguments.
#[test]
fn cargo_may_pass_the_commands_own_name_and_other_harnesses_do_not_matter() {
    let project = Project::new("by_cargo", HOLDS);
    project.write("budgets/by_cargo/holds.toml", "[limits]\ntotal_blocks = 1\n");
    let manifest = project.read("Cargo.toml");
    let other = "[[test]]\nname = \"other\"\nharness = false\n";
    project.write("Cargo.toml", &format!("{manifest}\n{other}"));
    project.write(
        "tests/other.rs",
        "fn main() { assert_eq!(std::env::args().count(), 1, \"unknown argument\"); }",
    );
    let by_cargo = project.command(&["tripline", "check"]).output().unwrap();
    let by_hand = project.command(&["check"]).output().unwrap();
    assert!(by_cargo.status.success());
    assert_eq!(by_cargo.stdout, by_hand.stdout);
}
