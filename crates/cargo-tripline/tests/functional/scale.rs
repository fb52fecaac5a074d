//! A workload at several sizes: recorded as a line, it trips, is raised, added to, proven and held to its base.

use crate::project::Project;
use crate::repository::Repository;

fn rows(each: &str, fixed: u32) -> String {
    format!(
        "
#[tripline::test]
fn rows(probe: &Probe) {{
    let n = probe.scale([100, 200, 400]);
    probe.entities(\"row\", n);
    let rows = probe.measure(|| {{
        let mut rows = Vec::with_capacity(n as usize);
        rows.extend((0..n).map(|_| Vec::<u8>::with_capacity({each})));
        (rows, Vec::<u8>::with_capacity({fixed}))
    }});
    assert_eq!(rows.0.len(), n as usize);
}}
"
    )
}

/// Elsewhere no threads and descriptors are recorded.
#[cfg(target_os = "linux")]
#[test]
fn a_line_is_recorded_and_trips_and_is_raised() {
    let curve = rows("n as usize", 0).replace("fn rows", "fn curve");
    let project = Project::new("scales", &format!("{}{curve}", rows("8", 1_000)));
    let mut transcript = project.transcript();
    // What is no line is not recorded.
    transcript.run(&["update-budgets"]).list();
    transcript.show("budgets/scales/rows.toml");
    transcript.run(&["prove", "rows"]);
    project.code(&rows("9", 1_000));
    transcript.run(&["check"]);
    let keys = "growth.live_bytes.per_entity,growth.max_bytes.per_entity";
    transcript.run(&["update-budgets", "--raise", keys, "--reason", "a flag a row"]);
    transcript.run(&["update-budgets", "--add", "growth.live_blocks.per_entity"]);
    project.code(&rows("9", 900));
    transcript.run(&["update-budgets", "--shrink"]);
    transcript.show("budgets/scales/rows.toml");
    project.code(&rows("n as usize", 900));
    transcript.run(&["check"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_line_is_held_to_its_base() {
    let repository = Repository::new();
    let file = |line: &str| format!("entity = \"row\"\n\n[growth]\nlive_bytes = {line}\n");
    repository.write("budgets/sql/rows.toml", &file("{ fixed = 1_000, per_entity = 32 }"));
    repository.commit("Budget");
    let mut text = String::new();
    for line in [
        "{ fixed = 1_000, per_entity = 33 }",
        "{ fixed = 1_000, per_entity = 33, reason = \"a flag a row\" }",
        "{ fixed = 1_000, per_entity = 32, tolerance = \"3%\" }",
        "{ fixed = 1_000 }",
        "{ fixed = 900, per_entity = 32 }",
    ] {
        repository.reset("main");
        repository.write("budgets/sql/rows.toml", &file(line));
        text.push_str(&format!("# {line}\n{}", repository.run(&["check", "--base", "main"])));
    }
    insta::assert_snapshot!(text);
}
