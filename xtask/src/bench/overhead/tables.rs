//! Lays the results out as tables.

use crate::bench::csv::csv;
use crate::bench::overhead::catalogue::{
    ALLOCATORS, Allocator, PROGRAMS, PeakPrecision, ThreadScope,
};
use crate::bench::overhead::results::OverheadResults;
use crate::bench::overhead::sweep::ProcessRun;
use crate::bench::rounds::Quartiles;
use crate::bench::table::{Alignment, CellTable};

/// Shows times beside the system's allocator: the median, and the middle half of the rounds.
pub(super) fn ratios(results: &OverheadResults) -> CellTable {
    let programs = PROGRAMS.iter().map(|program| program.name);
    let mut table = CellTable::new([""].into_iter().chain(programs), Alignment::Right);
    for allocator in &ALLOCATORS {
        let cells =
            PROGRAMS.iter().map(|program| median_and_quartiles(results.ratio(allocator, program)));
        table.push(row(allocator, cells));
    }
    table
}

/// Shows the nanoseconds for an allocation and its free.
pub(super) fn nanoseconds(results: &OverheadResults) -> CellTable {
    let programs = || PROGRAMS.iter().filter(|program| program.only_allocates);
    let names = programs().map(|program| program.name);
    let mut table = CellTable::new([""].into_iter().chain(names), Alignment::Right);
    for allocator in &ALLOCATORS {
        let fastest = programs().map(|program| results.fastest(allocator, program));
        table.push(row(allocator, fastest.map(|time| time.map_or("—".to_owned(), figure))));
    }
    table
}

/// Shows the figures that each allocator reports.
pub(super) fn reports() -> CellTable {
    let header = ["", "blocks", "bytes", "peak", "live", "threads", "call sites"];
    let mut table = CellTable::new(header, Alignment::Left);
    for allocator in &ALLOCATORS {
        let yes = |reported: bool| if reported { "yes" } else { "—" }.to_owned();
        let reports = allocator.reports;
        let [blocks, bytes, live] = [reports.blocks, reports.bytes, reports.live].map(yes);
        let peak = match allocator.peak {
            PeakPrecision::Exact => yes(reports.peak),
            PeakPrecision::UpperBound => "upper bound".to_owned(),
        };
        let cells =
            [blocks, bytes, peak, live, threads(allocator.scope), yes(allocator.call_sites)];
        table.push(row(allocator, cells));
    }
    table
}

fn threads(scope: ThreadScope) -> String {
    match scope {
        ThreadScope::NoThread => "—",
        ThreadScope::AllThreads => "all threads",
        ThreadScope::EachThread => "each thread by itself",
    }
    .to_owned()
}

fn row(allocator: &Allocator, cells: impl IntoIterator<Item = String>) -> Vec<String> {
    [allocator.title.to_owned()].into_iter().chain(cells).collect()
}

fn median_and_quartiles(quartiles: Option<Quartiles>) -> String {
    quartiles.map_or("—".to_owned(), |Quartiles { lower, median, upper }| {
        format!("{} ({}–{})", figure(median), figure(lower), figure(upper))
    })
}

/// Formats three digits, or all digits before the point.
fn figure(value: f64) -> String {
    let decimals = match value {
        ..9.995 => 2,
        ..99.95 => 1,
        _ => 0,
    };
    format!("{value:.decimals$}")
}

const HEADER: [&str; 12] = [
    "round",
    "allocator",
    "program",
    "threads",
    "iterations",
    "repeats",
    "nanoseconds",
    "ratio",
    "blocks",
    "bytes",
    "peak",
    "live",
];

/// Lists the fastest run of every round, with the figures that it counted, as CSV.
pub(super) fn every_run(results: &OverheadResults) -> String {
    let rows: Vec<_> = results.0.iter().map(|run| run_cells(results, run)).collect();
    csv(&HEADER, &rows)
}

fn run_cells(results: &OverheadResults, run: &ProcessRun) -> Vec<String> {
    let ProcessRun { round, allocator, program, report } = run;
    let or_empty = |figure: Option<u64>| figure.map_or(String::new(), |figure| figure.to_string());
    let ratio = results.ratio_of(run).map_or(String::new(), |ratio| format!("{ratio:.4}"));
    let counted = report.counted;
    vec![
        (round + 1).to_string(),
        allocator.binary.to_owned(),
        program.name.to_owned(),
        report.threads.to_string(),
        report.iterations.to_string(),
        report.repeats.to_string(),
        or_empty(report.nanoseconds),
        ratio,
        or_empty(counted.blocks),
        or_empty(counted.bytes),
        or_empty(counted.peak),
        or_empty(counted.live),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::overhead::results::tests::results;

    #[test]
    fn tables_line_up() {
        let results = results();
        let tables = [ratios(&results), nanoseconds(&results), reports()];
        insta::assert_snapshot!(tables.map(|table| table.text()).join("\n"));
    }

    #[test]
    fn every_run_is_a_line() {
        let text = every_run(&results());
        assert_eq!(text.lines().count(), 1 + 3 * PROGRAMS.len() * ALLOCATORS.len());
        insta::assert_snapshot!(text.lines().take(3).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn figures_have_three_digits() {
        let shown = [0.987, 9.994, 9.996, 12.34, 99.96, 1234.5].map(figure);
        assert_eq!(shown, ["0.99", "9.99", "10.0", "12.3", "100", "1234"]);
    }
}
