//! The move of each limit since the last release.

use tripline_budget::relaxed::{BudgetTree, StatedLimit};

use crate::commands::history::budget_history::{BudgetHistory, LimitTrack, WorkloadHistory};
use crate::output::percent;
use crate::repository::{Git, budgets};

/// The start of the drift.
#[derive(Debug)]
pub(super) enum DriftStart {
    /// The nearest tag, and its commit.
    Tag { tag: String, commit: String },
    /// There is no tag.
    Beginning,
}

/// The drift of every limit, in the order of the history.
#[derive(Debug)]
pub(super) struct Drifts {
    pub(super) since: DriftStart,
    /// A list for each workload, with an entry for each limit.
    pub(super) limits: Vec<Vec<Drift>>,
}

/// A limit's figure at the start and now; `None` where it did not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drift {
    pub(super) then: Option<u64>,
    pub(super) now: Option<u64>,
}

impl Drift {
    /// Returns `true` if the limit existed at either time.
    pub(super) fn is_shown(self) -> bool {
        self.then.is_some() || self.now.is_some()
    }

    pub(super) fn moved(self) -> bool {
        self.then != self.now
    }

    /// Returns `+8.7 %`; empty if there is no figure to compare with.
    pub(super) fn percent(self) -> String {
        let (Some(then), Some(now)) = (self.then, self.now) else {
            return String::new();
        };
        percent(i128::from(now) - i128::from(then), then)
    }
}

impl Drifts {
    pub(super) fn read(git: &Git, budgets: &BudgetHistory) -> anyhow::Result<Self> {
        let Some((tag, commit)) = git.last_tag()? else {
            let drift = |track: &LimitTrack| Drift { then: track.first(), now: track.now() };
            return Ok(Self {
                since: DriftStart::Beginning,
                limits: of_each(budgets, |_, track| drift(track)),
            });
        };
        let then = budgets::of_commit(git, &commit)?;
        let limits = of_each(budgets, |workload, track| Drift {
            then: amount(&then, workload, track),
            now: track.now(),
        });
        Ok(Self { since: DriftStart::Tag { tag, commit }, limits })
    }
}

fn of_each(
    budgets: &BudgetHistory,
    drift: impl Fn(&WorkloadHistory, &LimitTrack) -> Drift,
) -> Vec<Vec<Drift>> {
    let of_workload = |workload: &WorkloadHistory| {
        workload.tracks.iter().map(|track| drift(workload, track)).collect()
    };
    budgets.workloads.iter().map(of_workload).collect()
}

/// Returns the figure that `tree` states for a limit, under any name that its workload had.
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
