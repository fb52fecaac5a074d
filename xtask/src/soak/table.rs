//! Prints the figures of a soak as a table.

use cargo_tripline::Status;
use tripline_budget::{ByteScale, Limit, Unit, format_count};

use crate::percent::{format_percent, hundredths_of_percent};
use crate::soak::series::{Series, Spread, moved};

const HEADER: [&str; 5] = ["limit", "min", "max", "spread", "distinct"];

/// Returns every limit of every series, with columns aligned over all, and a summary line.
pub(super) fn table(all: &[Series]) -> String {
    let rows: Vec<_> = all
        .iter()
        .flat_map(Series::spreads)
        .map(|(limit, spread)| cells(limit, spread.as_ref()))
        .collect();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([HEADER[column].len()]).max().unwrap_or_default()
    };
    let widths = [0, 1, 2, 3, 4].map(width);
    let mut text = format!("  {}\n", line(&HEADER.map(str::to_owned), &widths));
    for series in all {
        text.push_str(&format!("\n{}   {} runs\n", series.name, series.measured()));
        for (limit, spread) in series.spreads().filter(|_| series.measured() > 0) {
            let row = line(&cells(limit, spread.as_ref()), &widths);
            text.push_str(&format!("  {row}   {}\n", note(limit, spread.as_ref())));
        }
        for (reason, count) in &series.failures {
            text.push_str(&format!("  {count} not measured: {reason}\n"));
        }
        if let Some(why) = series.why_no_limits() {
            text.push_str(&format!("  {}\n", why.lines().next().unwrap_or_default()));
        }
    }
    text.push_str(&summary(all));
    text
}

fn cells(limit: &Limit, spread: Option<&Spread>) -> [String; 5] {
    let name = limit.metric.to_string();
    let Some(spread) = spread else {
        return [name, "—".to_owned(), "—".to_owned(), String::new(), String::new()];
    };
    let shown = |figure: u64| match limit.metric.unit() {
        Unit::Count => format_count(figure),
        Unit::Bytes => ByteScale::BYTES.format(figure),
    };
    let Spread { min, max, distinct } = *spread;
    let range = format_percent(hundredths_of_percent(max - min, max));
    [name, shown(min), shown(max), range, distinct.to_string()]
}

fn note(limit: &Limit, spread: Option<&Spread>) -> String {
    match limit.tolerance {
        _ if spread.is_none() => "not measured in every run".to_owned(),
        _ if moved(limit, spread) => "MOVED: the limit is exact".to_owned(),
        Some(tolerance) => format!("tolerance {}", tolerance.describe(limit.metric.unit())),
        None => "exact".to_owned(),
    }
}

fn line(cells: &[String; 5], widths: &[usize; 5]) -> String {
    let mut line = format!("{:<width$}", cells[0], width = widths[0]);
    for (cell, width) in cells.iter().zip(widths).skip(1) {
        line.push_str(&format!("   {cell:>width$}"));
    }
    line
}

fn summary(all: &[Series]) -> String {
    let limits = || all.iter().filter(|series| series.measured() > 0).flat_map(Series::spreads);
    let moved = limits().filter(|(limit, spread)| moved(limit, spread.as_ref())).count();
    let exact = limits().filter(|(limit, _)| limit.tolerance.is_none()).count();
    let unsteady = all.iter().filter(|series| series.status() == Status::Unknown).count();
    let never = all.iter().filter(|series| series.measured() == 0).count();
    format!(
        "\n{exact} exact limits: {moved} moved; {} bands; {unsteady} workloads failed in some \
         runs, {never} in all\n",
        limits().count() - exact
    )
}
