//! The short form of the table: every limit of workloads that do not simply hold, the worst first, and one line for
//! each workload that does.

use std::cmp::Reverse;

use owo_colors::OwoColorize as _;

use crate::findings::{BudgetFindings, FindingRow, RowVerdict};
use crate::outcome::Status;
use crate::output::{Grid, GridColumn, counted};
use crate::reports::table::table;

/// Returns the text, with styles.
pub(super) fn short_form(groups: &[BudgetFindings]) -> String {
    let (holding, others): (Vec<_>, Vec<_>) = groups.iter().partition(|group| simply_holds(group));
    let mut others: Vec<BudgetFindings> = others.into_iter().map(worst_limits_first).collect();
    others.sort_by_key(|group| Reverse((group.status(), group.rows.first().map(Rank::of))));
    let parts = [table(&others).trim_start_matches('\n').to_owned(), lines(&holding)];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

/// Returns `true` if every limit holds and there is nothing else to say.
fn simply_holds(group: &BudgetFindings) -> bool {
    let is_silent = group.sentences.is_empty() && group.remedies.is_empty();
    group.status() == Status::Holds && is_silent && !group.rows.is_empty()
}

fn worst_limits_first(group: &BudgetFindings) -> BudgetFindings {
    let mut group = group.clone();
    group.rows.sort_by_key(|row| Reverse(Rank::of(row)));
    group
}

/// The order of limits, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    NotMeasuredHere,
    /// The used share of what is allowed, in millionths.
    Within(u128),
    /// The share that is left.
    Loose(u128),
    Over(u128),
    /// Without a figure, so the excess is unknown.
    Tripped,
}

impl Rank {
    fn of(row: &FindingRow) -> Self {
        match (row.verdict, used(row)) {
            (RowVerdict::Unsupported, _) => Self::NotMeasuredHere,
            (RowVerdict::Within, used) => Self::Within(used.unwrap_or(0)),
            (RowVerdict::Loose, used) => Self::Loose(u128::MAX - used.unwrap_or(0)),
            (_, Some(used)) => Self::Over(used),
            (_, None) => Self::Tripped,
        }
    }
}

/// Returns the measured share of what is allowed, in millionths.
fn used(row: &FindingRow) -> Option<u128> {
    const WHOLE: u128 = 1_000_000;
    let (allowed, total) = row.allowed.zip(row.total)?;
    Some(match (allowed, total) {
        (0, 0) => WHOLE,
        (0, _) => u128::MAX,
        _ => u128::from(total) * WHOLE / u128::from(allowed),
    })
}

/// The name, the limits, the tightest limit, and its headroom.
const COLUMNS: [GridColumn; 4] =
    [GridColumn::left(0), GridColumn::left(2), GridColumn::left(2), GridColumn::right(1)];

/// Returns a line for each group.
fn lines(holding: &[&BudgetFindings]) -> String {
    let rows: Vec<_> = holding.iter().map(|group| cells(group)).collect();
    let grid = Grid::new(&COLUMNS, &rows);
    let paint = |at: usize, cell: &str| match at {
        0 => cell.bold().to_string(),
        1 => cell.green().to_string(),
        _ => cell.dimmed().to_string(),
    };
    rows.iter().map(|row| format!("{}\n", grid.painted(row, paint))).collect()
}

fn cells(group: &BudgetFindings) -> [String; COLUMNS.len()] {
    let (name, _) = group.headline();
    let tightest = group.rows.iter().rev().filter(|row| row.headroom().is_some());
    let tightest = tightest.max_by_key(|row| Rank::of(row));
    let left =
        tightest.and_then(FindingRow::headroom).map_or_else(String::new, |left| left.percent);
    let tightest = tightest.map_or_else(String::new, |row| format!("tightest {}", row.label()));
    [name, limits(group), tightest, left]
}

