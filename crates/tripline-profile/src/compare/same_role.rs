//! Sites that play the same role under another name.
//!
//! Every pair is weighed, so only the largest sites that are left take part. The others are small: as gone
//! and new they do no harm.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::breakdown::part_key::path;
use crate::breakdown::{Breakdown, Site};
use crate::compare::change::{Change, Pairing};
use crate::compare::same_site::{function, module};
use crate::compare::view::Folds;
use crate::figures::Question;
use crate::figures::{Amount, Moment};

/// How many sites of a side take part.
const AT_MOST: usize = 200;

/// The least that a pair must weigh: for instance module and nearest caller, or both figures of one moment.
const ENOUGH: u32 = 6;

/// A site without a partner, and which change it is.
type Candidate<'a> = (usize, &'a Site);

/// Old names and the new ones, of sites that were renamed beyond doubt.
type Renames<'a> = HashMap<&'a str, &'a str>;

/// Merges sites without a partner that play one role, but none that a folded line explains.
pub(crate) fn merge(
    changes: Vec<Change>,
    before: &Breakdown,
    after: &Breakdown,
    folds: &Folds,
) -> Vec<Change> {
    let open = |change: &Change| change.alone().is_some() && !folds.may_hold(change);
    let gone = largest(&changes, before, |change| change.now.is_empty() && open(change));
    let new = largest(&changes, after, |change| change.was.is_empty() && open(change));
    let pairs = pairs(&gone, &new, &renames(&changes));
    let mut changes: Vec<_> = changes.into_iter().map(Some).collect();
    for (was, now) in pairs {
        if let Some(gone) = changes[was].take()
            && let Some(change) = &mut changes[now]
        {
            change.absorb(gone, Pairing::Role);
        }
    }
    changes.into_iter().flatten().collect()
}

/// The heaviest pair first, then the one that moved least, then by name; each site once.
fn pairs(gone: &[Candidate], new: &[Candidate], renames: &Renames) -> Vec<(usize, usize)> {
    let mut weighed = Vec::new();
    for &(gone_at, was) in gone {
        for &(new_at, now) in new {
            let weight = weight(was, now, renames);
            if weight >= ENOUGH {
                let moved = now.figures.total.bytes.abs_diff(was.figures.total.bytes);
                weighed.push((Reverse(weight), moved, &was.key, &now.key, gone_at, new_at));
            }
        }
    }
    weighed.sort_unstable();
    let mut taken = HashSet::new();
    let pairs = weighed.into_iter().map(|(.., gone, new)| (gone, new));
    pairs
        .filter(|(gone, new)| {
            let free = !taken.contains(gone) && !taken.contains(new);
            if free {
                taken.extend([*gone, *new]);
            }
            free
        })
        .collect()
}

fn renames(changes: &[Change]) -> Renames<'_> {
    let renamed = |change: &'_ Change| change.is_certain() && change.renamed_from().is_some();
    let keys = changes.iter().filter(|change| renamed(change));
    keys.map(|change| (change.was[0].key.as_str(), change.name())).collect()
}

/// The sites without a partner, by the largest share that one has of any figure.
fn largest<'a>(
    changes: &'a [Change],
    whole: &Breakdown,
    side: impl Fn(&Change) -> bool,
) -> Vec<Candidate<'a>> {
    let alone = changes.iter().enumerate().filter(|(_, change)| side(change));
    let mut alone: Vec<_> = alone.filter_map(|(at, change)| Some((at, change.alone()?))).collect();
    alone.sort_by_cached_key(|(_, site)| (Reverse(share(site, whole)), site.key.clone()));
    alone.truncate(AT_MOST);
    alone
}

/// In billionths.
fn share(site: &Site, whole: &Breakdown) -> u128 {
    let shares = Question::ALL.map(|question| {
        let whole = u128::from(question.of(&whole.totals)).max(1);
        u128::from(question.of(&site.figures)) * 1_000_000_000 / whole
    });
    shares.into_iter().max().unwrap_or_default()
}

/// What speaks for one role; 0 where the figures have nothing in common.
fn weight(was: &Site, now: &Site, renames: &Renames) -> u32 {
    match figures_weight(was, now) {
        0 => 0,
        figures => figures + name_weight(was, now, renames) + path_weight(was, now, renames),
    }
}

/// Blocks of one size, or as many blocks; at least a figure that did not double.
fn figures_weight(was: &Site, now: &Site) -> u32 {
    let (old, new) = (was.figures.total, now.figures.total);
    let same_size = u128::from(old.bytes) * u128::from(new.blocks)
        == u128::from(new.bytes) * u128::from(old.blocks);
    let same_count = Moment::ALL.iter().any(|moment| {
        let blocks = was.figures.at(*moment).blocks;
        blocks > 1 && blocks == now.figures.at(*moment).blocks
    }) || old.blocks == new.blocks;
    match 3 * u32::from(same_size) + 3 * u32::from(same_count) {
        0 => u32::from(near(old, new)),
        weight => weight,
    }
}

fn near(a: Amount, b: Amount) -> bool {
    let near = |a: u64, b: u64| a.max(b) <= a.min(b).saturating_mul(2);
    near(a.blocks, b.blocks) && near(a.bytes, b.bytes)
}

/// The same module, or at least crate; the same function, in another place.
fn name_weight(was: &Site, now: &Site, renames: &Renames) -> u32 {
    let krate = |site: &Site| path(&site.key).split("::").next().map(str::to_owned);
    let place =
        if module(&was.key) == module(&now.key) { 3 } else { u32::from(krate(was) == krate(now)) };
    let function = 3 * u32::from(function(&was.key) == function(&now.key));
    // A caller that took a callee in, or the other way round.
    let neighbours = was.callers.first().is_some_and(|caller| renamed(caller, renames) == now.key)
        || now.callers.first().is_some_and(|caller| caller == renamed(&was.key, renames));
    place + function + 5 * u32::from(neighbours)
}

/// The same callers above, and the same way through std below.
fn path_weight(was: &Site, now: &Site, renames: &Renames) -> u32 {
    let callers: Vec<_> = was.callers.iter().map(|caller| renamed(caller, renames)).collect();
    let nearest =
        callers.first().is_some_and(|caller| now.callers.first() == Some(&(*caller).to_owned()));
    let inside = !was.inside.is_empty() && was.inside == now.inside;
    3 * u32::from(nearest) + u32::from(nearest && callers == now.callers) + u32::from(inside)
}

fn renamed<'a>(key: &'a str, renames: &Renames<'a>) -> &'a str {
    renames.get(key).copied().unwrap_or(key)
}
