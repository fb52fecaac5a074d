//! The lines of small sites that folded breakdowns hold.

use crate::breakdown::{Breakdown, Site};
use crate::compare::change::Change;
use crate::figures::{SiteFigures, SiteMetric};

/// The folded lines of one side, taken as one.
#[derive(Clone, Debug)]
struct FoldedLine {
    figures: SiteFigures,
    /// The largest figure that one of its sites can have, for each metric in order.
    largest: [u64; 6],
}

/// The folded lines of both sides, if they have one.
#[derive(Clone, Debug)]
pub(crate) struct FoldedLines {
    before: Option<FoldedLine>,
    after: Option<FoldedLine>,
}

/// The largest figure that a site of each side's folded line can have. `None` if the side has no such line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LargestFolded {
    pub(crate) before: Option<i128>,
    pub(crate) after: Option<i128>,
}

impl FoldedLine {
    fn of(breakdown: &Breakdown) -> Option<Self> {
        let lines = breakdown.sites.iter().filter(|site| site.folded_sites().is_some());
        let figures = lines.map(|site| site.figures).reduce(|sum, line| sum + line)?;
        let largest = |metric: SiteMetric| breakdown.most_folded(metric).min(metric.of(&figures));
        Some(Self { figures, largest: SiteMetric::ALL.map(largest) })
    }

    fn largest(&self, metric: SiteMetric) -> i128 {
        let mut all = SiteMetric::ALL.iter().zip(self.largest);
        all.find(|(other, _)| **other == metric).map_or(0, |(_, largest)| largest.into())
    }

    fn may_hold(&self, site: &Site) -> bool {
        let fits =
            |metric: &SiteMetric| i128::from(metric.of(&site.figures)) <= self.largest(*metric);
        SiteMetric::ALL.iter().all(fits)
    }
}

impl FoldedLines {
    pub(crate) fn of(before: &Breakdown, after: &Breakdown) -> Self {
        Self { before: FoldedLine::of(before), after: FoldedLine::of(after) }
    }

    /// Returns `true` if a site without a partner is so small, at every moment, that the other side's folded line
    /// may hold it.
    pub(crate) fn may_hold(&self, change: &Change) -> bool {
        let line = if change.was.is_empty() { &self.before } else { &self.after };
        line.as_ref().zip(change.unpaired_site()).is_some_and(|(line, site)| line.may_hold(site))
    }

    pub(crate) fn largest(&self, metric: SiteMetric) -> LargestFolded {
        let largest = |line: &Option<FoldedLine>| line.as_ref().map(|line| line.largest(metric));
        LargestFolded { before: largest(&self.before), after: largest(&self.after) }
    }

    /// Returns after − before of the folded lines alone.
    pub(crate) fn delta(&self, metric: SiteMetric) -> i128 {
        let figure = |line: &Option<FoldedLine>| {
            line.as_ref().map_or(0, |line| i128::from(metric.of(&line.figures)))
        };
        figure(&self.after) - figure(&self.before)
    }
}
