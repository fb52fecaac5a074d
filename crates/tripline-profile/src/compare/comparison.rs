//! Two breakdowns side by side.

use crate::breakdown::Breakdown;
use crate::compare::change::{Change, sort_by_name};
use crate::compare::folded_lines::FoldedLines;
use crate::compare::{neighbours, rejoin, same_role, same_site};
use crate::figures::{SiteFigures, SiteMetric};

/// The change of every site between two breakdowns, for all metrics.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The totals of the earlier breakdown.
    pub before: SiteFigures,
    /// The totals of the later breakdown.
    pub after: SiteFigures,
    /// Sorted by name. Each site of both breakdowns is in exactly one, unchanged sites too. A site that only one side
    /// splits by its callers is whole.
    pub changes: Vec<Change>,
    pub(crate) folded: FoldedLines,
}

/// Finds out which sites of two breakdowns are the same. The order of the sites does not matter.
#[must_use]
pub fn compare(before: &Breakdown, after: &Breakdown) -> Comparison {
    let [before, after] = &rejoin::split_alike(before, after);
    let folded = FoldedLines::of(before, after);
    let mut changes = same_site::pair(before, after);
    changes = neighbours::merge_exact(changes, &folded);
    changes = same_role::merge(changes, before, after, &folded);
    changes = neighbours::merge_loosely(changes, &folded);
    sort_by_name(&mut changes);
    Comparison { before: before.totals, after: after.totals, changes, folded }
}

impl Comparison {
    /// Returns after − before of the totals.
    #[must_use]
    pub fn delta(&self, metric: SiteMetric) -> i128 {
        i128::from(metric.of(&self.after)) - i128::from(metric.of(&self.before))
    }
}
