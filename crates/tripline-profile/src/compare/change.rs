//! A site before and after.

use crate::breakdown::{Site, sort_heaviest_first};
use crate::figures::{SiteFigures, SiteMetric};

/// A site before and after. A side holds several sites only if neighbours on one call path were merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The sites of the earlier breakdown, the largest in total bytes first. Empty if it has none.
    pub was: Vec<Site>,
    /// The sites of the later breakdown, the largest in total bytes first. Empty if it has none.
    pub now: Vec<Site>,
    pub pairing: Pairing,
}

/// The reason why the sites of a change count as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pairing {
    /// The key is the same, or one side is empty.
    Key,
    /// All six figures are equal: a rename.
    Figures,
    /// A function and its caller traded blocks, and all six figures add up: inlined differently.
    Neighbours,
    /// Likely, not certain: a site with the same role under another name.
    Role,
    /// Likely, not certain: neighbours traded blocks, and the figures do not quite add up.
    LooseNeighbours,
}

impl Change {
    pub(crate) fn new(was: Option<&Site>, now: Option<&Site>, pairing: Pairing) -> Self {
        Self {
            was: was.into_iter().cloned().collect(),
            now: now.into_iter().cloned().collect(),
            pairing,
        }
    }

    /// Returns the name to show: the later one if there is one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.now.first().or(self.was.first()).map_or("", |site| &site.key)
    }

    /// Returns the earlier name, if the later name is a new one.
    #[must_use]
    pub fn renamed_from(&self) -> Option<&str> {
        let (was, now) = (self.was.first()?, self.now.first()?);
        self.was.iter().all(|site| site.key != now.key).then_some(&was.key)
    }

    /// Returns `true` if the sites are the same beyond doubt.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.pairing <= Pairing::Neighbours
    }

    /// Returns the figures before.
    #[must_use]
    pub fn before(&self) -> SiteFigures {
        self.was.iter().map(|site| site.figures).sum()
    }

    /// Returns the figures after.
    #[must_use]
    pub fn after(&self) -> SiteFigures {
        self.now.iter().map(|site| site.figures).sum()
    }

    /// Returns after − before, exactly.
    #[must_use]
    pub fn delta(&self, metric: SiteMetric) -> i128 {
        sum(&self.now, metric) - sum(&self.was, metric)
    }

    /// Returns the delta of each metric, in the order of [`SiteMetric::ALL`].
    pub(crate) fn deltas(&self) -> [i128; 6] {
        SiteMetric::ALL.map(|metric| self.delta(metric))
    }

    /// Returns the site of a change that has only one side, with one site.
    pub(crate) fn unpaired_site(&self) -> Option<&Site> {
        match (self.was.as_slice(), self.now.as_slice()) {
            ([site], []) | ([], [site]) => Some(site),
            _ => None,
        }
    }

    /// Takes in another change's sites. The merged change keeps the more doubtful pairing.
    pub(crate) fn absorb(&mut self, other: Self, pairing: Pairing) {
        self.was.extend(other.was);
        self.now.extend(other.now);
        sort_heaviest_first(&mut self.was);
        sort_heaviest_first(&mut self.now);
        self.pairing = self.pairing.max(other.pairing).max(pairing);
    }
}

/// Returns the sum of one figure, exactly.
pub(crate) fn sum(sites: &[Site], metric: SiteMetric) -> i128 {
    sites.iter().map(|site| i128::from(metric.of(&site.figures))).sum()
}

/// Sorts changes by name. Of two with one name, a change with a later side comes first.
pub(crate) fn sort_by_name(changes: &mut [Change]) {
    changes.sort_by(|a, b| a.name().cmp(b.name()).then_with(|| b.now.len().cmp(&a.now.len())));
}
