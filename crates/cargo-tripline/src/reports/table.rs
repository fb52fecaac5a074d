//! Groups of rows as text: one table, its columns aligned over all groups.

use owo_colors::OwoColorize as _;

use crate::findings::{Group, Row, Word};
use crate::outcome::Status;

const HEADER: [&str; 6] = ["limit", "budget", "measured", "headroom", "", "verdict"];
/// Which columns are aligned to the right.
const RIGHT: [bool; 6] = [false, true, true, false, true, false];
const COLUMNS: usize = HEADER.len();

/// Every group, with styles; a header above them if any has rows.
pub(crate) fn table(groups: &[Group]) -> String {
    let widths = widths(groups);
    let mut text = String::new();
    if groups.iter().any(|group| !group.rows.is_empty()) {
        let header = line(&HEADER.map(str::to_owned), &widths);
        text.push_str(&format!("  {}\n", header.trim_end().dimmed()));
    }
    for group in groups {
        text.push('\n');
        text.push_str(&headline(group));
        for row in &group.rows {
            text.push_str(&row_line(row, &widths));
        }
        for line in group.lines() {
            text.push_str(format!("  {line}").trim_end());
            text.push('\n');
        }
    }
    text
}

fn headline(group: &Group) -> String {
    let (name, place) = group.headline();
    let name = match group.status() {
        Status::Holds | Status::Loose => name.bold().to_string(),
        Status::Breach | Status::Unknown => name.bold().red().to_string(),
    };
    format!("{name}   {}\n", place.dimmed())
}

fn cells(row: &Row) -> [String; COLUMNS] {
    let (bar, percent) =
        row.headroom().map_or_else(Default::default, |headroom| (headroom.bar, headroom.percent));
    let word = row.word.text().to_owned();
    [row.label(), row.budget_text(), row.measured_text(), bar, percent, word]
}

fn widths(groups: &[Group]) -> [usize; COLUMNS] {
    let mut widths = HEADER.map(str::len);
    for row in groups.iter().flat_map(|group| &group.rows) {
        for (width, cell) in widths.iter_mut().zip(cells(row)) {
            *width = (*width).max(cell.chars().count());
        }
    }
    widths
}

fn line(cells: &[String; COLUMNS], widths: &[usize; COLUMNS]) -> String {
    let mut line = String::new();
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let padding = " ".repeat(width - cell.chars().count());
        // A bar and its percentage are one.
        let gap = match column {
            0 => "",
            4 => " ",
            _ => "   ",
        };
        line.push_str(gap);
        let (left, right) = if RIGHT[column] { (&*padding, &**cell) } else { (&**cell, &*padding) };
        line.push_str(left);
        line.push_str(right);
    }
    line
}

fn row_line(row: &Row, widths: &[usize; COLUMNS]) -> String {
    let mut cells = cells(row);
    let word = std::mem::take(&mut cells[COLUMNS - 1]);
    let mut widths = *widths;
    let width = std::mem::take(&mut widths[COLUMNS - 1]);
    let note = match row.note().as_str() {
        "" => String::new(),
        note => format!("{}   {}", " ".repeat(width - word.len()), note.dimmed()),
    };
    format!("  {}{}{note}\n", line(&cells, &widths), paint(row.word, &word))
}

fn paint(word: Word, text: &str) -> String {
    match word {
        Word::Within => text.green().to_string(),
        Word::Loose => text.yellow().to_string(),
        Word::Unsupported => text.dimmed().to_string(),
        _ => text.red().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::{group, row};

    #[test]
    fn columns_line_up_over_all_groups() {
        let mut wal = group("sql::wal");
        wal.rows.push(row("total_blocks", 323_224, 343_224, Word::Over));
        let mut band = row("max_bytes", 1000, 974, Word::Within);
        band.tolerance = Some("3 %".to_owned());
        wal.rows.push(band);
        let wal = wal.remedy("wanted?", "cargo tripline …".to_owned());
        let broken = group("sql::mvcc").say(Status::Unknown, "the workload panicked\n\n  | oh");
        let text = anstream::adapter::strip_str(&table(&[wal, broken])).to_string();
        insta::assert_snapshot!(text, @"
          limit           budget   measured   headroom            verdict

        sql::wal   budgets/sql/wal.toml
          total_blocks   323 224    343 224   ██████████ −6.2 %   over
          max_bytes      1 000 B      974 B   ██████████  2.6 %   within    tolerance 3 %
          wanted?   cargo tripline …

        sql::mvcc   budgets/sql/mvcc.toml
          the workload panicked

            | oh
        ");
    }

    #[test]
    fn sentences_alone_need_no_header() {
        let group = Group::new("a".to_owned(), "b".to_owned()).say(Status::Breach, "c");
        let text = anstream::adapter::strip_str(&table(&[group])).to_string();
        assert_eq!(text, "\na   b\n  c\n");
    }

    #[test]
    fn no_text_from_elsewhere_begins_a_line_as_a_runners_command() {
        let mut hostile = group("sql::\r::error::a");
        hostile.rows.push(row("::error file=x::b\n::error::c", 1, 2, Word::Over));
        hostile.rows[0].said = "d\n##[error]e".to_owned();
        let hostile = hostile
            .say(Status::Breach, "f\n  ::stop-commands::g\nh\u{2028}::error::i")
            .remedy("remove", "\n::error::j".to_owned());
        let text = anstream::adapter::strip_str(&table(&[hostile])).to_string();
        assert!(!text.contains("##["), "{text}");
        let lines = text.split(['\n', '\r', '\u{2028}']).map(str::trim_start);
        assert_eq!(lines.filter(|line| line.starts_with("::")).count(), 0, "{text}");
        assert!(text.contains("  \\u{3a}:error file=x::b\\u{a}::error::c"), "{text}");
    }
}
