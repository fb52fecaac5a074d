//! Sites that are the same beyond doubt: one key, or the same figures under another.
//!
//! Through maps, so that thousands of sites cost no more than sorting them.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::breakdown::part_key::path;
use crate::breakdown::{Breakdown, Site};
use crate::compare::change::{Change, Pairing};

/// The sites that no change holds yet, each side sorted, and the changes found so far.
struct Sides<'a> {
    was: Vec<&'a Site>,
    now: Vec<&'a Site>,
    changes: Vec<Change>,
}

/// Every site of both, in exactly one change. Sites without a partner are changes with one side.
pub(crate) fn pair(before: &Breakdown, after: &Breakdown) -> Vec<Change> {
    let mut sides = Sides { was: sites(before), now: sites(after), changes: Vec::new() };
    sides.join(Pairing::Key, |site| &site.key);
    // Which of several sites with equal figures are paired changes no delta, only which of them is left
    // without a partner. So the likeliest partners come first.
    sides.join(Pairing::Figures, |site| (site.figures, module(&site.key), &site.callers));
    sides.join(Pairing::Figures, |site| (site.figures, &site.callers, &site.inside));
    sides.join(Pairing::Figures, |site| (site.figures, function(&site.key)));
    sides.join(Pairing::Figures, |site| (site.figures, module(&site.key)));
    sides.join(Pairing::Figures, |site| site.figures);
    sides.finish()
}

impl<'a> Sides<'a> {
    fn join<S: Eq + Hash>(&mut self, pairing: Pairing, signature: impl Fn(&'a Site) -> S) {
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
        changes.sort_by(|a, b| a.name().cmp(b.name()).then_with(|| b.now.len().cmp(&a.now.len())));
        changes
    }
}

/// In an order of their own, whatever the breakdown's; without what took nothing and the folded line.
fn sites(breakdown: &Breakdown) -> Vec<&Site> {
    let takes = |site: &&Site| site.stands_for().is_none() && site.figures != Default::default();
    let mut sites: Vec<_> = breakdown.sites.iter().filter(takes).collect();
    sites.sort_by(|a, b| order(a).cmp(&order(b)));
    sites
}

fn order(site: &Site) -> (&str, u64, u64, &[String], &[String]) {
    let total = site.figures.total;
    (&site.key, total.bytes, total.blocks, &site.callers, &site.inside)
}

/// `a::b` of `a::b::f`, and of `a::b::f (through c::malloc)`.
pub(crate) fn module(key: &str) -> &str {
    path(key).rsplit_once("::").map_or("", |(module, _)| module)
}

/// `f` of `a::b::f`.
pub(crate) fn function(key: &str) -> &str {
    path(key).rsplit_once("::").map_or(path(key), |(_, function)| function)
}
