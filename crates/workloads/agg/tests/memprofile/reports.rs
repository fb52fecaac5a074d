//! The command's reports, to read and as JSON.

use std::path::Path;

use serde_json::Value;

use crate::command::{Place, command, run, text};

const COMMITTED: &str = "docs/memory-profile-fraud-team.md";

#[test]
fn the_committed_report_is_what_is_measured() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let output = run(&mut command(&root, &format!("--check --output {COMMITTED}")));
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
}

#[test]
fn a_report_goes_to_a_file_of_the_configuration_s_name_whole() {
    let place = Place::new();
    place.write("memory-profile-fraud-team.md", "an older report");
    assert_eq!(place.report("--events 50"), "");
    assert_eq!(place.files(), ["memory-profile-fraud-team.md"]);
    let report = place.read("memory-profile-fraud-team.md");
    assert!(report.starts_with("# Memory profile: fraud-team\n"), "{report}");
    let printed = place.report("--events 50 --output -");
    assert_eq!(printed, report, "not the same bytes");
    place.report("--events 50 --check");
}

#[test]
fn a_stale_report_is_told_with_the_difference_and_the_remedy() {
    let place = Place::new();
    place.report("--events 50 --output report.md");
    let current = place.read("report.md");
    let stale = current.replace("| count | 18 |", "| count | 17 |");
    assert_ne!(stale, current);
    place.write("report.md", &stale);
    let said = place.failure("--events 50 --output report.md --check", 1);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines[0], "error: report.md is stale");
    assert!(lines.iter().any(|line| line.starts_with("-| count | 17 |")), "{said}");
    assert!(lines.iter().any(|line| line.starts_with("+| count | 18 |")), "{said}");
    let remedy =
        "wanted?   cargo run -p workload-agg --bin memprofile -- --events 50 --output report.md";
    assert_eq!(lines.last(), Some(&remedy));
    assert_eq!(place.read("report.md"), stale, "a check wrote");
}

fn json(place: &Place, args: &str) -> Value {
    serde_json::from_str(&place.report(args)).expect("the report is JSON")
}

fn sum(rows: &Value, key: &str) -> u64 {
    let rows = rows.as_array().expect("a list");
    rows.iter().map(|row| row[key].as_u64().expect("a number")).sum()
}

#[test]
fn every_sum_is_the_same_from_operators_and_from_tables() {
    let place = Place::new();
    let report = json(&place, "--events 300 --json");
    assert_eq!((&report["schema"], &report["events"]), (&1.into(), &300.into()));
    let (tables, operators) = (&report["tables"], &report["operators"]);
    assert_eq!((sum(tables, "features"), sum(operators, "features")), (111, 111));
    assert_eq!(operators.as_array().map(Vec::len), Some(52));
    for key in ["stack_bytes", "heap_bytes"] {
        assert_eq!(sum(tables, key), sum(operators, key), "{key}");
    }
    let sums = &report["coherence"];
    let number = |key: &str| sums[key].as_u64().expect("a number");
    let parts =
        number("operators_stack_bytes") + number("operators_heap_bytes") + number("index_bytes");
    assert_eq!(parts, number("tables_bytes"));
    assert_eq!(number("tables_bytes"), sum(tables, "total_bytes"));
    assert_eq!(sum(operators, "total_bytes") + number("index_bytes"), number("tables_bytes"));
    for row in operators.as_array().expect("a list") {
        let structures = row["structures"].as_object().expect("a map");
        let bytes: u64 = structures.values().filter_map(Value::as_u64).sum();
        assert_eq!(Some(bytes), row["heap_bytes"].as_u64(), "{row}");
    }
    assert_eq!(report.get("process"), None);
    assert_eq!(place.files(), [""; 0]);
}

#[test]
fn the_process_counts_the_same_bytes() {
    let report = json(&Place::new(), "--events 300 --json --process");
    assert_eq!(report["process"]["live_bytes"], report["coherence"]["tables_bytes"]);
    assert_eq!(report["process"]["report_per_live"], 1.0);
    if cfg!(target_os = "linux") {
        assert!(report["process"]["resident_bytes"].as_u64() > Some(0));
    }
    let page = Place::new().report("--events 50 --process --output -");
    assert!(page.contains("report / live = 1.0000"), "{page}");
}

#[test]
fn as_many_of_the_dearest_are_shown_as_are_asked_for() {
    let place = Place::new();
    let shown = |top: &str| {
        place.report(&format!("--events 20 --top {top} --output -")).matches("\n### ").count()
    };
    assert_eq!(["0", "2", "99"].map(shown), [0, 2, 52]);
}

#[test]
fn a_configuration_of_one_s_own_names_the_report() {
    let place = Place::new();
    let text = "[events.Txn]\nuser_id = \"str\"\n[[tables]]\nname = \"Users\"\nevent = \"Txn\"\nkey = \"user_id\"\n\
                features = [{ name = \"c\", op = \"count\" }]";
    place.write("mine.toml", text);
    place.report("--config mine.toml --events 10");
    let page = place.read("memory-profile-mine.md");
    assert!(page.starts_with("# Memory profile: mine\n"), "{page}");
    assert!(
        page.contains("\n| Users | user_id | 10 | 1 | 10 | 80 | 0 | 0 | 0 | 80 | 80 | 80 | — |\n"),
        "{page}"
    );
    assert!(page.contains("\n**keep**: it has no heap.\n"), "{page}");
}
