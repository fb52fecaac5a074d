//! Formats the report as tables to read.

use std::fmt::Write;

use crate::comparison::ratio;
use crate::outcome::{Snapshot, Stage};
use crate::report::Report;

/// The figures' names, in the order of [`Report::figures`].
const SECTIONS: [(&str, &[&str]); 3] = [
    (
        "resident set (a process without a profiler; pages of code count too)",
        &["baseline", "peak", "final, database open", "net growth"],
    ),
    (
        "heap (a second process, under dhat, from the opening of the database on)",
        &["current, database open", "peak", "allocations", "bytes allocated"],
    ),
    ("disk", &["database", "write-ahead log", "logical log"]),
];

/// Formats one report as a list, two as a table with ratios.
pub(crate) fn render(reports: &[Report]) -> String {
    let mut text = String::new();
    if let Some(report) = reports.first() {
        let _ = writeln!(
            text,
            "{}: {} of {} on {}",
            report.workload,
            plural(report.iterations.into(), "transaction"),
            plural(report.batch_size.into(), "statement"),
            plural(report.connections.into(), "connection"),
        );
    }
    heading(&mut text, reports);
    sections(&mut text, reports);
    for report in reports {
        phases(&mut text, report);
    }
    text
}

fn heading(text: &mut String, reports: &[Report]) {
    let _ = write!(text, "\n{:28}", "");
    for report in reports {
        let _ = write!(text, "{:>14}", report.mode);
    }
    if let [first, second] = reports {
        let _ = write!(text, "{:>14}", format!("{}/{}", second.mode, first.mode));
    }
    text.push('\n');
}

fn sections(text: &mut String, reports: &[Report]) {
    let mut index = 0;
    for (section, names) in SECTIONS {
        let _ = writeln!(text, "{section}");
        for name in names {
            let values: Vec<_> = reports.iter().map(|report| report.figures()[index]).collect();
            row(text, name, &values);
            index += 1;
        }
    }
}

fn row(text: &mut String, name: &str, values: &[(&str, Option<i64>)]) {
    let _ = write!(text, "  {name:26}");
    for (key, value) in values {
        let _ = write!(text, "{:>14}", figure(key, *value));
    }
    if let [(_, first), (_, second)] = *values {
        let times = ratio(first, second).map_or("-".to_owned(), |ratio| format!("{ratio:.2}x"));
        let _ = write!(text, "{times:>14}");
    }
    text.push('\n');
}

fn figure(key: &str, value: Option<i64>) -> String {
    match value {
        None => "-".to_owned(),
        Some(count) if key == "total_allocs" => count.to_string(),
        Some(bytes) => size(bytes),
    }
}

/// Formats bytes in the unit that suits their size; 1 kB is 1 000 bytes.
#[expect(clippy::cast_precision_loss, reason = "two decimals are printed")]
fn size(bytes: i64) -> String {
    match bytes.unsigned_abs() {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.2} kB", bytes as f64 / 1e3),
        _ => format!("{:.2} MB", bytes as f64 / 1e6),
    }
}

/// Writes the phases, with the resident set at each.
fn phases(text: &mut String, report: &Report) {
    let work = &report.work;
    let _ = writeln!(
        text,
        "\n{}: {} written, {} read, {} run again",
        report.mode,
        plural(work.rows_written, "row"),
        plural(work.rows_read, "row"),
        plural(work.retries, "transaction"),
    );
    let _ =
        writeln!(text, "  {:10}{:>14}{:>14}{:>14}{:>12}", "phase", "from", "highest", "to", "end");
    for phase in [Stage::Setup, Stage::Run] {
        let during: Vec<_> = report.snapshots.iter().filter(|at| at.phase == phase).collect();
        if let [first, .., last] = *during {
            let highest = during.iter().map(|at| at.rss_bytes).fold(0, u64::max);
            phase_row(text, phase, [first.rss_bytes, highest, last.rss_bytes], last);
        }
    }
}

fn phase_row(text: &mut String, phase: Stage, rss: [u64; 3], last: &Snapshot) {
    let name = if phase == Stage::Setup { "setup" } else { "run" };
    let _ = write!(text, "  {name:10}");
    for bytes in rss {
        let _ = write!(text, "{:>14}", size(bytes.cast_signed()));
    }
    let _ = writeln!(text, "{:>12}", format!("{} ms", last.elapsed_ms));
}

fn plural(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_the_unit_that_fits() {
        let sizes = [0, 999, 1_000, 999_990, 2_434_423, -4_096].map(size);
        assert_eq!(sizes, ["0 B", "999 B", "1.00 kB", "999.99 kB", "2.43 MB", "-4.10 kB"]);
    }
}
