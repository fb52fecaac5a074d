//! How far limits have moved since the last release.

use tripline_budget::relaxed::{BudgetTree, StatedLimit};

use crate::commands::history::budget_history::{BudgetHistory, LimitTrack, WorkloadHistory};
use crate::output::percent;
use crate::repository::{Git, budgets};

/// Since when.
#[derive(Debug)]
pub(super) enum DriftStart {
    /// The nearest tag, and its commit.
    Tag(String, String),
    /// There is no tag.
    Beginning,
}

/// Every limit's drift, in the order of the book.
#[derive(Debug)]
pub(super) struct Drifts {
    pub(super) since: DriftStart,
    /// Of each workload, of each limit.
    pub(super) limits: Vec<Vec<Drift>>,
}

/// What a limit was then, and is now; `None` where it was not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drift {
    pub(super) then: Option<u64>,
    pub(super) now: Option<u64>,
}

impl Drift {
    /// Whether it was there at either time.
    pub(super) fn is_shown(self) -> bool {
        self.then.is_some() || self.now.is_some()
    }

    pub(super) fn moved(self) -> bool {
        self.then != self.now
    }

    /// `+8.7 %`; empty where there is nothing to take a part of.
    pub(super) fn percent(self) -> String {
        let (Some(then), Some(now)) = (self.then, self.now) else {
            return String::new();
        };
        percent(i128::from(now) - i128::from(then), then)
    }
}

impl Drifts {
    pub(super) fn read(git: &Git, book: &BudgetHistory) -> anyhow::Result<Self> {
        let Some((tag, commit)) = git.last_tag()? else {
            let drift = |track: &LimitTrack| Drift { then: track.first(), now: track.now() };
            return Ok(Self {
                since: DriftStart::Beginning,
                limits: of_each(book, |_, track| drift(track)),
            });
        };
        let then = budgets::of_commit(git, &commit)?;
        let limits = of_each(book, |workload, track| Drift {
            then: amount(&then, workload, track),
            now: track.now(),
        });
        Ok(Self { since: DriftStart::Tag(tag, commit), limits })
    }
}

fn of_each(
    book: &BudgetHistory,
    drift: impl Fn(&WorkloadHistory, &LimitTrack) -> Drift,
) -> Vec<Vec<Drift>> {
    let of_workload = |workload: &WorkloadHistory| {
        workload.tracks.iter().map(|track| drift(workload, track)).collect()
    };
    book.workloads.iter().map(of_workload).collect()
}

/// What `tree` states of a limit, under whichever name its workload had.
fn amount(tree: &BudgetTree, workload: &WorkloadHistory, track: &LimitTrack) -> Option<u64> {
    let file = workload.names().find_map(|name| tree.file(name))?;
    let is_it = |line: &StatedLimit| line.key == track.key && line.when == track.when;
    file.stated().into_iter().find(is_it).map(|line| line.amount)
}

#[cfg(test)]
mod tests {
    use crate::commands::history::drift::Drift;

    #[test]
    fn a_drift_is_a_part_of_what_was() {
        for (then, now, percent) in [
            (Some(1_000), Some(1_087), "+8.7 %"),
            (Some(1_000), Some(900), "−10.0 %"),
            (Some(5), Some(5), "0.0 %"),
            (Some(0), Some(5), ""),
            (None, Some(5), ""),
            (Some(5), None, ""),
        ] {
            assert_eq!(Drift { then, now }.percent(), percent, "{then:?} {now:?}");
        }
    }
}
