//! Pairs sites that are the same beyond doubt: by their key, or by the same figures under another key.
//!
//! Uses maps, so that thousands of sites cost no more than sorting them.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::breakdown::part_key::{function, module};
use crate::breakdown::{Breakdown, Site};
use crate::compare::change::{Change, Pairing, sort_by_name};

/// The sites that are not paired yet, each side sorted, and the changes found so far.
struct UnpairedSites<'a> {
    was: Vec<&'a Site>,
    now: Vec<&'a Site>,
    changes: Vec<Change>,
}

/// Puts every site of both breakdowns into exactly one change. A site without a partner is a change with one side.
pub(crate) fn pair(before: &Breakdown, after: &Breakdown) -> Vec<Change> {
    let mut unpaired = UnpairedSites { was: sites(before), now: sites(after), changes: Vec::new() };
    unpaired.pair_by(Pairing::Key, |site| &site.key);
    // Among several sites with equal figures the choice changes no delta, only which of them is left without a
    // partner. So the likeliest partners come first.
    unpaired.pair_by(Pairing::Figures, |site| (site.figures, module(&site.key), &site.callers));
    unpaired.pair_by(Pairing::Figures, |site| (site.figures, &site.callers, &site.inside));
    unpaired.pair_by(Pairing::Figures, |site| (site.figures, function(&site.key)));
    unpaired.pair_by(Pairing::Figures, |site| (site.figures, module(&site.key)));
    unpaired.pair_by(Pairing::Figures, |site| site.figures);
    unpaired.finish()
}

impl<'a> UnpairedSites<'a> {
    /// Pairs the sites of both sides that have the same signature.
    fn pair_by<S: Eq + Hash>(&mut self, pairing: Pairing, signature: impl Fn(&'a Site) -> S) {
        let mut waiting: HashMap<S, VecDeque<&'a Site>> = HashMap::new();
        for &site in &self.was {
            waiting.entry(signature(site)).or_default().push_back(site);
        }
        self.now.retain(|&now| {
            let was = waiting.get_mut(&signature(now)).and_then(VecDeque::pop_front);
            self.changes.extend(was.map(|was| Change::new(Some(was), Some(now), pairing)));
            was.is_none()
        });
        self.was = waiting.into_values().flatten().collect();
        self.was.sort_by(|a, b| order(a).cmp(&order(b)));
    }

    fn finish(self) -> Vec<Change> {
        let mut changes = self.changes;
        changes.extend(self.was.iter().map(|site| Change::new(Some(site), None, Pairing::Key)));
        changes.extend(self.now.iter().map(|site| Change::new(None, Some(site), Pairing::Key)));
        sort_by_name(&mut changes);
        changes
    }
}

/// Returns the sites in an order that does not depend on the breakdown's. Leaves out sites with no blocks and the
/// folded lines.
fn sites(breakdown: &Breakdown) -> Vec<&Site> {
    let takes = |site: &&Site| site.folded_sites().is_none() && site.figures != Default::default();
    let mut sites: Vec<_> = breakdown.sites.iter().filter(takes).collect();
    sites.sort_by(|a, b| order(a).cmp(&order(b)));
    sites
}

fn order(site: &Site) -> (&str, u64, u64, &[String], &[String]) {
    let total = site.figures.total;
    (&site.key, total.bytes, total.blocks, &site.callers, &site.inside)
}
