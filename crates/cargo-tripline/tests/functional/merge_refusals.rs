//! `merge` on folders that are not the parts of one measurement, and on the nearest that are.

use std::fs;

use crate::shards::Played;

const BOTH: [&str; 3] = ["merge", "ci/one", "ci/two"];

#[test]
fn what_no_shard_has_is_unknown_and_what_an_ignored_one_has_is_judged() {
    let played = Played::new();
    let mut transcript = played.project.transcript();
    transcript.run(&BOTH).run(&["merge", "ci/two"]).run(&["merge", "ci/one"]);
    played.publish("ci/three", &[&played.measurement("soak", 4)]);
    transcript.run(&["merge", "ci/one", "ci/two", "ci/three"]);
    played.project.write("budgets/elsewhere/row.toml", "[limits]\ntotal_blocks = 1\n");
    transcript.run(&BOTH);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn every_folder_is_given_once_and_holds_something() {
    let played = Played::new();
    played.project.write("ci/empty/notes.txt", "");
    let mut transcript = played.project.transcript();
    transcript.run(&["merge", "ci/one", "ci/two", "--expect", "3"]);
    transcript.run(&["merge", "ci/empty", "ci/none"]);
    transcript.run(&["merge", "ci/one", "ci/two", "ci/one/tripline", "ci/../ci/two"]);
    transcript.run(&["merge"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_file_of_another_kind_or_place_is_named() {
    let played = Played::new();
    let file = "ci/two/played/cold/scan/measurement.json";
    let mut transcript = played.project.transcript();
    for text in ["cut sho", "{\"schema\": 2}", "{\"schema\": 1, \"of\": \"another\"}"] {
        played.project.write(file, text);
        transcript.run(&BOTH);
    }
    fs::remove_file(played.project.path(file)).unwrap();
    transcript.run(&["merge", "ci/one/tripline/latest/played"]);
    transcript.run(&["merge", "ci"]);
    insta::assert_snapshot!(transcript.finish());
}

#[cfg(unix)]
#[test]
fn a_file_that_is_no_text_is_named() {
    let played = Played::new();
    let file = "ci/two/played/cold/scan/measurement.json";
    fs::write(played.project.path(file), [0xff, 0xfe]).unwrap();
    let mut transcript = played.project.transcript();
    transcript.run(&BOTH);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn all_is_of_the_commit_that_is_checked_out() {
    let played = Played::new();
    let mut transcript = played.project.transcript();
    let mut scan = played.measurement("cold::scan", 2);
    scan.commit = Some("2".repeat(40));
    played.publish("ci/two", &[&scan]);
    transcript.run(&BOTH);
    let mut insert = played.measurement("insert", 1);
    insert.commit = None;
    played.publish("ci/one/tripline/latest", &[&insert]);
    transcript.run(&BOTH);

    // What nobody knows is not the same.
    scan.commit = None;
    played.publish("ci/two", &[&scan]);
    let mut suite = played.suite();
    suite.commit = None;
    played.describe("ci/one/tripline/latest", &suite);
    transcript.run(&BOTH);
    fs::remove_dir_all(played.project.path(".git")).unwrap();
    transcript.run(&BOTH);
    transcript.run(&["update-budgets", "--from", "ci/one", "ci/two"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn who_has_no_repository_names_the_sources() {
    let played = Played::new();
    fs::remove_dir_all(played.project.path(".git")).unwrap();
    let (mut scan, mut insert) =
        (played.measurement("cold::scan", 2), played.measurement("insert", 1));
    let mut suite = played.suite();
    for commit in [&mut scan.commit, &mut insert.commit, &mut suite.commit] {
        *commit = Some("r17".to_owned());
    }
    played.publish("ci/two", &[&scan]);
    played.publish("ci/one/tripline/latest", &[&insert]);
    played.describe("ci/one/tripline/latest", &suite);
    let mut transcript = played.project.transcript();
    transcript.run_with(&BOTH, &[("TRIPLINE_COMMIT", "r17")]);
    transcript.run_with(&BOTH, &[("TRIPLINE_COMMIT", "r18")]);
    transcript.run_with(&BOTH, &[("TRIPLINE_COMMIT", "")]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_repository_that_a_variable_names_counts_before_the_nearest() {
    let played = Played::new();
    let (here, elsewhere) = (played.project.path(".git"), played.project.path("ci/repository"));
    fs::rename(&here, &elsewhere).unwrap();
    fs::create_dir(&here).unwrap();
    fs::write(here.join("HEAD"), "3".repeat(40)).unwrap();
    let code = |git_dir: &str| {
        let mut merge = played.project.command(&BOTH);
        merge.env("GIT_DIR", git_dir).output().unwrap().status.code()
    };
    assert_eq!(code(elsewhere.to_str().unwrap()), Some(0));
    assert_eq!(code(""), Some(2));
}

#[test]
fn dependencies_that_nobody_knows_are_not_the_same() {
    let played = Played::new();
    let mut scan = played.measurement("cold::scan", 2);
    scan.ruler.dependencies.clear();
    played.publish("ci/two", &[&scan]);
    let mut transcript = played.project.transcript();
    transcript.run(&BOTH);
    transcript.run(&["update-budgets", "--from", "ci/one", "ci/two"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_checkout_that_is_not_where_it_was_is_another_commit() {
    let played = Played::new();
    let head = played.project.path(".git/HEAD");
    fs::write(head, "3".repeat(40)).unwrap();
    let mut transcript = played.project.transcript();
    transcript.run(&BOTH);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn all_is_measured_by_one_ruler() {
    let played = Played::new();
    let mut transcript = played.project.transcript();
    let mut scan = played.measurement("cold::scan", 2);
    scan.ruler.rustc = "1.96.0".to_owned();
    played.publish("ci/two", &[&scan]);
    transcript.run(&BOTH);
    scan.ruler = played.suite().ruler;
    scan.ruler.target = "aarch64-apple-darwin".to_owned();
    scan.ruler.profile = "opt 3".to_owned();
    played.publish("ci/two", &[&scan]);
    transcript.run(&BOTH);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn each_suite_is_described_and_each_workload_measured_once() {
    let played = Played::new();
    let mut transcript = played.project.transcript();

    // The same by another run, on another machine, is the same.
    let mut again = played.suite();
    again.run = "two".to_owned();
    again.budgets = None;
    played.describe("ci/two", &again);
    assert!(played.project.command(&BOTH).output().unwrap().status.success());

    again.cfgs.push("feature=\"extra\"".to_owned());
    played.describe("ci/two", &again);
    played.publish("ci/two", &[&played.measurement("insert", 1), &played.measurement("gone", 1)]);
    transcript.run(&BOTH);

    let mut foreign = played.suite();
    foreign.suite = "foreign".to_owned();
    foreign.package = "elsewhere".to_owned();
    played.describe("ci/three", &foreign);
    transcript.run(&["merge", "ci/one", "ci/three"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn budgets_that_changed_since_the_commit_are_judged_by_and_named() {
    let played = Played::new();
    let mut transcript = played.project.transcript();
    played.project.write("budgets/played/insert.toml", "[limits]\ntotal_blocks = 0\n");
    transcript.run(&BOTH);
    // HEAD is known, and git does not take it for a repository.
    fs::remove_dir_all(played.project.path(".git/objects")).unwrap();
    transcript.run(&BOTH);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn all_that_was_published_is_written_as_one_folder_or_nothing_is() {
    let played = Played::new();
    let project = &played.project;
    project.write("ci/one/tripline/latest/played/cold/scan/report.html", "left behind");
    project.write("ci/one/tripline/latest/played/cold/scan/old.html", "left behind");
    project.write("ci/two/played/cold/scan/report.html", "scan");
    let output = |folder: &'static str| ["merge", "ci/one", "ci/two", "--output", folder];
    assert!(project.command(&output("out/merged")).output().unwrap().status.success());
    assert_eq!(project.read("out/merged/played/cold/scan/report.html"), "scan");
    assert!(!project.path("out/merged/played/cold/scan/old.html").exists());

    let mut transcript = project.transcript();
    transcript.run(&["merge", "out/merged"]);
    transcript.run(&output("out/merged")).run(&output("ci/two/merged"));
    // Nothing stays of what is refused.
    project.write("ci/two/played/project-played.test.played/suite.json", "");
    transcript.run(&output("out/refused"));
    insta::assert_snapshot!(transcript.finish());
    assert_eq!(fs::read_dir(project.path("out")).unwrap().count(), 1);
}

#[test]
fn budgets_are_found_in_this_checkout_from_the_package_upwards() {
    let played = Played::new();
    let project = &played.project;
    let package = project.read("Cargo.toml").replace("[workspace]", "");
    let (package, profile) = package.split_once("[profile.dev]").unwrap();
    project.write("crates/a/Cargo.toml", package);
    project.write("crates/a/tests/played.rs", "");
    let members = "[workspace]\nmembers = [\"crates/a\"]\nresolver = \"3\"";
    project.write("Cargo.toml", &format!("{members}\n\n[profile.dev]{profile}"));
    assert!(project.command(&BOTH).output().unwrap().status.success());

    // The nearest is theirs, though it has none for them.
    project.write("crates/a/budgets/tripline.toml", "schema = 1\n");
    let mut transcript = project.transcript();
    transcript.run(&BOTH);
    insta::assert_snapshot!(transcript.finish());
}
