//! The changes of a comparison by one metric, with the sites that a folded line may hold taken apart.
//!
//! A site that is missing from a side with a folded line may have been there, small. Sites of one side that could be
//! in the other side's folded line are joined with it, and only their sum is compared. A site that has become too
//! large for that may still have been in it. So the figure that the line holds beyond the small sites of the other
//! side is credited to such sites, the largest first, each up to the most that could have been folded. Otherwise a
//! site that grew from just below the share to just above it would be blamed for everything that it takes.

use std::cmp::Reverse;

use crate::breakdown::Site;
use crate::compare::change::{Change, sum};
use crate::compare::comparison::Comparison;
use crate::compare::folded_lines::LargestFolded;
use crate::figures::{AmountUnit, Moment, SiteMetric};

/// The most small sites that are named.
const NAMED: usize = 3;

/// The small sites together, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallSites<'a> {
    /// After − before, of all of them.
    pub delta: i128,
    /// The number of sites without a partner that could have been in a folded line.
    pub sites: usize,
    /// The largest of those that are there now. Any of them may have grown, none certainly did.
    pub largest: Vec<&'a Site>,
    /// The only site that would explain all of the growth if it were new.
    pub(crate) suspect: Option<MetricChange<'a>>,
}

/// A change by one metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MetricChange<'a> {
    pub(crate) change: &'a Change,
    pub(crate) before: i128,
    pub(crate) after: i128,
}

/// All changes of a comparison by one metric.
pub(crate) struct MetricChanges<'a> {
    /// Without those that a folded line may hold.
    pub(crate) changes: Vec<MetricChange<'a>>,
    /// `None` if neither side has a folded line.
    pub(crate) small: Option<SmallSites<'a>>,
}

impl<'a> SmallSites<'a> {
    /// Takes the suspect out of the small sites, with its growth.
    pub(crate) fn take_suspect(&mut self) -> Option<MetricChange<'a>> {
        let suspect = self.suspect?;
        self.delta -= suspect.delta();
        Some(suspect)
    }
}

impl MetricChange<'_> {
    pub(crate) fn delta(&self) -> i128 {
        self.after - self.before
    }

    /// Returns `true` if the site has no partner and the other side's folded line may hold it.
    fn may_be_folded(&self, largest: LargestFolded) -> bool {
        let (was, now) = (&self.change.was, &self.change.now);
        let new = was.is_empty() && largest.before.is_some_and(|most| self.after <= most);
        let gone = now.is_empty() && largest.after.is_some_and(|most| self.before <= most);
        new || gone
    }
}

impl<'a> MetricChanges<'a> {
    pub(crate) fn of(comparison: &'a Comparison, metric: SiteMetric) -> Self {
        let largest = comparison.folded.largest(metric);
        let (hidden, mut changes): (Vec<_>, Vec<_>) =
            by_metric(comparison, metric).partition(|change| change.may_be_folded(largest));
        let folded = comparison.folded.delta(metric);
        let mut delta = folded + hidden.iter().map(MetricChange::delta).sum::<i128>();
        delta += credit(&mut changes, -delta, largest.before, |change| {
            change.change.was.is_empty().then_some(&mut change.before)
        });
        delta -= credit(&mut changes, delta, largest.after, |change| {
            change.change.now.is_empty().then_some(&mut change.after)
        });
        let small = largest.before.or(largest.after).map(|_| SmallSites {
            delta,
            sites: hidden.len(),
            largest: largest_now(&hidden),
            suspect: suspect(comparison, &hidden, delta),
        });
        Self { changes, small }
    }
}

fn by_metric(
    comparison: &Comparison,
    metric: SiteMetric,
) -> impl Iterator<Item = MetricChange<'_>> {
    comparison.changes.iter().map(move |change| MetricChange {
        change,
        before: sum(&change.was, metric),
        after: sum(&change.now, metric),
    })
}

/// Finds the one small site that is exactly the growth of all small sites in total blocks and in total bytes. Either
/// it was not there before, or others grew by just as much as it always took.
fn suspect<'a>(
    comparison: &Comparison,
    hidden: &[MetricChange<'a>],
    delta: i128,
) -> Option<MetricChange<'a>> {
    const TOTALS: [SiteMetric; 2] = [
        SiteMetric::new(Moment::Total, AmountUnit::Blocks),
        SiteMetric::new(Moment::Total, AmountUnit::Bytes),
    ];
    let growth = TOTALS.map(|metric| growth_of_small(comparison, metric));
    let explains_all = |site: &&MetricChange<'_>| {
        delta > 0 && site.after >= delta && TOTALS.map(|metric| site.change.delta(metric)) == growth
    };
    let mut suspects = hidden.iter().filter(explains_all);
    let suspect = suspects.next().filter(|_| suspects.next().is_none())?;
    Some(MetricChange { before: suspect.after - delta, ..*suspect })
}

/// Returns after − before of the folded lines and of the sites that they may hold.
fn growth_of_small(comparison: &Comparison, metric: SiteMetric) -> i128 {
    let largest = comparison.folded.largest(metric);
    let hidden = by_metric(comparison, metric).filter(|change| change.may_be_folded(largest));
    comparison.folded.delta(metric) + hidden.map(|change| change.delta()).sum::<i128>()
}

/// Gives up to `open` to the empty sides that `side` finds, up to `most` to each. Returns how much was given.
fn credit<'a>(
    changes: &mut [MetricChange<'a>],
    open: i128,
    most: Option<i128>,
    side: impl for<'s> Fn(&'s mut MetricChange<'a>) -> Option<&'s mut i128>,
) -> i128 {
    let Some(most) = most else { return 0 };
    let mut left = open.max(0);
    changes.sort_by_key(|change| (Reverse(change.before.max(change.after)), change.change.name()));
    for empty in changes.iter_mut().filter_map(side) {
        let given = left.min(most);
        *empty += given;
        left -= given;
    }
    open.max(0) - left
}

fn largest_now<'a>(hidden: &[MetricChange<'a>]) -> Vec<&'a Site> {
    let mut there: Vec<_> = hidden.iter().filter(|site| site.after > 0).collect();
    there.sort_by_key(|site| (Reverse(site.after), site.change.name()));
    there.into_iter().filter_map(|site| site.change.unpaired_site()).take(NAMED).collect()
}
