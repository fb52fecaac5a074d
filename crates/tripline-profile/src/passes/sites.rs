//! The first pass: sums each site, and finds out which sites are split.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::breakdown::{Breakdown, Site, sort_heaviest_first};
use crate::figures::SiteFigures;
use crate::naming::FrameNamer;
use crate::passes::site_description::SiteDescription;
use crate::site::{CallPath, PathFigures, SplitSites, find_site};

/// The most call paths that are kept apart until it is known which sites are split. In a profile with more no site is
/// split: the memory that a reader needs must not grow with the file.
const MOST_CALL_PATHS: usize = 1 << 14;

/// The first pass's result.
#[derive(Debug)]
pub(crate) struct SitePass {
    pub(crate) breakdown: Breakdown,
    pub(crate) split: SplitSites,
}

/// Sums the stacks by call path: which sites are split is known only after all stacks.
#[derive(Debug)]
pub(crate) struct SiteCollector<'a> {
    namer: &'a mut FrameNamer,
    totals: SiteFigures,
    sites: HashMap<CallPath, CollectedSite>,
    /// True if there were too many call paths. Then callers are dropped, and no site is split.
    drops_callers: bool,
}

/// A site so far, or what it took through one call path.
#[derive(Debug)]
struct CollectedSite {
    figures: SiteFigures,
    description: SiteDescription,
}

impl<'a> SiteCollector<'a> {
    pub(crate) fn new(namer: &'a mut FrameNamer) -> Self {
        Self { namer, totals: SiteFigures::default(), sites: HashMap::new(), drops_callers: false }
    }

    pub(crate) fn add(&mut self, stack: &[u32], figures: SiteFigures) {
        self.totals += figures;
        let site = find_site(self.namer, stack);
        let path = match self.drops_callers {
            true => CallPath::without_callers(site.name),
            false => CallPath::of(self.namer, stack, site),
        };
        let weight = figures.weight();
        if let Some(collected) = self.sites.get_mut(&path) {
            collected.figures += figures;
            if weight >= collected.description.weight() {
                let new = SiteDescription::of(self.namer, stack, site, weight);
                collected.description.keep_heavier(new, self.namer);
            }
            return;
        }
        let description = SiteDescription::of(self.namer, stack, site, weight);
        self.sites.insert(path, CollectedSite { figures, description });
        // The limit is on the call paths of a whole profile, so that the order in a file does not matter.
        if !self.drops_callers && self.sites.len() > MOST_CALL_PATHS {
            self.drops_callers = true;
            self.join(|path| CallPath::without_callers(path.site));
        }
    }

    /// Joins the call paths that `part` maps to the same one.
    fn join(&mut self, part: impl Fn(&CallPath) -> CallPath) {
        for (path, site) in std::mem::take(&mut self.sites) {
            match self.sites.entry(part(&path)) {
                Entry::Occupied(mut joined) => joined.get_mut().add(site, self.namer),
                Entry::Vacant(free) => {
                    free.insert(site);
                }
            }
        }
    }

    pub(crate) fn finish(mut self) -> SitePass {
        let paths =
            self.sites.iter().map(|(path, site)| PathFigures { path, figures: site.figures });
        let split = SplitSites::find(paths, self.totals);
        self.join(|path| split.part(path));
        let Self { namer, totals, sites, .. } = self;
        let site = |(path, site): (CallPath, CollectedSite)| {
            let callers = split.callers(&path);
            let key = path.key(namer, callers);
            site.description.into_site(namer, key, callers, site.figures)
        };
        let mut sites: Vec<Site> = sites.into_iter().map(site).collect();
        sort_heaviest_first(&mut sites);
        SitePass { breakdown: Breakdown { totals, sites }, split }
    }
}

impl CollectedSite {
    fn add(&mut self, other: Self, namer: &FrameNamer) {
        self.figures += other.figures;
        self.description.keep_heavier(other.description, namer);
    }
}
