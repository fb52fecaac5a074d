//! The results as tables.

use crate::bench::csv::csv;
use crate::bench::overhead::catalogue::{ALLOCATORS, Allocator, PROGRAMS, Scope};
use crate::bench::overhead::results::Results;
use crate::bench::overhead::sweep::Run;
use crate::bench::rounds::Quartiles;
use crate::bench::table::{Align, Table};

/// Time beside the system's allocator: the median, and the middle half of the rounds.
pub(super) fn ratios(results: &Results) -> Table {
    let programs = PROGRAMS.iter().map(|program| program.name);
    let mut table = Table::new([""].into_iter().chain(programs), Align::Right);
    for allocator in &ALLOCATORS {
        let cells = PROGRAMS.iter().map(|program| cell(results.ratio(allocator, program)));
        table.push(row(allocator, cells));
    }
    table
}

/// Nanoseconds for an allocation and its free.
pub(super) fn nanoseconds(results: &Results) -> Table {
    let programs = || PROGRAMS.iter().filter(|program| program.only_allocates);
    let names = programs().map(|program| program.name);
    let mut table = Table::new([""].into_iter().chain(names), Align::Right);
    for allocator in &ALLOCATORS {
        let fastest = programs().map(|program| results.fastest(allocator, program));
        table.push(row(allocator, fastest.map(|pace| pace.map_or("—".to_owned(), figure))));
    }
    table
}

/// What each allocator can say.
pub(super) fn reports() -> Table {
    let header = ["", "blocks", "bytes", "peak", "live", "of", "call sites"];
    let mut table = Table::new(header, Align::Left);
    for allocator in &ALLOCATORS {
        let yes = |is: bool| if is { "yes" } else { "—" }.to_owned();
        let reports = allocator.reports;
        let [blocks, bytes, live] = [reports.blocks, reports.bytes, reports.live].map(yes);
        let peak = if allocator.exact_peak { yes(reports.peak) } else { "or above".to_owned() };
        let cells = [blocks, bytes, peak, live, of(allocator.scope), yes(allocator.sites)];
        table.push(row(allocator, cells));
    }
    table
}

fn of(scope: Scope) -> String {
    match scope {
        Scope::Nobody => "—",
        Scope::AllThreads => "all threads",
        Scope::OneThread => "each thread by itself",
    }
    .to_owned()
}

fn row(allocator: &Allocator, cells: impl IntoIterator<Item = String>) -> Vec<String> {
    [allocator.title.to_owned()].into_iter().chain(cells).collect()
}

fn cell(quartiles: Option<Quartiles>) -> String {
    quartiles.map_or("—".to_owned(), |Quartiles { lower, median, upper }| {
        format!("{} ({}–{})", figure(median), figure(lower), figure(upper))
    })
}

/// Three digits, or all before the point.
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

/// The fastest run of every round, with what it counted.
pub(super) fn every_run(results: &Results) -> String {
    let rows: Vec<_> = results.0.iter().map(|run| every_figure(results, run)).collect();
    csv(&HEADER, &rows)
}

fn every_figure(results: &Results, run: &Run) -> Vec<String> {
    let Run { round, allocator, program, line } = run;
    let or_nothing =
        |figure: Option<u64>| figure.map_or(String::new(), |figure| figure.to_string());
    let ratio = results.ratio_of(run).map_or(String::new(), |ratio| format!("{ratio:.4}"));
    let counted = line.counted;
    vec![
        (round + 1).to_string(),
        allocator.binary.to_owned(),
        program.name.to_owned(),
        line.threads.to_string(),
        line.iterations.to_string(),
        line.repeats.to_string(),
        or_nothing(line.nanoseconds),
        ratio,
        or_nothing(counted.blocks),
        or_nothing(counted.bytes),
        or_nothing(counted.peak),
        or_nothing(counted.live),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::overhead::results::tests::results;

    #[test]
    fn tables_look_so() {
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