/// Returns `7 limits hold`, or `6 of 7 limits hold, 1 not measured here`.
fn limits(group: &BudgetFindings) -> String {
    let all = group.rows.len();
    let unmeasured = group.rows.iter().filter(|row| row.verdict == RowVerdict::Unsupported).count();
    let verb = if all == 1 { "holds" } else { "hold" };
    match unmeasured {
        0 => format!("{} {verb}", counted(all, "limit")),
        _ => format!(
            "{} of {} {verb}, {unmeasured} not measured here",
            all - unmeasured,
            counted(all, "limit")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing::{group, row};
    use crate::reports::testing::checked;

    fn shown(groups: &[BudgetFindings]) -> String {
        anstream::adapter::strip_str(&short_form(groups)).to_string()
    }

    fn holding(name: &str, limits: &[(&str, u64, u64)]) -> BudgetFindings {
        let mut group = group(name);
        let within = |(key, budget, measured): &(&str, u64, u64)| {
            row(key, *budget, *measured, RowVerdict::Within)
        };
        group.rows = limits.iter().map(within).collect();
        group
    }

    #[test]
    fn what_simply_holds_takes_one_line() {
        let mut partly = holding("sql::read", &[("total_blocks", 100, 96), ("max_bytes", 0, 0)]);
        partly.rows.push(row("rss_max_bytes", 10, 0, RowVerdict::Unsupported));
        let groups = [
            holding("sql::wal_insert_heavy", &[("total_blocks", 10, 9), ("max_bytes", 10, 10)]),
            holding("sql::idle", &[("leaked_blocks", 0, 0)]),
            holding("sql::scan", &[("total_blocks", 1000, 874)]),
            partly,
        ];
        insta::assert_snapshot!(shown(&groups), @"
        sql::wal_insert_heavy  2 limits hold                            tightest max_bytes      0.0 %
        sql::idle              1 limit holds                            tightest leaked_blocks  0.0 %
        sql::scan              1 limit holds                            tightest total_blocks  12.6 %
        sql::read              2 of 3 limits hold, 1 not measured here  tightest max_bytes      0.0 %
        ");
    }

    #[test]
    fn the_worst_workload_comes_first_and_in_it_the_worst_limit() {
        let mut slightly = holding("sql::slightly", &[("max_bytes", 10, 10)]);
        slightly.rows.push(row("total_blocks", 100, 101, RowVerdict::Over));
        let mut far = holding("sql::far", &[("max_bytes", 10, 9)]);
        far.rows.push(row("total_blocks", 100, 120, RowVerdict::Over));
        far.rows.push(row("live_blocks", 100, 140, RowVerdict::Over));
        far.rows.push(row("live_bytes", 100, 50, RowVerdict::Loose));
        let mut loose = holding("sql::loose", &[("max_bytes", 10, 9)]);
        loose.rows.push(row("total_blocks", 100, 50, RowVerdict::Loose));
        let unknown = group("sql::mvcc").say(Status::Unknown, "the workload panicked");
        let holds = holding("sql::idle", &[("max_bytes", 10, 9)]);
        insta::assert_snapshot!(shown(&[holds, loose, slightly, far, unknown]), @"
          limit          budget   measured   headroom             verdict

        sql::mvcc   budgets/sql/mvcc.toml
          the workload panicked

        sql::far   budgets/sql/far.toml
          live_blocks       100        140   ██████████ −40.0 %   over
          total_blocks      100        120   ██████████ −20.0 %   over
          live_bytes      100 B       50 B   █████░░░░░  50.0 %   loose
          max_bytes        10 B        9 B   █████████░  10.0 %   within

        sql::slightly   budgets/sql/slightly.toml
          total_blocks      100        101   ██████████  −1.0 %   over
          max_bytes        10 B       10 B   ██████████   0.0 %   within

        sql::loose   budgets/sql/loose.toml
          total_blocks      100         50   █████░░░░░  50.0 %   loose
          max_bytes        10 B        9 B   █████████░  10.0 %   within

        sql::idle  1 limit holds  tightest max_bytes 10.0 %
        ");
    }

    #[test]
    fn findings_of_every_kind_are_shown() {
        insta::assert_snapshot!(shown(&checked(false).groups));
    }

    #[test]
    fn nothing_is_shown_of_nothing() {
        assert_eq!(shown(&[]), "");
    }
}
