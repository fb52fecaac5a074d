//! Keeps the heaviest stacks of chosen sites.

use std::cmp::Reverse;

use crate::figures::{SiteFigures, SiteMetric};
use crate::naming::NameId;
use crate::site::SiteNamer;

/// One stack of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    /// The site's key.
    pub key: String,
    pub figures: SiteFigures,
    /// The profile's text of each frame without its address, the innermost first.
    pub frames: Vec<String>,
}

/// The stacks of one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteStacks {
    /// The heaviest first.
    pub heaviest: Vec<Stack>,
    /// The number of other stacks of the site.
    pub others: usize,
    /// The sum of the others.
    pub others_figures: SiteFigures,
}

/// Keeps the heaviest stacks of some sites.
#[derive(Debug)]
pub(crate) struct HeaviestStacks<'a> {
    namer: SiteNamer<'a>,
    metric: SiteMetric,
    limit: usize,
    sites: Vec<KeptStacks>,
}

/// The stacks of one site that are kept, and the sum of the others.
#[derive(Debug)]
struct KeptStacks {
    site: NameId,
    heaviest: Vec<KeptStack>,
    others: usize,
    others_figures: SiteFigures,
}

#[derive(Debug)]
struct KeptStack {
    figures: SiteFigures,
    stack: Vec<u32>,
}

impl<'a> HeaviestStacks<'a> {
    /// Keeps at most `limit` stacks of each of the sites in `keys`, those with most of `metric`.
    pub(crate) fn new(
        namer: SiteNamer<'a>,
        keys: &[&str],
        metric: SiteMetric,
        limit: usize,
    ) -> Self {
        let sites = keys.iter().map(|key| KeptStacks::of(namer.frames.intern(key))).collect();
        Self { namer, metric, limit, sites }
    }

    pub(crate) fn add(&mut self, stack: &[u32], figures: SiteFigures) {
        let site = self.namer.find(stack).name;
        let Some(kept) = self.sites.iter_mut().find(|kept| kept.site == site) else { return };
        // The order of stacks in a file differs from run to run, so the text decides between equals.
        let order = |figures: &SiteFigures, stack: &[u32]| {
            let text = |&frame: &u32| self.namer.frames.frames.get(frame).text.as_str();
            let texts: Vec<&str> = stack.iter().map(text).collect();
            (Reverse(self.metric.of(figures)), Reverse(figures.weight()), texts)
        };
        let new = order(&figures, stack);
        let at = kept.heaviest.partition_point(|old| order(&old.figures, &old.stack) <= new);
        kept.insert(at, stack, figures, self.limit);
    }

    /// Returns the stacks of each site, in the order of the keys.
    pub(crate) fn finish(self) -> Vec<SiteStacks> {
        let Self { namer, sites, .. } = self;
        let text = |frame: &u32| namer.frames.frames.get(*frame).text.clone();
        let shown = |site: NameId, kept: &KeptStack| Stack {
            key: namer.frames.name(site).to_owned(),
            figures: kept.figures,
            frames: kept.stack.iter().map(text).collect(),
        };
        let site = |kept: KeptStacks| SiteStacks {
            heaviest: kept.heaviest.iter().map(|stack| shown(kept.site, stack)).collect(),
            others: kept.others,
            others_figures: kept.others_figures,
        };
        sites.into_iter().map(site).collect()
    }
}

impl KeptStacks {
    fn of(site: NameId) -> Self {
        let others_figures = SiteFigures::default();
        Self { site, heaviest: Vec::new(), others: 0, others_figures }
    }

    /// Puts a stack into its place, and adds what exceeds the limit to the others.
    fn insert(&mut self, at: usize, stack: &[u32], figures: SiteFigures, limit: usize) {
        let mut dropped = Some(figures);
        if at < limit {
            self.heaviest.insert(at, KeptStack { figures, stack: stack.to_owned() });
            let exceeds = self.heaviest.len() > limit;
            dropped = exceeds.then(|| self.heaviest.pop()).flatten().map(|stack| stack.figures);
        }
        self.others += usize::from(dropped.is_some());
        self.others_figures += dropped.unwrap_or_default();
    }
}
