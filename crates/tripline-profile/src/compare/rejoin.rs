//! Brings two breakdowns to sites that can be compared, where not both are split alike.
//!
//! A site that most is allocated through is split by its callers, unless it has just too few of them or takes
//! just too little. What was whole and is split now, or the other way round, did not change by that: its parts
//! are joined again, with the line of its small ones, so that the site's sums are as if it had been whole.
//! A growth is then blamed on the site, since nothing tells by which caller it was on the other side.
//!
//! Where the other side does not have the site at all, its parts say more than their sum in two cases: if the
//! other side has one in its stead that is split too, it was renamed; if the callers take there what they took
//! through the site here, it was inlined into them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::breakdown::part_key::{self, path, wrappers};
use crate::breakdown::{Breakdown, Site};
use crate::figures::Figures;

/// The sites of a breakdown that are split, each with the wrappers of its parts.
type Split<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Both breakdowns, with every site that is not split alike joined.
pub(crate) fn alike<'a>(before: &'a Breakdown, after: &'a Breakdown) -> [Cow<'a, Breakdown>; 2] {
    let (was, now) = (split(before), split(after));
    let stays = |site: &str| {
        was.get(site) == now.get(site)
            || is_renamed(site, &was, &now)
            || is_inlined(site, before, after)
            || is_inlined(site, after, before)
    };
    let apart: BTreeSet<&str> =
        was.keys().chain(now.keys()).copied().filter(|site| !stays(site)).collect();
    [before, after].map(|side| match apart.is_empty() {
        true => Cow::Borrowed(side),
        false => Cow::Owned(joined(side, &apart)),
    })
}

fn split(breakdown: &Breakdown) -> Split<'_> {
    let mut split = Split::new();
    for wrappers in breakdown.sites.iter().filter_map(|site| wrappers(&site.key)) {
        split.entry(part_key::site(wrappers)).or_default().insert(wrappers);
    }
    split
}

/// Whether each side has one split site that the other does not have so, this being one of the two.
fn is_renamed(site: &str, was: &Split<'_>, now: &Split<'_>) -> bool {
    let only = |here: &Split<'_>, there: &Split<'_>| {
        let missing: Vec<_> = here.iter().filter(|(site, _)| !there.contains_key(*site)).collect();
        // Of one in front of another nobody knows which was renamed.
        matches!(missing.as_slice(), [(_, wrappers)] if wrappers.len() == 1)
    };
    was.contains_key(site) != now.contains_key(site) && only(was, now) && only(now, was)
}

/// Whether a site that is split here is gone there, and most of it was taken by functions that take at least
/// as much more there.
fn is_inlined(site: &str, here: &Breakdown, there: &Breakdown) -> bool {
    let blocks = |sites: &BTreeMap<&str, Figures>, key: &str| {
        sites.get(key).map_or(0, |figures| u128::from(figures.total.blocks))
    };
    let (own, other) = (by_key(here), by_key(there));
    if other.keys().any(|key| *key == site || is_part(key, site)) {
        return false;
    }
    let parts = || here.sites.iter().filter(|part| is_part(&part.key, site));
    let taken = |part: &&Site| {
        let caller = path(&part.key);
        blocks(&other, caller) >= blocks(&own, caller) + u128::from(part.figures.total.blocks)
    };
    let sum = |parts: &mut dyn Iterator<Item = &Site>| -> u128 {
        parts.map(|part| u128::from(part.figures.total.blocks)).sum()
    };
    sum(&mut parts()) > 0 && 2 * sum(&mut parts().filter(taken)) > sum(&mut parts())
}

fn by_key(breakdown: &Breakdown) -> BTreeMap<&str, Figures> {
    breakdown.sites.iter().map(|site| (site.key.as_str(), site.figures)).collect()
}

fn is_part(key: &str, of: &str) -> bool {
    wrappers(key).is_some_and(|wrappers| part_key::site(wrappers) == of)
}

/// The same sums with these sites whole.
fn joined(breakdown: &Breakdown, apart: &BTreeSet<&str>) -> Breakdown {
    let mut parts: BTreeMap<&str, Vec<&Site>> = BTreeMap::new();
    let mut sites = Vec::with_capacity(breakdown.sites.len());
    for site in &breakdown.sites {
        let whole = wrappers(&site.key).map_or(site.key.as_str(), part_key::site);
        match apart.contains(whole) {
            true => parts.entry(whole).or_default().push(site),
            false => sites.push(site.clone()),
        }
    }
    sites.extend(parts.into_iter().map(|(whole, parts)| join(whole, &parts)));
    Breakdown { totals: breakdown.totals, sites }
}

/// Described by its heaviest part, whose wrappers and caller are the site's callers.
fn join(whole: &str, parts: &[&Site]) -> Site {
    let weight = |site: &&&Site| (site.figures.total.bytes, site.figures.total.blocks);
    let order = |a: &&&Site, b: &&&Site| weight(a).cmp(&weight(b)).then_with(|| b.key.cmp(&a.key));
    let named = parts.iter().filter(|site| site.stands_for().is_none());
    let heaviest = named.max_by(order);
    Site {
        key: whole.to_owned(),
        callers: heaviest.map_or(Vec::new(), |part| part_key::callers(part)),
        inside: heaviest.map_or(Vec::new(), |part| part.inside.clone()),
        // A part's place is its caller's.
        place: None,
        figures: parts.iter().map(|part| part.figures).sum(),
    }
}
