//! The lines of a flat output: every limit, and every group with sentences of its own.

use crate::findings::{BudgetFindings, FindingRow};
use crate::outcome::Status;
use crate::output::harmless;
use crate::reports::table::table;

/// One line of an output without groups.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReportEntry<'a> {
    pub(super) group: &'a BudgetFindings,
    /// `None` for the group itself.
    pub(super) row: Option<&'a FindingRow>,
}

/// Returns the lines in the table's order, a group's own after its limits.
pub(super) fn entries(groups: &[BudgetFindings]) -> impl Iterator<Item = ReportEntry<'_>> {
    groups.iter().flat_map(|group| {
        let own = group.rows.is_empty() || group.sentence_status > Status::Holds;
        let rows = group.rows.iter().map(Some).chain(own.then_some(None));
        rows.map(move |row| ReportEntry { group, row })
    })
}

impl ReportEntry<'_> {
    pub(super) fn status(&self) -> Status {
        self.row.map_or(self.group.sentence_status, FindingRow::status)
    }

    /// Returns `true` for a workload that did not run.
    pub(super) fn is_skipped(&self) -> bool {
        self.row.is_none() && self.group.skipped && self.group.sentence_status == Status::Holds
    }

    /// Returns the verdict or status in a word.
    pub(super) fn word(&self) -> &'static str {
        match self.row {
            Some(row) => row.verdict.text(),
            None if self.is_skipped() => "skipped",
            None => self.group.sentence_status.word(),
        }
    }

    /// Returns the limit's name, or `budget` for a whole group.
    pub(super) fn label(&self) -> String {
        self.row.map_or_else(|| "budget".to_owned(), FindingRow::label)
    }

    /// Returns one line: the figures of a limit, or the first sentence.
    pub(super) fn summary_line(&self) -> String {
        let Some(row) = self.row else {
            return self.group.lines().into_iter().next().unwrap_or_default();
        };
        let figures = format!("budget {}, measured {}", row.budget_text(), row.measured_text());
        match row.note().as_str() {
            "" => figures,
            note => format!("{figures}; {note}"),
        }
    }

    /// Returns the table's text of it, without styles.
    pub(super) fn full_text(&self) -> String {
        let rows = self.row.into_iter().cloned().collect();
        let alone = BudgetFindings { rows, ..self.group.clone() };
        let text = table(&[alone]);
        anstream::adapter::strip_str(text.trim_start_matches('\n')).to_string()
    }

    /// Returns the budget file, made harmless.
    pub(super) fn place(&self) -> String {
        harmless(&self.group.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::RemedyLine;
    use crate::findings::RowVerdict;
    use crate::findings::testing::{group, row};

    #[test]
    fn each_limit_is_an_entry_and_so_is_a_group_with_more_to_say() {
        let mut over = group("sql::wal");
        over.rows.push(row("total_blocks", 1, 2, RowVerdict::Over));
        let mut changed = group("sql::mvcc");
        changed.rows.push(row("max_bytes", 2, 1, RowVerdict::Loose));
        let changed = changed.say(Status::Breach, "its call sites changed\nby 2");
        let skipped =
            BudgetFindings { skipped: true, ..group("sql::cold") }.say(Status::Holds, "skipped");
        let lines: Vec<_> = entries(&[over, changed, skipped])
            .map(|entry| format!("{} {}: {}", entry.label(), entry.word(), entry.summary_line()))
            .collect();
        assert_eq!(
            lines,
            [
                "total_blocks over: budget 1, measured 2",
                "max_bytes loose: budget 2 B, measured 1 B",
                "budget tripped: its call sites changed",
                "budget skipped: skipped",
            ]
        );
    }

    #[test]
    fn an_entry_is_told_as_the_table_tells_it() {
        let mut wal = group("sql::wal");
        wal.rows.push(row("total_blocks", 1000, 1200, RowVerdict::Over));
        wal.rows.push(row("max_bytes", 2, 1, RowVerdict::Loose));
        let wal = [wal.remedy(RemedyLine::advice("wanted?", "cargo tripline …".to_owned()))];
        insta::assert_snapshot!(entries(&wal).next().unwrap().full_text(), @"
          limit          budget   measured   headroom             verdict

        sql::wal   budgets/sql/wal.toml
          total_blocks    1 000      1 200   ██████████ −20.0 %   over
          wanted?   cargo tripline …
        ");
    }
}
