//! Relaxed limits as a table: a group for each name, and below it the line to write.

use std::collections::BTreeSet;

use owo_colors::OwoColorize as _;
use tripline_budget::relaxed::{Relaxation, Remedy};

use crate::output::{Grid, GridColumn, shown};

const HEADER: [&str; 5] = ["where", "limit", "", "old → new", "reason"];
const COLUMNS: [GridColumn; HEADER.len()] = [
    GridColumn::left(2),
    GridColumn::left(3),
    GridColumn::left(3),
    GridColumn::left(3),
    GridColumn::left(3),
];

/// Returns the table, with styles.
pub(super) fn relaxation_table(found: &[Relaxation]) -> String {
    let heading = HEADER.map(str::to_owned);
    let rows: Vec<[String; HEADER.len()]> = found.iter().map(cells).collect();
    let grid = Grid::new(&COLUMNS, rows.iter().chain([&heading]));
    let mut text = format!("{}\n", grid.line(&heading).dimmed());
    let groups = found.chunk_by(|one, other| one.name == other.name);
    let mut rows = rows.iter();
    for group in groups {
        text.push_str(&format!("\n{}\n", headline(group)));
        for (line, cells) in group.iter().zip(rows.by_ref()) {
            text.push_str(&format!("{}\n", row(line, cells, &grid)));
        }
        for remedy in remedies(group) {
            text.push_str(&format!("  {:<9} {}\n", "wanted?", remedy_text(remedy)));
        }
    }
    text
}

fn headline(group: &[Relaxation]) -> String {
    let name = group.first().map(|line| shown(&line.name)).unwrap_or_default();
    match group.iter().all(|line| line.reason.is_some()) {
        true => name.bold().to_string(),
        false => name.bold().red().to_string(),
    }
}

fn cells(line: &Relaxation) -> [String; HEADER.len()] {
    let key = match &line.when {
        Some(when) => format!("{} under {when}", line.key),
        None => line.key.clone(),
    };
    [
        shown(&format!("{}:{}", line.file, line.line)),
        shown(&key),
        line.kind.text().to_owned(),
        shown(&format!("{} → {}", line.old, line.new)),
        line.reason.as_ref().map_or_else(|| "no new reason".to_owned(), |reason| shown(reason)),
    ]
}

fn row(line: &Relaxation, cells: &[String; HEADER.len()], grid: &Grid) -> String {
    grid.painted(cells, |column, cell| match (HEADER[column], &line.reason) {
        ("reason", Some(_)) => cell.dimmed().to_string(),
        ("reason", None) => cell.red().to_string(),
        _ => cell.to_owned(),
    })
}

/// Returns each remedy of a group once.
fn remedies(group: &[Relaxation]) -> BTreeSet<&Remedy> {
    group.iter().filter(|line| line.reason.is_none()).map(|line| &line.remedy).collect()
}

fn remedy_text(Remedy { file, section, line }: &Remedy) -> String {
    let section = section.map_or_else(String::new, |section| format!(", {section}"));
    shown(&format!("{file}{section}: {line}"))
}
