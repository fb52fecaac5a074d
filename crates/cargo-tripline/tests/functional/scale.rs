//! A workload at several sizes: recorded as a line, it trips, is raised, added to and held to its base.

use tripline_budget::{Entities, Figures};

use crate::elsewhere::{Elsewhere, RECORD, figures};
use crate::project::Project;
use crate::repository::Repository;

/// A row takes as many bytes as the file `row` says; with 0, as many as there are rows.
const ROWS: &str = "
#[tripline::test]
fn rows(probe: &Probe) {
    let n = probe.scale([100, 200, 400]);
    probe.entities(\"row\", n);
    let n = n as usize;
    let row = match number(\"row\") {
        0 => n,
        row => row,
    };
    let rows = probe.measure(|| {
        let mut rows = Vec::with_capacity(n);
        rows.extend((0..n).map(|_| Vec::<u8>::with_capacity(row)));
        (rows, Vec::<u8>::with_capacity(1_000))
    });
    assert_eq!(rows.0.len(), n);
}
";

/// Elsewhere no threads and descriptors are recorded.
#[cfg(target_os = "linux")]
#[test]
fn a_line_is_recorded_and_trips() {
    let project = Project::new("scales", ROWS);
    let mut transcript = project.transcript();
    project.write("row", "8");
    transcript.run(&["update-budgets"]).show("budgets/scales/rows.toml");
    for row in ["9", "0"] {
        project.write("row", row);
        transcript.run(&["check"]);
    }
    insta::assert_snapshot!(transcript.finish());
}

/// Returns the figures of [`ROWS`] with `fixed` bytes beside the rows, each of which has `row(rows)` bytes.
fn rows(fixed: u64, row: impl Fn(u64) -> u64) -> Figures {
    let at = |rows: u64| {
        let blocks = ["total_blocks", "live_blocks"].map(|key| (key, rows + 2));
        let bytes = fixed + rows * (24 + row(rows));
        let bytes = ["total_bytes", "max_bytes", "live_bytes"].map(|key| (key, bytes));
        figures(&[&blocks[..], &bytes].concat())
    };
    let mut largest = at(400);
    largest.entities = Some(Entities { name: "row".to_owned(), count: 400 });
    largest.set_scale([100, 200, 400].map(|rows| at(rows).at_size(rows)).into());
    largest
}

#[test]
fn a_line_is_raised_added_to_and_lowered_and_a_curve_is_not_recorded() {
    let elsewhere = Elsewhere::new(&["rows", "curve"]);
    elsewhere.measured("rows", &rows(1_000, |_| 8));
    elsewhere.measured("curve", &rows(0, |rows| rows));
    let project = &elsewhere.project;
    let mut transcript = project.transcript();
    transcript.run(&RECORD).list();
    let update = ["update-budgets", "elsewhere::rows", "--from", "ci"];
    elsewhere.measured("rows", &rows(1_000, |_| 9));
    let keys = "growth.live_bytes.per_entity,growth.max_bytes.per_entity";
    let reason = ["--reason", "a flag a row"];
    transcript.run(&[&update[..], &["--raise", keys], &reason].concat());
    transcript.run(&[&update[..], &["--add", "growth.live_blocks.per_entity"]].concat());
    elsewhere.measured("rows", &rows(900, |_| 9));
    transcript.run(&[&update[..], &["--shrink"]].concat());
    transcript.show("budgets/elsewhere/rows.toml");
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
