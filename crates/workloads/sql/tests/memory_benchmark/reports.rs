//! The command's reports, in every format.

use serde_json::Value;

use crate::command::{Place, files};
use crate::schema;

/// A small run with every part of a report in it.
const SMALL: &str = "-i 3 -b 20 --connections 2";

fn json(place: &Place, args: &str) -> Value {
    let text = place.report(&format!("{SMALL} --format json {args}"));
    serde_json::from_str(&text).expect("the report is JSON")
}

#[track_caller]
fn assert_valid(report: &Value) {
    assert_eq!(schema::errors(report), [""; 0]);
}

#[test]
fn every_workload_and_mode_fits_the_schema() {
    for profile in workload_sql::profiles::all() {
        for mode in ["wal", "mvcc"] {
            let place = Place::new();
            let report =
                json(&place, &format!("--mode {mode} --workload {} --heap off", profile.name));
            assert_valid(&report);
            assert_eq!(
                (&report["mode"], &report["workload"]),
                (&mode.into(), &profile.name.into())
            );
            assert_eq!(report["heap_peak_bytes"], Value::Null);
            assert_eq!(files(place.cwd.path()), [""; 0], "a profile without a profiler");
        }
    }
}

#[test]
fn the_schema_refuses_what_is_no_report() {
    let mut report = json(&Place::new(), "--heap off");
    report["peak_bytes"] = "many".into();
    assert_ne!(schema::errors(&report), [""; 0]);
    report["peak_bytes"] = 1.into();
    assert_valid(&report);
    report["extra"] = 1.into();
    assert_ne!(schema::errors(&report), [""; 0]);
    assert_ne!(schema::errors(&serde_json::json!({})), [""; 0]);
}

#[test]
fn heap_and_resident_set_are_both_there() {
    for (mode, log) in [("wal", false), ("mvcc", true)] {
        let place = Place::new();
        let report = json(&place, &format!("--mode {mode}"));
        assert_valid(&report);
        let number = |key: &str| report[key].as_u64().unwrap_or_else(|| panic!("no {key}"));
        assert!(number("heap_current_bytes") <= number("heap_peak_bytes"));
        assert!(number("heap_peak_bytes") <= number("total_bytes_allocated"));
        // 120 rows at a few dozen allocations each.
        assert!(number("total_allocs") > 120 * 20);
        assert!(number("peak_bytes") >= number("final_bytes"));
        assert_eq!(report["log_file_bytes"].is_u64(), log);
        assert_eq!(files(place.cwd.path()), ["dhat-heap.json"]);
        let profile = std::fs::read(place.cwd.path().join("dhat-heap.json"));
        let profile: Value =
            serde_json::from_slice(&profile.expect("it can be read")).expect("it is JSON");
        assert_eq!(profile["dhatFileVersion"], 2);
    }
}

#[test]
fn snapshots_are_taken_at_every_transition_and_batch() {
    let report = json(&Place::new(), "--heap off");
    let snapshots = report["snapshots"].as_array().expect("a list");
    let phases: Vec<_> = snapshots.iter().map(|at| at["phase"].as_str().expect("a word")).collect();
    // Opened, the schema; the mark, three iterations.
    assert_eq!(phases, ["baseline", "setup", "setup", "run", "run", "run", "run", "done"]);
    assert!(snapshots.is_sorted_by_key(|at| at["elapsed_ms"].as_u64()));
    assert_eq!(report["baseline_bytes"], snapshots[0]["rss_bytes"]);
    assert_eq!(report["final_bytes"], snapshots[7]["rss_bytes"]);
}

#[test]
fn csv_has_a_header_and_a_line() {
    let text = Place::new().report(&format!("{SMALL} --format csv --heap off"));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(
        lines[0],
        "mode,workload,iterations,batch_size,connections,baseline_mb,rss_peak_mb,rss_final_mb,rss_growth_mb,\
         heap_current_mb,heap_peak_mb,total_allocs,total_bytes_mb,db_mb,wal_mb,log_mb"
    );
    let cells: Vec<_> = lines[1].split(',').collect();
    assert_eq!(cells[..5], ["wal", "insert-heavy", "3", "20", "2"]);
    assert_eq!(cells[9..13], [""; 4], "the heap was not measured");
    assert_eq!(cells[13], "0.00");
    assert_eq!((cells.len(), cells[15], lines.len()), (16, "", 2));
    let (whole, decimals) = cells[6].split_once('.').expect("two decimals");
    assert!(whole.parse::<u32>().is_ok() && decimals.len() == 2, "{}", cells[6]);
}

#[test]
fn a_comparison_has_both_and_their_ratios() {
    let place = Place::new();
    let report = json(&place, "--compare wal,mvcc");
    assert_valid(&report);
    let [wal, mvcc] = [0, 1].map(|index| &report["reports"][index]);
    assert_eq!((&wal["mode"], &mvcc["mode"]), (&"wal".into(), &"mvcc".into()));
    let peaks = [wal, mvcc].map(|report| report["heap_peak_bytes"].as_f64().expect("a number"));
    let ratio = report["ratios"]["heap_peak_bytes"].as_f64().expect("a number");
    assert!((ratio - peaks[1] / peaks[0]).abs() < 1e-9, "{ratio}");
    assert_eq!(report["ratios"]["log_file_bytes"], Value::Null);
    assert_eq!(files(place.cwd.path()), ["dhat-heap-mvcc.json", "dhat-heap-wal.json"]);
}

#[test]
fn a_comparison_to_read_has_three_columns() {
    let text = Place::new().report(&format!("{SMALL} --heap off --compare mvcc,wal"));
    assert!(
        text.starts_with("insert-heavy: 3 transactions of 20 statements on 2 connections"),
        "{text}"
    );
    let heading = text.lines().find(|line| line.contains("wal/mvcc")).expect("a heading");
    assert_eq!(heading.split_whitespace().collect::<Vec<_>>(), ["mvcc", "wal", "wal/mvcc"]);
    let peak = text.lines().find(|line| line.starts_with("  peak")).expect("the peak");
    let cells: Vec<_> = peak.split_whitespace().collect();
    assert_eq!((cells[2], cells[4]), ("MB", "MB"));
    assert!(cells[5].ends_with('x'), "{peak}");
    assert!(
        text.contains("  allocations                            -             -             -\n"),
        "{text}"
    );
    assert!(
        text.contains("mvcc: 120 rows written, 0 rows read, 0 transactions run again"),
        "{text}"
    );
}

#[test]
fn a_report_to_a_file_replaces_it_whole() {
    let place = Place::new();
    let file = place.cwd.path().join("report.csv");
    std::fs::write(&file, "an older report").expect("it can be written");
    let printed = place.report(&format!("{SMALL} --heap off --format csv --output report.csv"));
    assert_eq!(printed, "");
    let written = std::fs::read_to_string(&file).expect("it is there");
    assert!(written.starts_with("mode,workload,"), "{written}");
    assert_eq!(files(place.cwd.path()), ["report.csv"]);
}
