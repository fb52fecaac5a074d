//! What is shown of results, and what is kept.

use crate::bench::csv::csv;
use crate::bench::rounds::Quartiles;
use crate::bench::suite::results::Results;
use crate::bench::suite::times::WORKLOADS;
use crate::bench::suite::way::Way;
use crate::bench::table::{Align, Table};

const WAYS: [&str; 7] = [
    "way",
    "whole run, ms",
    "beyond plain, ms a workload",
    "measured part, ms",
    "× plain",
    "× count",
    "lines of tests",
];

/// In place of a figure that there is none of.
const NOTHING: &str = "—";

/// A way, and how many lines its tests have.
pub(super) type Lines = (Way, usize);

/// The ways that ran and what each takes.
pub(super) fn ways(results: &Results, lines: &[Lines]) -> Table {
    let mut table = Table::new(WAYS, Align::Right);
    for way in results.ways() {
        let written = lines.iter().find(|(of, _)| *of == way).map(|(_, lines)| lines.to_string());
        table.push(vec![
            way.title().to_owned(),
            spread(results.whole(way), 0),
            spread(results.beyond_plain(way), 1),
            spread(results.measured(way), 0),
            spread(results.ratio(way, Way::Plain), 2),
            spread(results.ratio(way, Way::Count), 2),
            written.unwrap_or_else(|| NOTHING.to_owned()),
        ]);
    }
    table
}

/// The measured part of each workload, in milliseconds.
pub(super) fn workloads(results: &Results) -> Table {
    let mut table = Table::new(std::iter::once("way").chain(WORKLOADS), Align::Right);
    for way in results.ways() {
        let cells = (0..WORKLOADS.len()).map(|workload| median(results.region(way, workload)));
        table.push(std::iter::once(way.title().to_owned()).chain(cells).collect());
    }
    table
}

/// Every reading, a line each, for whoever wants other statistics.
pub(super) fn readings(results: &Results) -> String {
    let mut rows = Vec::new();
    for way in results.ways() {
        for (round, reading) in (1_usize..).zip(results.readings(way)) {
            let parts = std::iter::once(("whole", reading.whole));
            for (part, time) in parts.chain(WORKLOADS.into_iter().zip(reading.regions)) {
                let [round, time] = [round.to_string(), time.as_nanos().to_string()];
                rows.push(vec![round, way.key().to_owned(), part.to_owned(), time]);
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
    fn ways_are_told_with_their_quartiles() {
        let lines = [(Way::Plain, 20), (Way::ByHand, 70)];
        insta::assert_snapshot!(ways(&results(), &lines).text(), @"
        way                     whole run, ms   beyond plain, ms a workload    measured part, ms                 × plain                 × count   lines of tests
        plain tests        1500 (1250 – 1750)               0.0 (0.0 – 0.0)      225 (188 – 262)      1.00 (1.00 – 1.00)      0.91 (0.91 – 0.91)               20
        tripline, count    1575 (1312 – 1838)            15.0 (12.5 – 17.5)      248 (206 – 289)      1.10 (1.10 – 1.10)      1.00 (1.00 – 1.00)                —
        tripline, dhat     7500 (6250 – 8750)      1200.0 (1000.0 – 1400.0)   2250 (1875 – 2625)   10.00 (10.00 – 10.00)      9.09 (9.09 – 9.09)                —
        dhat by hand      9000 (7500 – 10500)      1500.0 (1250.0 – 1750.0)   2475 (2062 – 2888)   11.00 (11.00 – 11.00)   10.00 (10.00 – 10.00)               70
        ");
    }

    #[test]
    fn workloads_are_told_one_by_one() {
        insta::assert_snapshot!(workloads(&results()).text(), @"
        way               wal_insert   wal_read   wal_mixed   mvcc_insert   agg_users
        plain tests             15.0       30.0        45.0          60.0        75.0
        tripline, count         16.5       33.0        49.5          66.0        82.5
        tripline, dhat         150.0      300.0       450.0         600.0       750.0
        dhat by hand           165.0      330.0       495.0         660.0       825.0
        ");
    }

    #[test]
    fn every_reading_has_its_line() {
        let text = readings(&results());
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
