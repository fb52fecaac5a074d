//! Lays the results out as tables and CSV.

use crate::bench::csv::csv;
use crate::bench::rounds::Quartiles;
use crate::bench::suite::method::Method;
use crate::bench::suite::region_times::WORKLOADS;
use crate::bench::suite::results::SuiteResults;
use crate::bench::suite::source_lines::SourceLines;
use crate::bench::table::{Alignment, CellTable};

const HEADER: [&str; 7] = [
    "method",
    "whole run, ms",
    "beyond plain, ms a workload",
    "measured part, ms",
    "× plain",
    "× count",
    "lines of tests",
];

/// Stands in place of a missing figure.
const NOTHING: &str = "—";

/// Shows the methods that ran, with the times and lines of each.
pub(super) fn methods(results: &SuiteResults, lines: &[SourceLines]) -> CellTable {
    let mut table = CellTable::new(HEADER, Alignment::Right);
    for method in results.methods() {
        let lines = lines.iter().find(|lines| lines.method == method);
        let lines = lines.map(|lines| lines.count.to_string());
        table.push(vec![
            method.title().to_owned(),
            spread(results.whole(method), 0),
            spread(results.beyond_plain(method), 1),
            spread(results.measured(method), 0),
            spread(results.ratio(method, Method::Plain), 2),
            spread(results.ratio(method, Method::Count), 2),
            lines.unwrap_or_else(|| NOTHING.to_owned()),
        ]);
    }
    table
}

/// Shows the measured part of each workload, in milliseconds.
pub(super) fn workloads(results: &SuiteResults) -> CellTable {
    let mut table = CellTable::new(std::iter::once("method").chain(WORKLOADS), Alignment::Right);
    for method in results.methods() {
        let cells = (0..WORKLOADS.len()).map(|workload| median(results.region(method, workload)));
        table.push(std::iter::once(method.title().to_owned()).chain(cells).collect());
    }
    table
}

/// Lists every time as CSV, for other statistics.
pub(super) fn every_time(results: &SuiteResults) -> String {
    let mut rows = Vec::new();
    for method in results.methods() {
        for (round, times) in (1_usize..).zip(results.rounds(method)) {
            let whole = std::iter::once(("whole", times.whole));
            for (part, time) in whole.chain(WORKLOADS.into_iter().zip(times.regions)) {
                let [round, time] = [round.to_string(), time.as_nanos().to_string()];
                rows.push(vec![round, method.key().to_owned(), part.to_owned(), time]);
            }
        }
    }
    csv(&["round", "way", "part", "nanoseconds"], &rows)
}

fn spread(figures: Vec<f64>, decimals: usize) -> String {
    Quartiles::of(figures).map_or(NOTHING.to_owned(), |Quartiles { lower, median, upper }| {
        format!("{median:.decimals$} ({lower:.decimals$} – {upper:.decimals$})")
    })
}

fn median(figures: Vec<f64>) -> String {
    Quartiles::of(figures).map_or(NOTHING.to_owned(), |middle| format!("{:.1}", middle.median))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::suite::results::testing::results;

    #[test]
    fn methods_are_shown_with_their_quartiles() {
        let lines = [(Method::Plain, 20), (Method::ByHand, 70)]
            .map(|(method, count)| SourceLines { method, count });
        insta::assert_snapshot!(methods(&results(), &lines).text(), @"
        method                  whole run, ms   beyond plain, ms a workload    measured part, ms                 × plain                 × count   lines of tests
        plain tests        1500 (1250 – 1750)               0.0 (0.0 – 0.0)      225 (188 – 262)      1.00 (1.00 – 1.00)      0.91 (0.91 – 0.91)               20
        tripline, count    1575 (1312 – 1838)            15.0 (12.5 – 17.5)      248 (206 – 289)      1.10 (1.10 – 1.10)      1.00 (1.00 – 1.00)                —
        tripline, dhat     7500 (6250 – 8750)      1200.0 (1000.0 – 1400.0)   2250 (1875 – 2625)   10.00 (10.00 – 10.00)      9.09 (9.09 – 9.09)                —
        dhat by hand      9000 (7500 – 10500)      1500.0 (1250.0 – 1750.0)   2475 (2062 – 2888)   11.00 (11.00 – 11.00)   10.00 (10.00 – 10.00)               70
        ");
    }

    #[test]
    fn workloads_are_shown_one_by_one() {
        insta::assert_snapshot!(workloads(&results()).text(), @"
        method            wal_insert   wal_read   wal_mixed   mvcc_insert   agg_users
        plain tests             15.0       30.0        45.0          60.0        75.0
        tripline, count         16.5       33.0        49.5          66.0        82.5
        tripline, dhat         150.0      300.0       450.0         600.0       750.0
        dhat by hand           165.0      330.0       495.0         660.0       825.0
        ");
    }

    #[test]
    fn every_time_has_its_line() {
        let text = every_time(&results());
        assert_eq!(text.lines().count(), 1 + 4 * 2 * (1 + WORKLOADS.len()));
        let first: Vec<_> = text.lines().take(3).collect();
        assert_eq!(
            first,
            [
                "round,way,part,nanoseconds",
                "1,plain,whole,1000000000",
                "1,plain,wal_insert,10000000"
            ]
        );
        assert!(text.ends_with("2,dhat_by_hand,agg_users,1100000000\n"), "{text}");
    }
}
