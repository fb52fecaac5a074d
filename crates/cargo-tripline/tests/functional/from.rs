//! `update-budgets --from`: what ran elsewhere, recorded here.

use std::fs;

use crate::environment::program;
use crate::merge::copy;
use crate::project::Project;
use crate::shards::{Played, commit};

const FROM: [&str; 4] = ["update-budgets", "--from", "ci/one", "ci/two"];

const BOXES: &str = "
#[tripline::test]
fn boxes(probe: &Probe) {
    probe.measure(|| drop((0..10_u64).map(Box::new).collect::<Vec<_>>()));
}

tripline::sizes! { u64 }
";

/// Runs the tests as a job elsewhere would, and keeps what they published in `ci`; whether they passed.
pub(crate) fn measure_elsewhere(project: &Project, job: &[(&str, &str)]) -> bool {
    let mut test = program("cargo");
    test.current_dir(project.root()).arg("test").envs(project.environment());
    test.envs(job.iter().copied()).env_remove("CARGO_MANIFEST_DIR");
    let passed = test.output().unwrap().status.success();
    copy(&project.latest(), &project.path(&format!("ci/{}", project.suite())));
    fs::remove_dir_all(project.latest()).unwrap();
    passed
}

#[test]
fn what_a_job_measured_is_recorded_without_building_and_then_holds() {
    let project = Project::sited("afar", BOXES);
    project.write("budgets/tripline.toml", "schema = 1\n");
    commit(&project);
    let job = [("TRIPLINE_REPEATS", "19"), ("TRIPLINE_BREAKDOWN", "1"), ("INSTA_UPDATE", "no")];
    assert!(!measure_elsewhere(&project, &job), "there is no budget yet");
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets", "--from", "ci", "--check"]);
    transcript.run(&["update-budgets", "--from", "ci"]);
    assert!(!project.latest().exists());
    transcript.show("budgets/afar/boxes.toml").show("tests/snapshots/afar__boxes.snap");
    transcript.run(&["update-budgets", "--from", "ci"]);
    // What runs here is held to it.
    transcript.run(&["update-budgets", "--check"]);
    insta::assert_snapshot!(transcript.finish());
}

/// `insert` as a job measured it: `blocks` in each run.
fn insert(played: &Played, blocks: &[u64]) {
    let mut runs = blocks.iter().map(|blocks| played.measurement("insert", *blocks));
    let mut first = runs.next().unwrap();
    first.repeats = runs.map(|run| run.outcome).collect();
    played.publish("ci/one/tripline/latest", &[&first]);
}

#[test]
fn a_limit_moves_by_three_runs_and_is_new_by_twenty() {
    let played = Played::new();
    let project = &played.project;
    project.write("budgets/played/insert.toml", "[limits]\ntotal_blocks = 3\n");
    let mut transcript = project.transcript();
    for runs in [&[1, 1][..], &[1, 2, 1], &[1, 1, 1]] {
        insert(&played, runs);
        transcript.run(&FROM);
    }
    transcript.show("budgets/played/insert.toml");

    insert(&played, &[4, 4, 4]);
    transcript.run(&FROM);
    let raise = ["--raise", "total_blocks", "--reason", "three more"];
    transcript.run(&[&FROM[..], &raise].concat());
    insert(&played, &[2]);
    transcript.run(&[&FROM[..], &["--shrink"]].concat());

    fs::remove_file(project.path("budgets/played/insert.toml")).unwrap();
    for runs in [19, 20] {
        insert(&played, &vec![5; runs]);
        transcript.run(&FROM);
    }
    transcript.run(&[&FROM[..], &["--add", "total_bytes"]].concat());
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn another_target_has_its_own_lines_and_the_ruler_is_that_of_the_others() {
    let played = Played::new();
    let project = &played.project;
    let budget = "budgets/played/insert.toml";
    let macos = "cfg(target_os = \"macos\")";
    project.write(
        budget,
        &format!("[limits]\ntotal_blocks = 9\n\n[when.'{macos}'.limits]\ntotal_blocks = 3\n"),
    );
    let mut suite = played.suite();
    suite.ruler.target = "aarch64-apple-darwin".to_owned();
    suite.cfgs = vec!["target_os=\"macos\"".to_owned()];
    let mut measured = played.measurement("insert", 2);
    measured.ruler = suite.ruler.clone();
    measured.repeats = vec![measured.outcome.clone(); 2];
    played.publish("ci/macos", &[&measured]);
    played.describe("ci/macos", &suite);
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets", "played::insert", "--from", "ci/macos"]).show(budget);
    assert!(!project.read(budget).contains("[ruler]"));

    // What ran on another one says nothing of it.
    let mut suite = played.suite();
    suite.cfgs = vec!["target_os=\"linux\"".to_owned()];
    played.describe("ci/one/tripline/latest", &suite);
    insert(&played, &[8, 8, 8]);
    transcript.run(&FROM).show(budget);
    assert!(project.read(budget).contains("target = \"x86_64-unknown-linux-gnu\"\n"));
    insta::assert_snapshot!(transcript.finish());
}
