//! `--csv`: one line for each limit, as RFC 4180 defines it.
//!
//! A spreadsheet takes a cell that begins with `=` or the like for a formula: a quote before it makes it text.

use crate::findings::FindingRow;
use crate::output::harmless;
use crate::reports::check_report::CheckReport;
use crate::reports::entry::{ReportEntry, entries};
use crate::reports::json::unit;

const HEADER: [&str; 16] = [
    "suite",
    "group",
    "kind",
    "limit",
    "verdict",
    "budget",
    "measured",
    "total",
    "allowed",
    "unit",
    "entities",
    "tolerance",
    "ceiling",
    "file",
    "line",
    "note",
];

/// The first characters of a formula, in either width.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// Returns the whole file.
pub(super) fn csv(checked: &CheckReport) -> String {
    let mut text = line(HEADER.map(str::to_owned));
    text.extend(entries(&checked.groups).map(|entry| line(cells(&entry))));
    text
}

fn cells(entry: &ReportEntry<'_>) -> [String; HEADER.len()] {
    let number = |of: fn(&FindingRow) -> Option<u64>| {
        entry.row.and_then(of).map_or_else(String::new, |number| number.to_string())
    };
    let text = |of: &dyn Fn(&FindingRow) -> String| entry.row.map_or_else(String::new, of);
    [
        harmless(entry.group.suite()),
        harmless(&entry.group.name),
        entry.row.map_or(entry.group.owner.word(), |row| row.kind.word()).to_owned(),
        text(&FindingRow::label),
        entry.word().to_owned(),
        number(|row| row.budget),
        number(|row| row.measured),
        number(|row| row.total),
        number(|row| row.allowed),
        text(&|row| unit(row.unit).to_owned()),
        number(|row| row.entities),
        text(&|row| row.tolerance.clone().unwrap_or_default()),
        number(|row| row.ceiling),
        entry.place(),
        number(|row| row.line.and_then(|line| u64::try_from(line).ok())),
        entry.row.map_or_else(|| entry.summary_line(), FindingRow::note),
    ]
}

fn line(cells: [String; HEADER.len()]) -> String {
    cells.map(|cell| quoted(&text_only(cell))).join(",") + "\r\n"
}

/// Marks a cell as text if it looks like a formula. No figure of ours has a sign.
fn text_only(cell: String) -> String {
    match cell.starts_with(FORMULA) {
        true => format!("'{cell}"),
        false => cell,
    }
}

fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::testing::checked;

    #[test]
    fn a_line_for_each_limit() {
        let text = csv(&checked(false));
        assert_eq!(text.matches("\r\n").count(), text.lines().count());
        insta::assert_snapshot!(text.replace("\r\n", "\n"), @r"
        suite,group,kind,limit,verdict,budget,measured,total,allowed,unit,entities,tolerance,ceiling,file,line,note
        sql,sql::wal,limit,total_blocks,over,323224,343224,343224,323224,count,,,,budgets/sql/wal.toml,4,
        sql,sql::wal,limit,max_bytes,within,273408,272698,272698,281610,bytes,,3 %,,budgets/sql/wal.toml,4,tolerance 3 %
        sql,sql::wal,limit,live_bytes,over,12,13,121,120,bytes,10,,64,budgets/sql/wal.toml,8,ceiling 64 B
        sql,sql::read,limit,total_blocks,loose,20,11,11,20,count,,,,budgets/sql/read.toml,4,
        sql,sql::read,limit,rss_max_bytes,unsupported,4096,,,,bytes,,,,budgets/sql/read.toml,4,only on Linux
        sql,sql::sizes,size,'=A1|</pre>`<b>\u{a}::error::%0A[x](y),over,8,16,16,8,count,,,,budgets/sql/sizes.toml,4,
        sql,sql::sizes,size,Gone,orphan,8,,,,count,,,,budgets/sql/sizes.toml,4,no `sizes!` names this type
        sql,sql::mvcc,workload,,unknown,,,,,,,,,budgets/sql/mvcc.toml,,the workload panicked
        sql,sql::cold,workload,,skipped,,,,,,,,,budgets/sql/cold.toml,,skipped: it is ignored
        former,former::*,orphan,,tripped,,,,,,,,,budgets/former,,budgets without a suite
        ");
    }

    #[test]
    fn a_cell_is_quoted_only_where_it_must_be_and_never_a_formula() {
        for (cell, expected) in [
            ("max_bytes", "max_bytes"),
            ("Pair<u8, u16>", "\"Pair<u8, u16>\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2,1", "\"'-2,1\""),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(quoted(&text_only(cell.to_owned())), expected);
        }
    }
}
