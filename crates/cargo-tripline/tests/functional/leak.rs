//! Leaks: whoever accepts one says why.

use tripline_budget::Figures;

use crate::elsewhere::{Elsewhere, RECORD, figures};

/// Boxes of 8 B, of which some leak.
fn boxes(count: u64, leaked: u64) -> Figures {
    figures(&[
        ("total_blocks", count),
        ("total_bytes", 8 * count),
        ("max_bytes", 8 * count),
        ("live_bytes", 8 * count),
        ("leaked_blocks", leaked),
        ("leaked_bytes", 8 * leaked),
        ("leaked_threads", 0),
        ("leaked_fds", 0),
    ])
}

/// Nothing is recorded of the first workload that leaks, and one limit of the other.
#[test]
fn a_leak_is_recorded_only_with_a_reason() {
    let elsewhere = Elsewhere::new(&["leaks", "leaks_more", "tidy"]);
    elsewhere.measured("leaks", &boxes(1, 1));
    elsewhere.measured("leaks_more", &boxes(2, 2));
    elsewhere.measured("tidy", &boxes(1, 0));
    let project = &elsewhere.project;
    project.write("budgets/elsewhere/leaks_more.toml", "[limits]\ntotal_blocks = 2\n");
    let mut transcript = project.transcript();
    let add = [&RECORD[..], &["--add", "leaked_bytes"]].concat();
    transcript.run(&add).list().show("budgets/elsewhere/tidy.toml");
    let reason = ["--reason", "one Box stays for the process"];
    transcript.run(&[&add[..], &reason].concat());
    transcript.show("budgets/elsewhere/leaks.toml").show("budgets/elsewhere/leaks_more.toml");
    transcript.run(&[&RECORD[..], &["--reason", "nothing leaks"]].concat());
    insta::assert_snapshot!(transcript.finish());
}
