//! Growth: it trips, and only a person with a reason raises the limit.

use crate::project::Project;

fn boxes(count: u32) -> String {
    format!(
        "
#[tripline::test]
fn boxes(probe: &Probe) {{
    probe.entities(\"box\", {count});
    let boxes = probe.measure(|| (0..{count}_u64).map(Box::new).collect::<Vec<_>>());
    assert_eq!(boxes.len(), {count});
}}
"
    )
}

#[test]
fn growth_trips_and_is_raised_only_with_a_reason() {
    let project = Project::new("grows", &boxes(10));
    let budget = "entity = \"box\"\n\n[limits]\ntotal_blocks = 11\n\nmax_bytes = 160\n\nlive_bytes_per_entity = 16\n";
    project.write("budgets/grows/boxes.toml", budget);
    let mut transcript = project.transcript();
    transcript.run(&["check"]);
    project.code(&boxes(12));
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

#[test]
fn a_ceiling_is_never_passed() {
    let project = Project::new("ceilings", &boxes(10));
    let budget = "\
# Ten boxes and their vector.
entity = \"box\"

[limits]
total_blocks = { max = 9, ceiling = 10 } # by design

total_bytes = { max = 100, tolerance = \"1%\", ceiling = \"1 KiB\" }
";
    project.write("budgets/ceilings/boxes.toml", budget);
    let mut transcript = project.transcript();
    transcript.run(&["check"]);
    let raise = ["update-budgets", "--raise", "total_blocks,total_bytes", "--reason", "x"];
    transcript.run(&raise);
    assert_eq!(project.read("budgets/ceilings/boxes.toml"), budget);
    transcript.run(&["update-budgets", "--raise", "total_bytes", "--reason", "x"]);
    transcript.show("budgets/ceilings/boxes.toml");
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_limit_under_a_when_is_raised_there() {
    let project = Project::new("whens", &boxes(10));
    project.write(
        "budgets/whens/boxes.toml",
        "\
[limits]
total_blocks = 5

[when.'cfg(not(feature = \"extra\"))'.limits]
total_blocks = 10 # of this build

[when.'cfg(feature = \"extra\")'.limits]
total_blocks = 7
",
    );
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets", "--raise", "total_blocks", "--reason", "x"]);
    transcript.show("budgets/whens/boxes.toml");
    transcript.run(&["check", "--features", "extra"]);
    insta::assert_snapshot!(transcript.finish());
}
