//! Requests that the command cannot fulfil, and its errors.

use crate::command::{Place, files, text};

#[test]
fn an_unknown_mode_lists_the_known() {
    let said = Place::new().failure("--mode rollback", 2);
    assert!(said.starts_with("error: invalid value 'rollback' for '--mode <MODE>'"), "{said}");
    assert!(said.contains("[possible values: wal, mvcc]"), "{said}");
}

#[test]
fn an_unknown_workload_lists_the_known() {
    let said = Place::new().failure("--workload delete-heavy", 2);
    assert!(
        said.contains("[possible values: insert-heavy, mixed, read-heavy, scan-heavy]"),
        "{said}"
    );
}

#[test]
fn nothing_to_do_is_refused() {
    for flag in ["-i 0", "-b 0", "--connections 0"] {
        let said = Place::new().failure(flag, 2);
        assert!(said.starts_with("error: invalid value '0' for"), "{said}");
    }
}

#[test]
fn a_comparison_needs_two_modes() {
    for modes in ["wal", "wal,wal", "wal,mvcc,wal"] {
        let said = Place::new().failure(&format!("--compare {modes}"), 1);
        assert_eq!(said, "error: --compare takes two different modes, such as wal,mvcc\n");
    }
}

#[test]
fn a_mode_and_a_comparison_exclude_each_other() {
    let said = Place::new().failure("--mode wal --compare wal,mvcc", 2);
    assert!(said.contains("cannot be used with"), "{said}");
}

#[test]
fn paths_that_cannot_be_written_fail_before_the_run() {
    // So many iterations that the run would not end.
    let long = "-i 4000000000 --heap dhat";
    for (flag, path) in [("--output", "no/report.txt"), ("--dhat-file", "no/profile.json")] {
        let place = Place::new();
        let said = place.failure(&format!("{long} {flag} {path}"), 1);
        let expected =
            format!("error: failed to write {path}: No such file or directory (os error 2)\n");
        assert_eq!(said, expected);
        assert_eq!(files(place.cwd.path()), [""; 0]);
    }
}

#[test]
fn a_folder_is_no_file() {
    let said = Place::new().failure("--heap off --output .", 1);
    assert_eq!(said, "error: failed to write .: it is a folder\n");
}

#[test]
fn a_folder_for_the_database_that_cannot_be_made() {
    let place = Place::new();
    let output = place
        .command("--heap off")
        .env("TMPDIR", "/proc")
        .output()
        .expect("the command can be run");
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let expected =
        "error: failed to measure the resident set: failed to make a folder for the database: ";
    assert!(said.starts_with(expected), "{said}");
}

#[test]
fn a_measured_process_says_what_the_engine_said() {
    let job = r#"{"pass":"rss","mode":"wal","workload":"mixed","iterations":1,"batch_size":1,"connections":1,"timeout_ms":0,"database":"no/bench.db"}"#;
    let place = Place::new();
    let output = place.command("--measure").arg(job).output();
    let output = output.expect("the command can be run");
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.starts_with("error: failed to open the database: "), "{said}");
}

#[test]
fn a_job_that_cannot_be_read_is_an_error() {
    let said = Place::new().failure("--measure {}", 1);
    assert!(said.starts_with("error: failed to read the job: missing field"), "{said}");
}
