//! The sites that explain the growth of one metric.

use std::cmp::Reverse;

use crate::breakdown::Site;
use crate::compare::change::Change;
use crate::compare::change_class::ChangeClass;
use crate::compare::comparison::Comparison;
use crate::compare::metric_changes::{MetricChange, MetricChanges, SmallSites};
use crate::figures::SiteMetric;

/// The changes that explain a growth, and the sum of all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrownSites<'a> {
    pub metric: SiteMetric,
    /// After − before of the totals. Lines and others add up to it.
    pub delta: i128,
    /// The sites that grew, the largest growth first. Then the sites that shrank, if that matters beside the growth.
    /// Empty if none grew.
    pub lines: Vec<ChangedSite<'a>>,
    pub others: OtherChanges<'a>,
}

/// A change that has a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedSite<'a> {
    pub change: &'a Change,
    pub delta: i128,
    /// At least one.
    pub classes: Vec<ChangeClass>,
    /// The nearest caller, if the site takes more than half of the totals. Such a site may be a wrapper around the
    /// allocator, which is never to blame alone.
    pub via: Option<&'a str>,
}

/// The changes that have no line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherChanges<'a> {
    /// The number of changed sites.
    pub changes: usize,
    /// Their sum and that of the small sites.
    pub delta: i128,
    /// The sites that a folded line may hold, if one side has such a line.
    pub small: Option<SmallSites<'a>>,
}

impl Comparison {
    /// Returns the changes that explain the growth of one metric, in at most so many lines.
    #[must_use]
    pub fn grown_sites(&self, metric: SiteMetric, at_most: usize) -> GrownSites<'_> {
        let MetricChanges { mut changes, mut small } = MetricChanges::of(self, metric);
        changes.extend(small.as_mut().and_then(SmallSites::take_suspect));
        changes.retain(|change| change.delta() != 0);
        let chosen = choose(&changes, at_most);
        let shown: i128 = chosen.iter().map(MetricChange::delta).sum();
        GrownSites {
            metric,
            delta: self.delta(metric),
            others: OtherChanges {
                changes: changes.len() - chosen.len(),
                delta: self.delta(metric) - shown,
                small,
            },
            lines: chosen.into_iter().map(|change| self.line(change, metric)).collect(),
        }
    }

    /// Returns `true` if a site grew by more than `allowed`. The sites that a folded line may hold count as one.
    #[must_use]
    pub fn grew_beyond(&self, metric: SiteMetric, allowed: u128) -> bool {
        let MetricChanges { changes, small } = MetricChanges::of(self, metric);
        let small = small.iter().map(|small| small.delta);
        let beyond = |delta: i128| delta > 0 && delta.unsigned_abs() > allowed;
        changes.iter().map(MetricChange::delta).chain(small).any(beyond)
    }

    fn line<'a>(&'a self, changed: MetricChange<'a>, metric: SiteMetric) -> ChangedSite<'a> {
        let change = changed.change;
        let all = i128::from(metric.of(&self.after));
        let dominant = change.now.first().filter(|_| changed.after * 2 > all);
        ChangedSite {
            change,
            delta: changed.delta(),
            classes: classes(&changed, metric),
            via: dominant.and_then(|site| site.callers.first()).map(String::as_str),
        }
    }
}

impl ChangedSite<'_> {
    /// Returns the functions of std and the like between the site and the allocator. The cause may be there.
    #[must_use]
    pub fn inside(&self) -> &[String] {
        let site: Option<&Site> = self.change.now.first().or(self.change.was.first());
        site.map_or(&[], |site| &site.inside)
    }
}

/// Chooses the largest growth, then the largest of the other changes, up or down. Returns the largest growth first.
fn choose<'a>(changed: &[MetricChange<'a>], at_most: usize) -> Vec<MetricChange<'a>> {
    let growth: i128 = changed.iter().map(|change| change.delta().max(0)).sum();
    let largest = changed.iter().map(MetricChange::delta).max().unwrap_or(0);
    // A site that shrank matters if it did so by at least a tenth of the growth.
    let matters = |change: &MetricChange<'_>| {
        change.delta() > 0 || (growth > 0 && -10 * change.delta() >= growth)
    };
    let mut chosen: Vec<_> = changed.iter().copied().filter(matters).collect();
    chosen.sort_by_key(|change| {
        let delta = change.delta();
        (delta != largest, Reverse(delta.abs()), delta < 0, change.change.name())
    });
    chosen.truncate(at_most);
    chosen.sort_by_key(|change| (Reverse(change.delta()), change.change.name()));
    chosen
}

fn classes(changed: &MetricChange<'_>, metric: SiteMetric) -> Vec<ChangeClass> {
    let (was, now) = (&changed.change.was, &changed.change.now);
    // A site that was credited with most of its figure counts as one that was there, small.
    match (was.is_empty(), now.is_empty()) {
        (true, _) if 2 * changed.before >= changed.after => vec![ChangeClass::WasSmall],
        (true, _) => vec![ChangeClass::New],
        (_, true) if 2 * changed.after >= changed.before => vec![ChangeClass::IsSmall],
        (_, true) => vec![ChangeClass::Gone],
        _ => ChangeClass::of(changed.change, metric),
    }
}
