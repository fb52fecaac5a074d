//! The last line: the number of limits and their verdicts.

use tripline_budget::format_count;

use crate::findings::{BudgetFindings, RowVerdict};
use crate::outcome::Status;
use crate::output::counted;

/// The sums over all groups.
#[derive(Clone, Debug)]
pub(super) struct Summary {
    pub(super) limits: usize,
    /// The number of limits with each verdict; none that is 0.
    pub(super) verdicts: Vec<(RowVerdict, usize)>,
    /// Groups with sentences that trip.
    pub(super) problems: usize,
    pub(super) unknown: usize,
    pub(super) skipped: usize,
    /// The worst status; unknown if no limit was checked.
    pub(super) status: Status,
    strict: bool,
}

impl Summary {
    pub(super) fn of(groups: &[BudgetFindings], strict: bool) -> Self {
        let rows = || groups.iter().flat_map(|group| &group.rows);
        let count = |verdict| rows().filter(|row| row.verdict == verdict).count();
        let groups_with =
            |status| groups.iter().filter(|group| group.sentence_status == status).count();
        let limits = rows().count();
        let worst = groups.iter().map(BudgetFindings::status).max().unwrap_or(Status::Unknown);
        Self {
            limits,
            verdicts: RowVerdict::ALL
                .map(|verdict| (verdict, count(verdict)))
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .collect(),
            problems: groups_with(Status::Breach),
            unknown: groups_with(Status::Unknown),
            skipped: groups.iter().filter(|group| group.skipped).count(),
            status: if limits == 0 && worst == Status::Holds { Status::Unknown } else { worst },
            strict,
        }
    }

    /// Returns `true` if this status fails the check.
    pub(super) fn fails(&self, status: Status) -> bool {
        status > if self.strict { Status::Holds } else { Status::Loose }
    }

    /// Returns the command's status.
    pub(super) fn exit(&self) -> Status {
        if self.fails(self.status) { self.status } else { Status::Holds }
    }

    /// Returns `3 limits: 2 within, 1 over; 1 skipped`.
    pub(super) fn text(&self) -> String {
        let mut parts = vec![self.limits()];
        parts.extend((self.problems > 0).then(|| counted(self.problems, "problem")));
        parts.extend((self.unknown > 0).then(|| format!("{} could not be checked", self.unknown)));
        parts.extend((self.skipped > 0).then(|| format!("{} skipped", self.skipped)));
        parts.join("; ")
    }

    fn limits(&self) -> String {
        if self.limits == 0 {
            return "no limit was checked".to_owned();
        }
        let counted_verdict = |(verdict, count): &(RowVerdict, usize)| {
            format!("{} {}", format_count(*count as u64), verdict.text())
        };
        let verdicts: Vec<_> = self.verdicts.iter().map(counted_verdict).collect();
        format!("{}: {}", counted(self.limits, "limit"), verdicts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::testing;

    fn group(words: &[RowVerdict]) -> BudgetFindings {
        let mut group = testing::group("a::b");
        group.rows = words.iter().map(|word| testing::row("max_blocks", 1, 1, *word)).collect();
        group
    }

    fn skipped() -> BudgetFindings {
        BudgetFindings { skipped: true, ..group(&[]) }
    }

    fn of(groups: &[BudgetFindings]) -> (String, Status) {
        let summary = Summary::of(groups, false);
        (summary.text(), summary.exit())
    }

    #[test]
    fn the_worst_decides() {
        let holds = group(&[RowVerdict::Within, RowVerdict::Loose]);
        let over = group(&[RowVerdict::Over]);
        let failed = group(&[]).say(Status::Unknown, "it panicked");
        let unrecorded = group(&[]).say(Status::Breach, "no limit is recorded");
        assert_eq!(
            of(std::slice::from_ref(&holds)),
            ("2 limits: 1 within, 1 loose".to_owned(), Status::Holds)
        );
        assert_eq!(
            of(&[holds.clone(), over.clone(), unrecorded, skipped(), skipped()]),
            (
                "3 limits: 1 within, 1 loose, 1 over; 1 problem; 2 skipped".to_owned(),
                Status::Breach
            )
        );
        assert_eq!(
            of(&[holds, over, failed]),
            (
                "3 limits: 1 within, 1 loose, 1 over; 1 could not be checked".to_owned(),
                Status::Unknown
            )
        );
    }

    #[test]
    fn nothing_checked_is_not_a_pass() {
        assert_eq!(of(&[]), ("no limit was checked".to_owned(), Status::Unknown));
        assert_eq!(of(&[skipped()]).1, Status::Unknown);
    }

    #[test]
    fn what_is_loose_fails_where_that_is_asked_for_and_nothing_is_worse() {
        let code =
            |words: &[RowVerdict], strict| Summary::of(&[group(words)], strict).exit().code();
        assert_eq!(code(&[RowVerdict::Within], true), 0);
        assert_eq!(code(&[RowVerdict::Unsupported], true), 0);
        assert_eq!(code(&[RowVerdict::Loose], false), 0);
        assert_eq!(code(&[RowVerdict::Loose], true), 3);
        assert_eq!(code(&[RowVerdict::Loose, RowVerdict::Over], true), 1);
        let unknown =
            group(&[RowVerdict::Loose, RowVerdict::Over]).say(Status::Unknown, "it panicked");
        assert_eq!(Summary::of(&[unknown], true).exit().code(), 2);
    }
}
