//! Looking before it lands: `--check`, `--dry-run`, and CI.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::project::Project;

const CODE: &str = "
#[tripline::test]
fn loose(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }

tripline::sizes! { u64 }
";

const FRESH: &str = "
#[tripline::test]
fn fresh(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }
";

/// With a limit that is loose, and a type that has none.
fn project(suite: &'static str) -> Project {
    let project = Project::new(suite, CODE);
    let loose = "# A comment.\n[limits]\ntotal_blocks = 3 # another\n";
    project.write(&format!("budgets/{suite}/loose.toml"), loose);
    project
}

#[test]
fn check_says_what_would_change_and_writes_nothing() {
    let project = project("checks");
    let before = project.budgets();
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets", "--check"]);
    assert_eq!(project.budgets(), before);
    transcript.run(&["update-budgets", "--check", "--dry-run"]);
    transcript.run(&["update-budgets"]).run(&["update-budgets", "--check"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_dry_run_is_a_patch_that_git_takes() {
    let project = project("dries");
    project.code(&format!("{CODE}{FRESH}"));
    let before = project.budgets();
    let mut transcript = project.transcript();
    let patch = transcript.run(&["update-budgets", "--dry-run"]).printed().to_owned();
    assert_eq!(project.budgets(), before);
    insta::assert_snapshot!(transcript.finish());

    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(project.root()).args(arguments);
        git
    };
    assert!(git(&["init", "--quiet"]).status().unwrap().success());
    let mut apply = git(&["apply"]).stdin(Stdio::piped()).spawn().unwrap();
    apply.stdin.take().unwrap().write_all(patch.as_bytes()).unwrap();
    assert!(apply.wait().unwrap().success());
    let patched = project.budgets();
    assert_eq!(patched.len(), 3);
    // Nothing is left to do, and the same would have been written.
    let again = project.command(&["update-budgets", "--dry-run"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&again.stdout), "");
    assert!(again.status.success());
}

#[test]
fn nothing_is_written_in_ci() {
    let project = project("in_ci");
    let before = project.budgets();
    let mut transcript = project.transcript();
    transcript.run_with(&["update-budgets"], &[("CI", "true")]);
    assert_eq!(project.budgets(), before);
    transcript.run_with(&["update-budgets", "--check", "in_ci::loose"], &[("CI", "true")]);
    assert_eq!(project.budgets(), before);
    transcript.run_with(&["update-budgets", "in_ci::loose"], &[("CI", "false")]);
    transcript.show("budgets/in_ci/loose.toml");
    insta::assert_snapshot!(transcript.finish());
}
