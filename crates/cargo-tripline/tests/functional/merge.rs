//! `merge` on what real runs published: parts of one suite's tests, each as on a machine of its own.

use std::fs;
use std::path::Path;

use crate::environment::program;
use crate::project::Project;
use crate::shards::{commit, git};

const CODE: &str = "
#[tripline::test]
fn insert(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }

mod cold {
    #[tripline::test]
    fn scan(probe: &tripline::Probe) { probe.measure(|| (Box::new(1_u64), Box::new(2_u64))); }
}

#[ignore]
#[tripline::test]
fn soak(probe: &Probe) { probe.measure(|| ()); }

tripline::sizes! { u64 }
";

fn project(suite: &'static str) -> Project {
    let project = Project::new(suite, CODE);
    for (workload, blocks) in [("insert", 1), ("cold/scan", 2), ("soak", 0)] {
        let limit = format!("[limits]\ntotal_blocks = {blocks}\n");
        project.write(&format!("budgets/{suite}/{workload}.toml"), &limit);
    }
    project.write(&format!("budgets/{suite}/sizes.toml"), "[types]\nu64 = 8\n");
    project
}

/// Runs a part of the tests, and keeps what it published in `ci/<shard>`.
fn play(project: &Project, shard: &str, command: &[&str]) {
    succeed(project, command);
    let published = project.latest();
    let kept = project.path(&format!("ci/{shard}/latest/{}", project.suite()));
    copy(&published, &kept);
    fs::remove_dir_all(published).unwrap();
}

fn succeed(project: &Project, command: &[&str]) {
    let output = program("cargo")
        .args(command)
        .current_dir(project.root())
        .envs(project.environment())
        .env_remove("CARGO_MANIFEST_DIR")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, to).unwrap();
        }
    }
}

#[test]
fn parts_of_a_test_run_give_the_verdict_of_the_whole() {
    let project = project("parted");
    let head = commit(&project);
    play(&project, "one", &["test", "--", "--exact", "insert", "tripline_suite::budgets"]);
    play(&project, "two", &["test", "cold"]);
    let mut transcript = project.transcript();
    transcript.run(&["merge", "ci/one", "ci/two", "--expect", "2"]);
    transcript.run(&["merge", "ci/one"]);
    project.write("budgets/parted/insert.toml", "[limits]\ntotal_blocks = 0\n");
    transcript.run(&["merge", "ci/one", "ci/two/latest"]);
    insta::assert_snapshot!(transcript.finish());

    // The commit was read without git; git says the same, and where it keeps branches is all one.
    let measured = project.read("ci/two/latest/parted/cold/scan/measurement.json");
    assert!(measured.contains(&format!("\"commit\": \"{head}\"")), "{measured}");
    git(&project, &["pack-refs", "--all"]);
    let tripped = project.command(&["merge", "ci/one", "ci/two"]).status().unwrap();
    assert_eq!(tripped.code(), Some(1));
}

/// The same of tests that were built elsewhere.
fn play_archived(project: &Project, shard: &str, partition: &str) {
    let archive = ["--archive-file", "tests.tar.zst"];
    let run = ["nextest", "run", "--extract-to", "unpacked", "--workspace-remap", "."];
    fs::create_dir(project.path("unpacked")).unwrap();
    for command in [
        &[&["nextest", "archive"], &archive[..]].concat(),
        &[&run, &archive[..], &["--partition", partition]].concat(),
    ] {
        succeed(project, command);
    }
    fs::rename(project.path("unpacked/target"), project.path(&format!("ci/{shard}"))).unwrap();
}

#[test]
fn the_parts_that_nextest_makes_are_one_measurement() {
    let found = program("cargo").args(["nextest", "--version"]).output();
    if !found.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: cargo-nextest is not installed (cargo install --locked cargo-nextest)");
        return;
    }
    let project = project("partitioned");
    commit(&project);
    play(&project, "1", &["nextest", "run", "--partition", "count:1/2"]);
    play_archived(&project, "2", "count:2/2");
    let whole = project.command(&["merge", "ci/1", "ci/2"]).output().unwrap();
    let said = String::from_utf8_lossy(&whole.stderr);
    assert!(whole.status.success(), "{said}");
    let note = "note: the features of dependencies are not known of ci/2, so nobody compared them";
    assert!(said.contains(note), "{said}");
    let part = project.command(&["merge", "ci/1"]).output().unwrap();
    assert_eq!(part.status.code(), Some(2), "{}", String::from_utf8_lossy(&part.stdout));
}
