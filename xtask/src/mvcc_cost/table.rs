//! Points as a Markdown table, and back: figures are kept on the page and nowhere else.

use anyhow::{Context as _, ensure};
use tripline_budget::format_count;

use crate::mvcc_cost::figures::{FIELDS, MedianFigure, SweepPoint};
use crate::mvcc_cost::sweep::{InsertLoad, JournalMode};
use crate::percent::format_percent;

/// The cells of a load: mode, rows and connections.
const LOAD_CELLS: usize = 3;

/// Returns one line a point, with each field's median and spread.
pub(super) fn table(points: &[&SweepPoint]) -> String {
    let mut header = String::from("| mode | rows | connections |");
    let mut rule = String::from("|---|---:|---:|");
    for field in FIELDS {
        header.push_str(&format!(" {} | spread |", field.title));
        rule.push_str("---:|---:|");
    }
    let lines: String = points.iter().map(|point| line(point)).collect();
    format!("{header}\n{rule}\n{lines}")
}

fn line(point: &SweepPoint) -> String {
    let InsertLoad { mode, rows, connections } = point.load;
    let mut line = format!("| {} | {} | {connections} |", mode.title(), format_count(rows));
    for figure in &point.figures {
        line.push_str(&format!(
            " {} | {} |",
            format_count(figure.median),
            format_percent(figure.spread)
        ));
    }
    line.push('\n');
    line
}

/// Reads the points of a [`table`].
pub(super) fn read(table: &str) -> anyhow::Result<Vec<SweepPoint>> {
    let lines = table.lines().skip(2);
    lines.map(|line| point(line).with_context(|| format!("failed to read `{line}`"))).collect()
}

fn point(line: &str) -> anyhow::Result<SweepPoint> {
    let inner = line.trim().strip_prefix('|').and_then(|line| line.strip_suffix('|'));
    let cells: Vec<_> =
        inner.context("the line is no table row")?.split('|').map(str::trim).collect();
    ensure!(cells.len() == LOAD_CELLS + 2 * FIELDS.len(), "the row has {} cells", cells.len());
    let mode = JournalMode::ALL.into_iter().find(|mode| mode.title() == cells[0]);
    let mode = mode.with_context(|| format!("no mode is called `{}`", cells[0]))?;
    let load = InsertLoad { mode, rows: digits(cells[1])?, connections: digits(cells[2])? };
    let mut figures = [MedianFigure { median: 0, spread: 0 }; FIELDS.len()];
    for (figure, cells) in figures.iter_mut().zip(cells[LOAD_CELLS..].chunks_exact(2)) {
        // Two decimals always, so the digits of a percentage are its hundredths.
        *figure = MedianFigure { median: digits(cells[0])?, spread: digits(cells[1])? };
    }
    Ok(SweepPoint { load, figures })
}

fn digits(cell: &str) -> anyhow::Result<u64> {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    digits.parse().with_context(|| format!("no number: `{cell}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> SweepPoint {
        let load = InsertLoad { mode: JournalMode::Mvcc, rows: 8_000, connections: 4 };
        let figure = |median, spread| MedianFigure { median, spread };
        SweepPoint { load, figures: [figure(1_234_567, 1), figure(89, 12_34), figure(0, 0)] }
    }

    #[test]
    fn a_table_is_read_back_as_it_was() {
        let text = table(&[&sample()]);
        let cells = text.lines().last().unwrap().replace(|c: char| c.is_whitespace(), "");
        assert_eq!(cells, "|MVCC|8000|4|1234567|0.01%|89|12.34%|0|0.00%|");
        assert_eq!(read(&text).unwrap(), [sample()]);
    }

    #[test]
    fn a_table_that_somebody_broke_is_an_error_with_its_line() {
        let text = table(&[&sample()]);
        for (from, to) in [("MVCC", "WOL"), ("| 4 |", "|  |"), ("| 0 |", "|")] {
            let error = read(&text.replace(from, to)).unwrap_err();
            assert!(error.to_string().starts_with("failed to read `| "), "{error}");
        }
    }
}
