//! Finds the sites that take most of a profile because everything allocates through them.
//!
//! A crate's own `alloc` or `yaml_malloc` is the site of nearly every block, and to blame for none. It is split by its
//! callers if it takes more than half of all blocks or of all bytes, and [`FEWEST_CALLERS`] or more functions outside
//! std call it. A part is split in the same way, by the callers further out. A site whose only caller is such a wrapper
//! is merged with it.
//!
//! Both conditions are thresholds, and two runs may lie on either side of one. No rule that looks at the
//! structure alone was better: it cannot tell a wrapper from a function that allocates and has many callers,
//! and to split those as well would make most of a breakdown too small to be kept. So the keys of the parts
//! name the site that they are parts of, and a comparison joins them if only one side is split (`compare::rejoin`).

use std::collections::{HashMap, HashSet};

use crate::figures::SiteFigures;
use crate::naming::NameId;
use crate::site::call_path::{CallPath, MOST_WRAPPERS};

/// The fewest callers of a wrapper. A function with two or three callers is a helper of theirs.
const FEWEST_CALLERS: usize = 4;

/// The sites of a profile that are split, and the parts that are split again. Empty if none is.
///
/// The names are those of the namer that the first pass used.
#[derive(Clone, Debug, Default)]
pub(crate) struct SplitSites {
    sites: HashSet<NameId>,
    /// Each split site, or part, with the callers that tell the part apart.
    split_at: HashSet<CallPath>,
}

/// A call path and the figures of the blocks that were allocated through it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathFigures<'a> {
    pub(crate) path: &'a CallPath,
    pub(crate) figures: SiteFigures,
}

impl SplitSites {
    /// Finds the split sites from all call paths of a profile.
    pub(crate) fn find<'a>(
        paths: impl IntoIterator<Item = PathFigures<'a>>,
        totals: SiteFigures,
    ) -> Self {
        let mut sites: HashMap<NameId, Vec<PathFigures<'_>>> = HashMap::new();
        for measured in paths {
            sites.entry(measured.path.site).or_default().push(measured);
        }
        let mut found = Self::default();
        for paths in sites.values() {
            found.split(paths, 0, totals);
        }
        found
    }

    /// Splits what these paths have in common by the caller that is so many calls out, if the rule says so.
    /// Returns `true` if it was split.
    fn split(&mut self, paths: &[PathFigures<'_>], calls_out: usize, totals: SiteFigures) -> bool {
        let Some(first) = paths.first().filter(|_| calls_out < MOST_WRAPPERS) else {
            return false;
        };
        if !takes_most(paths.iter().map(|measured| measured.figures).sum(), totals) {
            return false;
        }
        let mut parts: HashMap<NameId, Vec<PathFigures<'_>>> = HashMap::new();
        for measured in paths {
            if let Some(caller) = measured.path.caller(calls_out) {
                parts.entry(caller).or_default().push(*measured);
            }
        }
        let further = parts.values().filter(|part| self.split(part, calls_out + 1, totals)).count();
        let splits = further > 0 || parts.len() >= FEWEST_CALLERS;
        if splits {
            self.sites.insert(first.path.site);
            self.split_at.insert(first.path.cut(calls_out));
        }
        splits
    }

    pub(crate) fn contains(&self, site: NameId) -> bool {
        self.sites.contains(&site)
    }

    /// Returns how many callers tell apart which part of its site a path belongs to. 0 if the site is whole.
    pub(crate) fn callers(&self, path: &CallPath) -> usize {
        if !self.contains(path.site) {
            return 0;
        }
        let splits = |callers: &usize| {
            let goes_on = callers.checked_sub(1).is_none_or(|last| path.caller(last).is_some());
            goes_on && self.split_at.contains(&path.cut(*callers))
        };
        (0..MOST_WRAPPERS).take_while(splits).count()
    }

    /// Returns what all paths of the same part have in common, or of the same site if it is whole.
    pub(crate) fn part(&self, path: &CallPath) -> CallPath {
        path.cut(self.callers(path))
    }
}

/// Returns `true` if `part` is more than half of all blocks, or of all bytes.
fn takes_most(part: SiteFigures, whole: SiteFigures) -> bool {
    let most = |part: u64, whole: u64| 2 * u128::from(part) > u128::from(whole);
    most(part.total.blocks, whole.total.blocks) || most(part.total.bytes, whole.total.bytes)
}
