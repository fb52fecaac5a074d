//! Joins the parts of sites that are not split alike in both breakdowns, so that the sites can be compared.
//!
//! A site through which most blocks are allocated is split by its callers. Near the thresholds one run splits it and
//! another does not. A site that was whole and is split now, or the other way round, did not change by that. Its parts
//! are joined again, with the line of its small ones, so that the site's sums are as if it had been whole.
//! A growth is then blamed on the site, since nothing tells which caller it came from on the other side.
//!
//! If the other side does not have the site at all, its parts say more than their sum in two cases. If the other side
//! has another split site in its place, the site was renamed. If the callers take there what they took through the
//! site here, it was inlined into them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::breakdown::part_key::{callers_of_whole, function_path, split_site, wrappers};
use crate::breakdown::{Breakdown, Site};
use crate::figures::SiteFigures;

/// The split sites of a breakdown, each with the wrappers of its parts.
type WrappersBySite<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Returns both breakdowns with every site joined that they do not split alike.
pub(crate) fn split_alike<'a>(
    before: &'a Breakdown,
    after: &'a Breakdown,
) -> [Cow<'a, Breakdown>; 2] {
    let (was, now) = (split_sites(before), split_sites(after));
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

fn split_sites(breakdown: &Breakdown) -> WrappersBySite<'_> {
    let mut split = WrappersBySite::new();
    for wrappers in breakdown.sites.iter().filter_map(|site| wrappers(&site.key)) {
        split.entry(split_site(wrappers)).or_default().insert(wrappers);
    }
    split
}

/// Returns `true` if each side has exactly one split site that the other does not split, and this is one of the two.
fn is_renamed(site: &str, was: &WrappersBySite<'_>, now: &WrappersBySite<'_>) -> bool {
    let only = |here: &WrappersBySite<'_>, there: &WrappersBySite<'_>| {
        let missing: Vec<_> = here.iter().filter(|(site, _)| !there.contains_key(*site)).collect();
        // If one wrapper calls another, nothing tells which of them was renamed.
        matches!(missing.as_slice(), [(_, wrappers)] if wrappers.len() == 1)
    };
    was.contains_key(site) != now.contains_key(site) && only(was, now) && only(now, was)
}

/// Returns `true` if a site that is split here is gone there, and most of its blocks were taken by functions that
/// take at least as many more there.
fn is_inlined(site: &str, here: &Breakdown, there: &Breakdown) -> bool {
    let blocks = |sites: &BTreeMap<&str, SiteFigures>, key: &str| {
        sites.get(key).map_or(0, |figures| u128::from(figures.total.blocks))
    };
    let (own, other) = (by_key(here), by_key(there));
    if other.keys().any(|key| *key == site || is_part(key, site)) {
        return false;
    }
    let parts = || here.sites.iter().filter(|part| is_part(&part.key, site));
    let taken = |part: &&Site| {
        let caller = function_path(&part.key);
        blocks(&other, caller) >= blocks(&own, caller) + u128::from(part.figures.total.blocks)
    };
    let sum = |parts: &mut dyn Iterator<Item = &Site>| -> u128 {
        parts.map(|part| u128::from(part.figures.total.blocks)).sum()
    };
    sum(&mut parts()) > 0 && 2 * sum(&mut parts().filter(taken)) > sum(&mut parts())
}

fn by_key(breakdown: &Breakdown) -> BTreeMap<&str, SiteFigures> {
    breakdown.sites.iter().map(|site| (site.key.as_str(), site.figures)).collect()
}

fn is_part(key: &str, of: &str) -> bool {
    wrappers(key).is_some_and(|wrappers| split_site(wrappers) == of)
}

/// Returns the breakdown with these sites whole, and the same sums.
fn joined(breakdown: &Breakdown, apart: &BTreeSet<&str>) -> Breakdown {
    let mut parts: BTreeMap<&str, Vec<&Site>> = BTreeMap::new();
    let mut sites = Vec::with_capacity(breakdown.sites.len());
    for site in &breakdown.sites {
        let whole = wrappers(&site.key).map_or(site.key.as_str(), split_site);
        match apart.contains(whole) {
            true => parts.entry(whole).or_default().push(site),
            false => sites.push(site.clone()),
        }
    }
    sites.extend(parts.into_iter().map(|(whole, parts)| join(whole, &parts)));
    Breakdown { totals: breakdown.totals, sites }
}

/// Joins the parts of a site. The heaviest part describes it: the wrappers and the caller of that part are the
/// site's callers.
fn join(whole: &str, parts: &[&Site]) -> Site {
    let weight = |site: &&&Site| (site.figures.total.bytes, site.figures.total.blocks);
    let order = |a: &&&Site, b: &&&Site| weight(a).cmp(&weight(b)).then_with(|| b.key.cmp(&a.key));
    let named = parts.iter().filter(|site| site.folded_sites().is_none());
    let heaviest = named.max_by(order);
    Site {
        key: whole.to_owned(),
        callers: heaviest.map_or(Vec::new(), |part| callers_of_whole(part)),
        inside: heaviest.map_or(Vec::new(), |part| part.inside.clone()),
        // The place of a part is its caller's.
        place: None,
        figures: parts.iter().map(|part| part.figures).sum(),
    }
}
