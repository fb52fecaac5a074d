//! Groups of rows as text: one table, its columns aligned over all groups.

use owo_colors::OwoColorize as _;

use crate::findings::{BudgetFindings, FindingRow, RowVerdict};
use crate::outcome::Status;
use crate::output::{Grid, GridColumn};

const HEADER: [&str; 7] = ["limit", "budget", "measured", "headroom", "", "verdict", ""];
/// A bar and its percentage belong together. The note comes last.
const COLUMNS: [GridColumn; HEADER.len()] = [
    GridColumn::left(2),
    GridColumn::right(3),
    GridColumn::right(3),
    GridColumn::left(3),
    GridColumn::right(1),
    GridColumn::left(3),
    GridColumn::left(3),
];

/// Returns every group, with styles; with a heading if any has rows.
pub(crate) fn table(groups: &[BudgetFindings]) -> String {
    let heading = HEADER.map(str::to_owned);
    let rows: Vec<_> = groups.iter().flat_map(|group| &group.rows).map(cells).collect();
    let grid = Grid::new(&COLUMNS, rows.iter().chain([&heading]));
    let mut text = match rows.is_empty() {
        true => String::new(),
        false => format!("{}\n", grid.line(&heading).dimmed()),
    };
    for group in groups {
        text.push('\n');
        text.push_str(&headline(group));
        for row in &group.rows {
            text.push_str(&format!("{}\n", grid.painted(&cells(row), painted(row.verdict))));
        }
        for line in group.lines() {
            text.push_str(format!("  {line}").trim_end());
            text.push('\n');
        }
    }
    text
}

fn headline(group: &BudgetFindings) -> String {
    let (name, place) = group.headline();
    let name = match group.status() {
        Status::Holds | Status::Loose => name.bold().to_string(),
        Status::Breach | Status::Unknown => name.bold().red().to_string(),
    };
    format!("{name}   {}\n", place.dimmed())
}

fn cells(row: &FindingRow) -> [String; COLUMNS.len()] {
    let (bar, percent) =
        row.headroom().map_or_else(Default::default, |headroom| (headroom.bar, headroom.percent));
    let verdict = row.verdict.text().to_owned();
    [row.label(), row.budget_text(), row.measured_text(), bar, percent, verdict, row.note()]
}

/// Colours the verdict, and dims the note.
fn painted(verdict: RowVerdict) -> impl Fn(usize, &str) -> String {
    move |column, cell| match (HEADER[column], verdict) {
        ("verdict", RowVerdict::Within) => cell.green().to_string(),
        ("verdict", RowVerdict::Loose) => cell.yellow().to_string(),
        ("verdict", RowVerdict::Unsupported) => cell.dimmed().to_string(),
        ("verdict", _) => cell.red().to_string(),
        _ if column + 1 == COLUMNS.len() => cell.dimmed().to_string(),
        _ => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::RemedyLine;
    use crate::findings::testing::{group, row};

    #[test]
    fn columns_line_up_over_all_groups() {
        let mut wal = group("sql::wal");
        wal.rows.push(row("total_blocks", 323_224, 343_224, RowVerdict::Over));
        let mut band = row("max_bytes", 1000, 974, RowVerdict::Within);
        band.tolerance = Some("3 %".to_owned());
        wal.rows.push(band);
        let wal = wal.remedy(RemedyLine::advice("wanted?", "cargo tripline …".to_owned()));
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
        let group = BudgetFindings::new("a".to_owned(), "b".to_owned()).say(Status::Breach, "c");
        let text = anstream::adapter::strip_str(&table(&[group])).to_string();
        assert_eq!(text, "\na   b\n  c\n");
    }

    #[test]
    fn no_text_from_elsewhere_begins_a_line_as_a_runners_command() {
        let mut hostile = group("sql::\r::error::a");
        hostile.rows.push(row("::error file=x::b\n::error::c", 1, 2, RowVerdict::Over));
        hostile.rows[0].text = "d\n##[error]e".to_owned();
        let hostile = hostile
            .say(Status::Breach, "f\n  ::stop-commands::g\nh\u{2028}::error::i")
            .remedy(RemedyLine::advice("remove", "\n::error::j".to_owned()));
        let text = anstream::adapter::strip_str(&table(&[hostile])).to_string();
        assert!(!text.contains("##["), "{text}");
        let lines = text.split(['\n', '\r', '\u{2028}']).map(str::trim_start);
        assert_eq!(lines.filter(|line| line.starts_with("::")).count(), 0, "{text}");
        assert!(text.contains("  \\u{3a}:error file=x::b\\u{a}::error::c"), "{text}");
    }
}
