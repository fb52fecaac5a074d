//! The recorded breakdown, by tripline's tool and by insta's own.

use crate::environment::program;
use crate::merge::copy;
use crate::project::Project;
use crate::shards::commit;

const SNAPSHOT: &str = "tests/snapshots/reviewed__boxes.snap";

const BOXES: &str = "#[tripline::test]
fn boxes(probe: &Probe) {
    let count = number(\"boxes\");
    probe.measure(|| drop((0..count).map(Box::new).collect::<Vec<_>>()));
}
";

#[test]
fn call_sites_are_recorded_with_the_budget_and_what_changed_is_accepted_with_it() {
    let project = Project::sited("sited", BOXES);
    project.write("boxes", "10");
    project.write("budgets/tripline.toml", "schema = 1\n");
    commit(&project);
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets"]).show("tests/snapshots/sited__boxes.snap");
    // What was measured before the breakdown was written is merged after it.
    copy(&project.latest(), &project.path("ci/sited"));
    let merged = project.command(&["merge", "ci"]).output().unwrap();
    assert!(merged.status.success(), "{}", String::from_utf8_lossy(&merged.stdout));
    project.write("boxes", "12");
    transcript.run(&["check"]);
    let raise = ["--raise", "total_blocks,max_bytes", "--reason", "two more"];
    transcript.run(&[&["update-budgets"], &raise[..]].concat());
    transcript.run(&["update-budgets", "--check"]);
    insta::assert_snapshot!(transcript.finish());
}

/// Returns `true` if the real `cargo insta` is installed. Without it there is nothing to test.
fn insta_is_installed() -> bool {
    let found = program("cargo").args(["insta", "--version"]).output();
    let found = found.is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: cargo-insta is not installed (cargo install --locked cargo-insta)");
    }
    found
}

fn run(project: &Project, command: &str) -> bool {
    let mut words = command.split(' ');
    let output = program(words.next().unwrap())
        .args(words)
        .current_dir(project.root())
        .envs(project.environment())
        // It asks cargo for all platforms' packages, which nothing else has fetched.
        .env_remove("CARGO_NET_OFFLINE")
        .output()
        .unwrap();
    let [stdout, stderr] =
        [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    eprintln!("$ {command}\n{stdout}\n{stderr}");
    output.status.success()
}

#[test]
fn cargo_insta_reviews_what_a_test_left_pending() {
    if !insta_is_installed() {
        return;
    }
    let project = Project::sited("reviewed", &traded(10, 2));
    project.write("budgets/reviewed/boxes.toml", "[limits]\ntotal_blocks = 13\n");
    assert!(project.command(&["update-budgets"]).status().unwrap().success());
    let recorded = project.read(SNAPSHOT);
    let pending = project.path(&format!("{SNAPSHOT}.new"));
    assert!(run(&project, "cargo test"));

    // A limit that trips leaves nothing to accept, whatever insta is told.
    project.code(&traded(12, 2));
    assert!(!run(&project, "cargo insta test --accept"));
    assert!(!pending.is_file());
    assert_eq!(project.read(SNAPSHOT), recorded);

    // Other sites within the limits do.
    project.code(&traded(7, 5));
    assert!(!run(&project, "cargo test"));
    assert!(pending.is_file());
    assert!(run(&project, "cargo insta accept"));
    assert!(!pending.is_file());
    assert!(run(&project, "cargo test"));

    // What insta accepted is what the tool would have written.
    let accepted = project.read(SNAPSHOT);
    project.write(SNAPSHOT, &recorded);
    assert!(project.command(&["update-budgets"]).status().unwrap().success());
    assert_eq!(project.read(SNAPSHOT), accepted);

    // A breakdown is in use as long as its test is there.
    assert!(run(&project, "cargo insta test --unreferenced=delete"));
    assert!(project.path(SNAPSHOT).is_file());
    project.code("");
    std::fs::remove_file(project.path("budgets/reviewed/boxes.toml")).unwrap();
    assert!(run(&project, "cargo insta test --unreferenced=delete"));
    assert!(!project.path(SNAPSHOT).is_file());
}

/// Two sites, whose blocks are of one size.
fn traded(ours: u64, theirs: u64) -> String {
    format!(
        "#[inline(never)]
fn site(count: u64) {{
    (0..count).for_each(|n| drop(std::hint::black_box(Box::new(n))));
}}
#[inline(never)]
fn other(count: u64) {{
    (0..count).for_each(|n| drop(std::hint::black_box(Box::new(n))));
}}
#[tripline::test]
fn boxes(probe: &Probe) {{
    probe.measure(|| {{ site({ours}); other({theirs}); }});
}}
"
    )
}
