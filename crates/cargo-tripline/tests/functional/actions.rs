//! Looking before it lands: `--check`, `--dry-run`, and CI.

use std::io::Write as _;
use std::process::Stdio;

use crate::elsewhere::{Elsewhere, RECORD, figures};
use crate::environment::program;
use crate::project::Project;

const CODE: &str = "
#[tripline::test]
fn loose(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }

tripline::sizes! { u64 }

#[tripline::test]
fn fresh(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }
";

const LOOSE: &str = "# A comment.\n[limits]\ntotal_blocks = 3 # another\n";

/// With a limit that is loose, and a type that has none.
fn elsewhere() -> Elsewhere {
    let mut elsewhere = Elsewhere::new(&["loose"]);
    elsewhere.measured("loose", &figures(&[("total_blocks", 1), ("total_bytes", 8)]));
    elsewhere.types(&[("u64", 8, 8)]);
    elsewhere.project.write("budgets/elsewhere/loose.toml", LOOSE);
    elsewhere
}

#[test]
fn check_says_what_would_change_and_writes_nothing() {
    let elsewhere = elsewhere();
    let project = &elsewhere.project;
    let before = project.budgets();
    let mut transcript = project.transcript();
    let check = [&RECORD[..], &["--check"]].concat();
    transcript.run(&check);
    assert_eq!(project.budgets(), before);
    transcript.run(&[&check[..], &["--dry-run"]].concat());
    transcript.run(&RECORD).run(&check);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_dry_run_is_a_patch_that_git_takes() {
    let project = Project::new("dries", CODE);
    project.write("budgets/dries/loose.toml", LOOSE);
    let before = project.budgets();
    let mut transcript = project.transcript();
    let patch = transcript.run(&["update-budgets", "--dry-run"]).printed().to_owned();
    assert_eq!(project.budgets(), before);
    insta::assert_snapshot!(transcript.finish());

    let git = |arguments: &[&str]| {
        let mut git = program("git");
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
    let elsewhere = elsewhere();
    let project = &elsewhere.project;
    let before = project.budgets();
    let mut transcript = project.transcript();
    // Before anything is built.
    transcript.run_with(&["update-budgets"], &[("CI", "true")]);
    assert_eq!(project.budgets(), before);
    let of_one = ["update-budgets", "elsewhere::loose", "--from", "ci"];
    transcript.run_with(&[&of_one[..], &["--check"]].concat(), &[("CI", "true")]);
    assert_eq!(project.budgets(), before);
    transcript.run_with(&of_one, &[("CI", "false")]).show("budgets/elsewhere/loose.toml");
    insta::assert_snapshot!(transcript.finish());
}
