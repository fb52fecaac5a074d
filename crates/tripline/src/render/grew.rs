//! *What grew*: the call sites to which a breach is to blame, by the figure that was breached.
//!
//! As rows, which the failure prints and the page lays out: neither chooses any of its own.

use tripline_budget::{DisplayScale, Entities, Unit};
use tripline_profile::{
    AmountUnit, Breakdown, ChangedSite, Comparison, GrownSites, Moment, OtherChanges, Pairing,
    Site, SiteMetric, SmallSites,
};

use crate::render::figure::{counted, per_entity};
use crate::render::rows::Rows;

/// Sites of all figures together; a reader who wants more has the profile.
const AT_MOST: usize = 6;

/// What changed, by each figure that was breached.
pub(crate) fn grew(asked: &[(SiteMetric, Comparison)], entities: Option<&Entities>) -> Rows {
    let each = (AT_MOST / asked.len().max(1)).max(1);
    let mut rows = Rows::below("what grew since the recorded breakdown");
    for (question, comparison) in asked {
        let grown = comparison.grown_sites(*question, each);
        let amounts = |delta: i128| [signed(*question, delta), share(*question, delta, entities)];
        for line in &grown.lines {
            rows.add(amounts(line.delta), line.change.name(), about(line));
        }
        rest(&mut rows, &grown);
        rows.add(amounts(grown.delta), "Σ = measured − recorded", Vec::new());
    }
    rows
}

/// What leaked, by call site. There is nothing to compare it with: a recorded breakdown says what lived
/// at the region's end.
pub(crate) fn left(now: &Breakdown, quantity: AmountUnit) -> Rows {
    let question = SiteMetric::new(Moment::End, quantity);
    let of = |site: &Site| question.of(&site.figures);
    let mut sites: Vec<_> = now.sites.iter().filter(|site| of(site) > 0).collect();
    sites.sort_by(|a, b| of(b).cmp(&of(a)).then_with(|| a.key.cmp(&b.key)));
    let mut rows = Rows::below("what is left after everything ended");
    let amount = |amount: u64| [figure(question, amount.into()), String::new()];
    for site in sites.iter().take(AT_MOST) {
        let caller = site.callers.first().map(|caller| format!("called by {caller}"));
        let about = caller.into_iter().chain(place(site)).collect();
        rows.add(amount(of(site)), &site.key, about);
    }
    let rest: u64 = sites.iter().skip(AT_MOST).map(|site| of(site)).sum();
    if rest > 0 {
        rows.add(amount(rest), &counted((sites.len() - AT_MOST) as u64, "other"), Vec::new());
    }
    rows
}

/// Everything that no line shows, so that all add up.
fn rest(rows: &mut Rows, grown: &GrownSites<'_>) {
    let OtherChanges { changes, delta, small } = &grown.others;
    if *changes == 0 && *delta == 0 {
        return;
    }
    let small = small.as_ref().filter(|small| small.delta != 0).map(small_sites);
    let others = (*changes > 0).then(|| counted(*changes as u64, "other"));
    let words: Vec<_> = others.into_iter().chain(small).collect();
    let name = if words.is_empty() { "small sites".to_owned() } else { words.join(" and ") };
    rows.add([signed(grown.metric, *delta), String::new()], &name, Vec::new());
}

/// Any of those named may have grown.
fn small_sites(small: &SmallSites<'_>) -> String {
    let largest: Vec<_> = small.largest.iter().map(|site| site.key.as_str()).collect();
    let named = if largest.is_empty() { "" } else { ", the largest " };
    format!("small sites{named}{}", largest.join(", "))
}

/// How a site grew, whether it is the same as before, where it is.
fn about(line: &ChangedSite<'_>) -> Vec<String> {
    let change = line.change;
    let classes: Vec<_> = line.classes.iter().map(ToString::to_string).collect();
    let mut words = vec![classes.join(", ")];
    words.extend(change.now.first().and_then(place));
    words.extend(pairing(line));
    words.extend(line.via.map(|caller| format!("called by {caller}")));
    words.extend(inside(line));
    words
}

fn pairing(line: &ChangedSite<'_>) -> Option<String> {
    let doubt = if line.change.is_certain() { "" } else { "likely " };
    match (line.change.renamed_from(), line.change.pairing) {
        (Some(before), _) => Some(format!("{doubt}was {before}")),
        (None, Pairing::Role | Pairing::LooseNeighbours) => Some("likely the same site".to_owned()),
        (None, _) => None,
    }
}

/// Through which collection most of it comes: what grew may be its doing.
fn inside(line: &ChangedSite<'_>) -> Option<String> {
    let collection = |function: &&String| {
        let mut path = function.split("::");
        path.any(|segment| matches!(segment, "hashbrown" | "collections" | "allocator_api2"))
    };
    let path: Vec<_> = line.inside().iter().filter(collection).map(|path| method(path)).collect();
    (!path.is_empty()).then(|| format!("mostly in {}", path.join(" → ")))
}

/// The last two segments of a path: `HashMap::entry`.
fn method(path: &str) -> &str {
    path.rmatch_indices("::").nth(1).map_or(path, |(at, separator)| &path[at + separator.len()..])
}

fn place(site: &Site) -> Option<String> {
    site.place.as_ref().map(|place| format!("{}:{}", place.file, place.line))
}

/// `+20 000 blocks`, `+23.0 KiB at the peak`.
pub(super) fn signed(question: SiteMetric, delta: i128) -> String {
    format!("{}{}", sign(delta), figure(question, delta.unsigned_abs()))
}

fn figure(SiteMetric { moment, unit }: SiteMetric, amount: u128) -> String {
    let amount = u64::try_from(amount).unwrap_or(u64::MAX);
    let amount = match unit {
        AmountUnit::Blocks => counted(amount, "block"),
        AmountUnit::Bytes => DisplayScale::exact(Unit::Bytes).format(amount),
    };
    match moment {
        Moment::Total => amount,
        Moment::Peak => format!("{amount} peak"),
        Moment::End => format!("{amount} live"),
    }
}

/// `+1.00 per row`, `+5.90 B per row`.
pub(super) fn share(question: SiteMetric, delta: i128, entities: Option<&Entities>) -> String {
    let Some(Entities { name, count }) = entities else { return String::new() };
    let amount = u64::try_from(delta.unsigned_abs()).unwrap_or(u64::MAX);
    let unit = if question.unit == AmountUnit::Bytes { " B" } else { "" };
    format!("{}{}{unit} per {name}", sign(delta), per_entity(amount, *count))
}

fn sign(delta: i128) -> &'static str {
    if delta < 0 { "−" } else { "+" }
}
