//! Pairs sites that have the same role under another name.
//!
//! Every pair is weighed, so only the largest sites that are left take part. The others are small and do no harm as
//! gone and new ones.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::breakdown::part_key::{function, function_path, module};
use crate::breakdown::{Breakdown, Site};
use crate::compare::change::{Change, Pairing};
use crate::compare::folded_lines::FoldedLines;
use crate::figures::SiteMetric;
use crate::figures::{Amount, Moment};
use crate::rust_path::crate_of;

/// The most sites of a side that take part.
const MOST_SITES: usize = 200;

/// The least weight of a pair. The same module and nearest caller reach it, or both figures of one moment.
const LEAST_WEIGHT: u32 = 6;

/// A site without a partner.
struct Candidate<'a> {
    /// The index of its change.
    change: usize,
    site: &'a Site,
}

/// Two changes that are merged, by their indices.
struct SameRole {
    gone: usize,
    new: usize,
}

/// The new names by the old ones, of sites that were renamed beyond doubt.
type Renames<'a> = HashMap<&'a str, &'a str>;

/// Merges sites without a partner that have the same role. Leaves out sites that a folded line explains.
pub(crate) fn merge(
    changes: Vec<Change>,
    before: &Breakdown,
    after: &Breakdown,
    folded: &FoldedLines,
) -> Vec<Change> {
    let open = |change: &Change| change.unpaired_site().is_some() && !folded.may_hold(change);
    let gone = largest(&changes, before, |change| change.now.is_empty() && open(change));
    let new = largest(&changes, after, |change| change.was.is_empty() && open(change));
    let pairs = pairs(&gone, &new, &renames(&changes));
    let mut changes: Vec<_> = changes.into_iter().map(Some).collect();
    for SameRole { gone, new } in pairs {
        if let Some(gone) = changes[gone].take()
            && let Some(change) = &mut changes[new]
        {
            change.absorb(gone, Pairing::Role);
        }
    }
    changes.into_iter().flatten().collect()
}

/// Pairs each site at most once. The heaviest pair comes first, then the pair that moved least, then the names decide.
fn pairs(gone: &[Candidate], new: &[Candidate], renames: &Renames) -> Vec<SameRole> {
    let mut weighed = Vec::new();
    for gone in gone {
        for new in new {
            let (was, now) = (gone.site, new.site);
            let weight = weight(was, now, renames);
            if weight >= LEAST_WEIGHT {
                let moved = now.figures.total.bytes.abs_diff(was.figures.total.bytes);
                weighed.push((Reverse(weight), moved, &was.key, &now.key, gone.change, new.change));
            }
        }
    }
    weighed.sort_unstable();
    let mut taken = HashSet::new();
    let mut pairs = Vec::new();
    for (.., gone, new) in weighed {
        if !taken.contains(&gone) && !taken.contains(&new) {
            taken.extend([gone, new]);
            pairs.push(SameRole { gone, new });
        }
    }
    pairs
}

fn renames(changes: &[Change]) -> Renames<'_> {
    let renamed = |change: &'_ Change| change.is_certain() && change.renamed_from().is_some();
    let keys = changes.iter().filter(|change| renamed(change));
    keys.map(|change| (change.was[0].key.as_str(), change.name())).collect()
}

/// Returns the sites without a partner that have the largest share of any figure.
fn largest<'a>(
    changes: &'a [Change],
    whole: &Breakdown,
    side: impl Fn(&Change) -> bool,
) -> Vec<Candidate<'a>> {
    let unpaired = changes.iter().enumerate().filter(|(_, change)| side(change));
    let candidate = |(index, change): (usize, &'a Change)| {
        Some(Candidate { change: index, site: change.unpaired_site()? })
    };
    let mut candidates: Vec<_> = unpaired.filter_map(candidate).collect();
    candidates.sort_by_cached_key(|Candidate { site, .. }| {
        (Reverse(share_in_billionths(site, whole)), site.key.clone())
    });
    candidates.truncate(MOST_SITES);
    candidates
}

/// Returns the largest share that the site has of any figure.
fn share_in_billionths(site: &Site, whole: &Breakdown) -> u128 {
    let shares = SiteMetric::ALL.map(|metric| {
        let whole = u128::from(metric.of(&whole.totals)).max(1);
        u128::from(metric.of(&site.figures)) * 1_000_000_000 / whole
    });
    shares.into_iter().max().unwrap_or_default()
}

/// Weighs everything that speaks for the same role. 0 if the figures have nothing in common.
fn weight(was: &Site, now: &Site, renames: &Renames) -> u32 {
    match figures_weight(was, now) {
        0 => 0,
        figures => figures + name_weight(was, now, renames) + path_weight(was, now, renames),
    }
}

/// Weighs the figures: blocks of the same size, or as many blocks; failing that, figures that did not double.
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

/// Weighs the names: the same module, or at least the same crate; the same function, in another module.
fn name_weight(was: &Site, now: &Site, renames: &Renames) -> u32 {
    let same_crate = crate_of(function_path(&was.key)) == crate_of(function_path(&now.key));
    let module = if module(&was.key) == module(&now.key) { 3 } else { u32::from(same_crate) };
    let function = 3 * u32::from(function(&was.key) == function(&now.key));
    // A callee was inlined into its caller, or the other way round.
    let neighbours = was.callers.first().is_some_and(|caller| renamed(caller, renames) == now.key)
        || now.callers.first().is_some_and(|caller| caller == renamed(&was.key, renames));
    module + function + 5 * u32::from(neighbours)
}

/// Weighs the call paths: the same callers, and the same functions of std that the site calls.
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
