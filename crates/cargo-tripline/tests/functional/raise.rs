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
    let mut session = project.session();
    session.run(&["update-budgets"]).run(&["check"]);
    project.code(&boxes(12));
    session.run(&["check"]).run(&["update-budgets"]);
    session.run(&["update-budgets", "--raise", "total_blocks"]);
    session.run(&["update-budgets", "--raise", "total_blocks", "--reason", " "]);
    session.run(&["update-budgets", "--raise", "total_blocks", "--reason", "two boxes more"]);
    session.show("budgets/grows/boxes.toml");
    let reason = ["--reason", "x"];
    session.run(&["update-budgets", "--raise", "total_blocks", reason[0], reason[1]]);
    session.run(&["update-budgets", "--raise", "max_blocks", reason[0], reason[1]]);
    session.run(&["update-budgets", "--raise", "total_blcks", reason[0], reason[1]]);
    session.run(&["update-budgets", "--raise", "max_bytes", reason[0], reason[1]]);
    session.run(&["check"]);
    insta::assert_snapshot!(session.finish());
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
    let mut session = project.session();
    session.run(&["check"]);
    let raise = ["update-budgets", "--raise", "total_blocks,total_bytes", "--reason", "x"];
    session.run(&raise);
    assert_eq!(project.read("budgets/ceilings/boxes.toml"), budget);
    session.run(&["update-budgets", "--raise", "total_bytes", "--reason", "x"]);
    session.show("budgets/ceilings/boxes.toml");
    insta::assert_snapshot!(session.finish());
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
    let mut session = project.session();
    session.run(&["update-budgets", "--raise", "total_blocks", "--reason", "x"]);
    session.show("budgets/whens/boxes.toml");
    session.run(&["check", "--features", "extra"]);
    insta::assert_snapshot!(session.finish());
}
