//! `update-budgets --from` on folders that it does not believe, and what it leaves alone.

use std::fs;

use tripline_budget::{BreakdownStatus, PendingSnapshot};

use crate::shards::Played;

const FROM: [&str; 4] = ["update-budgets", "--from", "ci/one", "ci/two"];

#[test]
fn what_no_folder_holds_is_left_alone_and_nothing_at_all_is_an_error() {
    let played = Played::new();
    let mut transcript = played.project.transcript();
    transcript.run(&FROM);
    transcript.run(&["update-budgets", "soak", "--from", "ci/one", "ci/two"]);
    // An ignored one that ran is one like any other.
    let mut soak = played.measurement("soak", 2);
    soak.repeats = vec![soak.outcome.clone(); 2];
    played.publish("ci/two", &[&soak]);
    transcript.run_with(&FROM, &[("CI", "true")]);
    transcript.run_with(&[&FROM[..], &["--check"]].concat(), &[("CI", "true")]);
    transcript.run(&["update-budgets", "--from"]);
    transcript.run(&[&FROM[..], &["--features", "extra"]].concat());
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn what_is_not_of_this_commit_or_has_a_breach_in_it_is_refused() {
    let played = Played::new();
    let mut transcript = played.project.transcript();
    let mut scan = played.measurement("cold::scan", 1);
    scan.planted = Some("total_blocks".to_owned());
    played.publish("ci/two", &[&scan]);
    transcript.run(&FROM);
    scan = played.measurement("cold::scan", 1);
    scan.commit = Some("2".repeat(40));
    played.publish("ci/two", &[&scan]);
    transcript.run(&FROM);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_limit_is_recorded_with_its_breakdown_or_not_at_all() {
    let played = Played::new();
    played.project.write("budgets/tripline.toml", "schema = 1\n");
    let mut insert = played.measurement("insert", 0);
    insert.repeats = vec![insert.outcome.clone(); 2];
    played.publish("ci/one/tripline/latest", &[&insert]);
    let mut transcript = played.project.transcript();
    transcript.run(&FROM);
    insert.snapshot = Some(pending(BreakdownStatus::Same));
    played.publish("ci/one/tripline/latest", &[&insert]);
    // One that was asked for, of a workload whose limits and call sites are as recorded, changes nothing.
    let mut scan = played.measurement("cold::scan", 2);
    scan.snapshot = Some(pending(BreakdownStatus::Same));
    played.publish("ci/two", &[&scan]);
    transcript.run(&FROM).show("tests/snapshots/played__insert.snap");
    insta::assert_snapshot!(transcript.finish());
}

fn pending(composition: BreakdownStatus) -> PendingSnapshot {
    let file = "/home/runner/work/tests/snapshots/played__insert.snap".to_owned();
    PendingSnapshot { composition, file, text: "---\nsource: played.rs\n---\n".to_owned() }
}

#[test]
fn a_folder_cannot_name_a_file_outside_of_the_workspace() {
    let played = Played::new();
    let project = &played.project;
    let mut insert = played.measurement("insert", 1);
    insert.snapshot = Some(pending(BreakdownStatus::Changed));
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("evil.rs"), "").unwrap();
    insert.snapshot.as_mut().unwrap().file = outside.path().join("a.snap").display().to_string();
    played.publish("ci/one/tripline/latest", &[&insert]);
    project.write("tests/linked/evil.rs", "");
    let places = [
        outside.path().join("evil.rs").display().to_string(),
        format!("../{}/evil.rs", outside.path().file_name().unwrap().display()),
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&outside, project.path("tests/linked/snapshots")).unwrap();
            "tests/linked/evil.rs".to_owned()
        },
    ];
    for place in places {
        let mut suite = played.suite();
        suite.workloads.iter_mut().for_each(|registered| registered.file.clone_from(&place));
        played.describe("ci/one/tripline/latest", &suite);
        let output = project.command(&FROM).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        let refusal =
            format!("outside of this workspace, beside {place}: nothing is written there");
        assert!(stdout.contains(&refusal), "{stdout}");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(outside.path().read_dir().unwrap().count(), 1);
    }
    // It is not the other machine's path that counts.
    played.describe("ci/one/tripline/latest", &played.suite());
    assert!(project.command(&FROM).output().unwrap().status.success());
    assert_eq!(outside.path().read_dir().unwrap().count(), 1);
    assert_eq!(
        project.read("tests/snapshots/played__insert.snap"),
        pending(BreakdownStatus::Same).text
    );
}

#[test]
fn a_name_that_is_a_path_is_no_name() {
    let played = Played::new();
    let mut transcript = played.project.transcript();
    let mut suite = played.suite();
    for name in ["../../insert", "cold::..::scan", "/etc/insert"] {
        let mut workload = suite.workloads[0].clone();
        workload.workload = name.to_owned();
        suite.workloads.push(workload);
    }
    played.describe("ci/one/tripline/latest", &suite);
    transcript.run(&FROM);
    suite = played.suite();
    suite.suite = String::new();
    played.describe("ci/one/tripline/latest", &suite);
    transcript.run(&FROM);
    insta::assert_snapshot!(transcript.finish());
}
