//! Growth: it trips, and only a person with a reason raises the limit.

use crate::elsewhere::{Elsewhere, JUDGE, figures_of_boxes};
use crate::project::Project;

const BOXES: &str = "
#[tripline::test]
fn boxes(probe: &Probe) {
    let count = number(\"boxes\");
    probe.entities(\"box\", count as u64);
    let boxes = probe.measure(|| (0..count).map(Box::new).collect::<Vec<_>>());
    assert_eq!(boxes.len(), count);
}
";

#[test]
fn growth_trips_and_is_raised_only_with_a_reason() {
    let project = Project::new("grows", BOXES);
    project.write("boxes", "10");
    let budget = "entity = \"box\"\n\n[limits]\ntotal_blocks = 11\n\nmax_bytes = 160\n\nlive_bytes_per_entity = 16\n";
    project.write("budgets/grows/boxes.toml", budget);
    let mut transcript = project.transcript();
    transcript.run(&["check"]);
    project.write("boxes", "12");
    transcript.run(&["check"]).run(&["update-budgets"]);
    transcript.run(&["update-budgets", "--raise", "total_blocks"]);
    transcript.run(&["update-budgets", "--raise", "total_blocks", "--reason", " "]);
    transcript.run(&["update-budgets", "--raise", "total_blocks", "--reason", "two boxes more"]);
    transcript.show("budgets/grows/boxes.toml");
    let reason = ["--reason", "x"];
    transcript.run(&["update-budgets", "--raise", "total_blocks", reason[0], reason[1]]);
    transcript.run(&["update-budgets", "--raise", "max_blocks", reason[0], reason[1]]);
    transcript.run(&["update-budgets", "--raise", "total_blcks", reason[0], reason[1]]);
    transcript.run(&["update-budgets", "--raise", "max_bytes", reason[0], reason[1]]);
    transcript.run(&["check"]);
    insta::assert_snapshot!(transcript.finish());
}

/// Ten boxes and their vector.
const TEN: [(&str, u64); 2] = [("total_blocks", 11), ("total_bytes", 160)];

#[test]
fn a_ceiling_is_never_passed() {
    let elsewhere = Elsewhere::new(&["boxes"]);
    let project = &elsewhere.project;
    let budget = "\
# Ten boxes and their vector.
entity = \"box\"

[limits]
total_blocks = { max = 9, ceiling = 10 } # by design

total_bytes = { max = 100, tolerance = \"1%\", ceiling = \"1 KiB\" }
";
    project.write("budgets/elsewhere/boxes.toml", budget);
    elsewhere.measured("boxes", &figures_of_boxes(10, &TEN));
    let mut transcript = project.transcript();
    transcript.run(&JUDGE);
    transcript.run(&raise("total_blocks,total_bytes"));
    assert_eq!(project.read("budgets/elsewhere/boxes.toml"), budget);
    transcript.run(&raise("total_bytes"));
    transcript.show("budgets/elsewhere/boxes.toml");
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_limit_under_a_when_is_raised_there() {
    let mut elsewhere = Elsewhere::new(&["boxes"]);
    elsewhere.project.write(
        "budgets/elsewhere/boxes.toml",
        "\
[limits]
total_blocks = 5

[when.'cfg(not(feature = \"extra\"))'.limits]
total_blocks = 10 # of this build

[when.'cfg(feature = \"extra\")'.limits]
total_blocks = 7
",
    );
    elsewhere.measured("boxes", &figures_of_boxes(10, &TEN));
    let mut transcript = elsewhere.project.transcript();
    transcript.run(&raise("total_blocks")).show("budgets/elsewhere/boxes.toml");
    let raised = transcript.finish();
    // In a build with the feature the other section's limit stands where it was.
    elsewhere.suite.cfgs = vec!["feature=\"extra\"".to_owned()];
    elsewhere.suite.ruler.features = "extra".to_owned();
    elsewhere.measured("boxes", &figures_of_boxes(10, &TEN));
    let mut transcript = elsewhere.project.transcript();
    transcript.run(&JUDGE);
    let judged = transcript.finish();
    insta::assert_snapshot!([raised, judged].concat());
}

fn raise(keys: &str) -> [&str; 7] {
    ["update-budgets", "--from", "ci", "--raise", keys, "--reason", "x"]
}
