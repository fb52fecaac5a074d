//! *What grew*: the call sites that are to blame for a breach, by the figure that was breached.
//!
//! The failure prints these rows and the page lays them out: neither chooses any of its own.

use tripline_budget::{DisplayScale, Entities, Unit};
use tripline_profile::{
    AmountUnit, Breakdown, ChangedSite, GrownSites, Moment, OtherChanges, Pairing, Site,
    SiteMetric, SmallSites,
};

use crate::judge::verdict::ComparedFigure;
use crate::render::blame::{BlameRow, BlameSection, BlamedAmount};
use crate::render::figure::{counted, per_entity};

/// The most sites of all figures together; a reader who wants more has the profile.
const AT_MOST: usize = 6;

/// Returns what changed, by each figure that was breached. The sites of a figure whose rows name the same sites as an
/// earlier figure's, grown in the same way, are not named again: only their sum is. `None` if nothing changed.
pub(crate) fn grown(
    compared: &[ComparedFigure],
    entities: Option<&Entities>,
) -> Option<BlameSection> {
    let each = (AT_MOST / compared.len().max(1)).max(1);
    let mut section = BlameSection::below("what grew since the recorded breakdown");
    let mut named: Vec<Vec<BlameRow>> = Vec::new();
    for ComparedFigure { site_metric, comparison } in compared {
        let grown = comparison.grown_sites(*site_metric, each);
        let rows = rows(&grown, entities);
        let is_named = named.iter().any(|earlier| are_of_the_same_sites(earlier, &rows));
        let sum = match (is_named, rows.len()) {
            (true, 1) => "Σ = measured − recorded, at the same call site",
            (true, _) => "Σ = measured − recorded, at the same call sites",
            (false, _) => "Σ = measured − recorded",
        };
        if !is_named {
            section.rows.extend(rows.iter().cloned());
            named.push(rows);
        }
        // Sites may trade, and a figure of another size may be what tripped: nothing is said to grow by 0.
        if grown.delta != 0 {
            section.add(amount(*site_metric, grown.delta, entities), sum, Vec::new());
        }
    }
    (!section.rows.is_empty()).then_some(section)
}

fn rows(grown: &GrownSites<'_>, entities: Option<&Entities>) -> Vec<BlameRow> {
    let row = |line: &ChangedSite<'_>| {
        amount(grown.metric, line.delta, entities).of(line.change.name(), about(line))
    };
    grown.lines.iter().map(row).chain(rest(grown)).collect()
}

fn are_of_the_same_sites(a: &[BlameRow], b: &[BlameRow]) -> bool {
    let is_in = |row: &BlameRow, rows: &[BlameRow]| {
        rows.iter().any(|other| other.name == row.name && other.about == row.about)
    };
    !a.is_empty() && a.len() == b.len() && a.iter().all(|row| is_in(row, b))
}

fn amount(site_metric: SiteMetric, delta: i128, entities: Option<&Entities>) -> BlamedAmount {
    BlamedAmount { amount: signed(site_metric, delta), share: share(site_metric, delta, entities) }
}

/// Returns what leaked, by call site. There is nothing to compare it with: a recorded breakdown says what lived
/// at the region's end.
pub(crate) fn left(now: &Breakdown, unit: AmountUnit) -> BlameSection {
    let site_metric = SiteMetric::new(Moment::End, unit);
    let of = |site: &Site| site_metric.of(&site.figures);
    let mut sites: Vec<_> = now.sites.iter().filter(|site| of(site) > 0).collect();
    sites.sort_by(|a, b| of(b).cmp(&of(a)).then_with(|| a.key.cmp(&b.key)));
    let mut section = BlameSection::below("what is left after everything ended");
    let amount = |amount: u64| BlamedAmount {
        amount: figure(site_metric, amount.into()),
        share: String::new(),
    };
    for site in sites.iter().take(AT_MOST) {
        let caller = site.callers.first().map(|caller| format!("called by {caller}"));
        let about = caller.into_iter().chain(place(site)).collect();
        section.add(amount(of(site)), &site.key, about);
    }
    let rest: u64 = sites.iter().skip(AT_MOST).map(|site| of(site)).sum();
    if rest > 0 {
        let others = counted((sites.len() - AT_MOST) as u64, "other");
        section.add(amount(rest), &others, Vec::new());
    }
    section
}

/// Returns everything that no line shows, so that all add up.
fn rest(grown: &GrownSites<'_>) -> Option<BlameRow> {
    let OtherChanges { changes, delta, small } = &grown.others;
    if *changes == 0 && *delta == 0 {
        return None;
    }
    let small = small.as_ref().filter(|small| small.delta != 0).map(small_sites);
    let others = (*changes > 0).then(|| counted(*changes as u64, "other"));
    let words: Vec<_> = others.into_iter().chain(small).collect();
    let name = if words.is_empty() { "small sites".to_owned() } else { words.join(" and ") };
    let amount = signed(grown.metric, *delta);
    Some(BlamedAmount { amount, share: String::new() }.of(&name, Vec::new()))
}

/// Names the largest small sites, of which any may have grown.
fn small_sites(small: &SmallSites<'_>) -> String {
    let largest: Vec<_> = small.largest.iter().map(|site| site.key.as_str()).collect();
    let named = if largest.is_empty() { "" } else { ", the largest " };
    format!("small sites{named}{}", largest.join(", "))
}

/// Says how a site grew, if it is the same as before, and where it is.
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

/// Names the collection through which most of it comes: it may be what grew.
fn inside(line: &ChangedSite<'_>) -> Option<String> {
    let collection = |function: &&String| {
        let mut path = function.split("::");
        path.any(|segment| matches!(segment, "hashbrown" | "collections" | "allocator_api2"))
    };
    let path: Vec<_> = line.inside().iter().filter(collection).map(|path| method(path)).collect();
    (!path.is_empty()).then(|| format!("mostly in {}", path.join(" → ")))
}

/// Returns the last two segments of a path: `HashMap::entry`.
fn method(path: &str) -> &str {
    path.rmatch_indices("::").nth(1).map_or(path, |(at, separator)| &path[at + separator.len()..])
}

fn place(site: &Site) -> Option<String> {
    site.place.as_ref().map(|place| format!("{}:{}", place.file, place.line))
}

/// Formats a difference: `+20 000 blocks`, `+23.0 KiB peak`.
pub(super) fn signed(site_metric: SiteMetric, delta: i128) -> String {
    format!("{}{}", sign(delta), figure(site_metric, delta.unsigned_abs()))
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

/// Formats a difference by entity: `+1.00 per row`, `+5.90 B per row`. Less than a hundredth is no share.
pub(super) fn share(site_metric: SiteMetric, delta: i128, entities: Option<&Entities>) -> String {
    let Some(Entities { name, count }) = entities else { return String::new() };
    let amount = u64::try_from(delta.unsigned_abs()).unwrap_or(u64::MAX);
    let unit = if site_metric.unit == AmountUnit::Bytes { " B" } else { "" };
    match u128::from(amount) * 100 < u128::from(*count) {
        true => String::new(),
        false => format!("{}{}{unit} per {name}", sign(delta), per_entity(amount, *count)),
    }
}

fn sign(delta: i128) -> &'static str {
    if delta < 0 { "−" } else { "+" }
}

#[cfg(test)]
mod tests {
    use tripline_profile::{Amount, SiteFigures, compare};

    use super::*;

    fn breakdown(sites: &[(&str, u64, u64)]) -> Breakdown {
        let site = |&(key, total, peak): &(&str, u64, u64)| {
            let amount = |bytes: u64| Amount { blocks: bytes / 10, bytes };
            let (total, peak) = (amount(total), amount(peak));
            let figures = SiteFigures { total, peak, end: Amount::default() };
            Site { key: key.to_owned(), ..Site::folded(0, figures) }
        };
        let sites: Vec<_> = sites.iter().map(site).collect();
        Breakdown { totals: sites.iter().map(|site| site.figures).sum(), sites }
    }

    fn printed(recorded: &[(&str, u64, u64)], now: &[(&str, u64, u64)]) -> String {
        let compared = [(Moment::Total, AmountUnit::Blocks), (Moment::Peak, AmountUnit::Bytes)];
        let compared = compared.map(|(moment, unit)| ComparedFigure {
            site_metric: SiteMetric::new(moment, unit),
            comparison: compare(&breakdown(recorded), &breakdown(now)),
        });
        let mut text = String::new();
        if let Some(section) = grown(&compared, None) {
            section.print(&mut text);
        }
        text
    }

    #[test]
    fn sites_that_two_figures_share_are_named_once() {
        let text = printed(&[("a::f", 100, 100)], &[("a::f", 300, 200)]);
        insta::assert_snapshot!(text, @"
        what grew since the recorded breakdown
         +20 blocks   a::f   more blocks
         +20 blocks   Σ = measured − recorded
        +100 B peak   Σ = measured − recorded, at the same call site
        ");
    }

    /// Sites that trade, a breach at another size, a share too small to show.
    #[test]
    fn nothing_grows_by_0() {
        assert_eq!(printed(&[("a::f", 100, 100)], &[("a::f", 100, 100)]), "");
        let recorded = [("a::f", 100, 100), ("b::g", 100, 100)];
        let text = printed(&recorded, &[("a::f", 200, 100), ("b::g", 0, 100)]);
        assert!(text.contains("+10 blocks   a::f") && !text.contains("+0 "), "{text}");
        let text = printed(&recorded, &[("a::f", 110, 100), ("b::g", 100, 100)]);
        assert!(text.contains("+1 block   Σ") && !text.contains("+0 "), "{text}");
        let entities = Entities { name: "row".to_owned(), count: 1_000 };
        let of = |delta| {
            share(SiteMetric::new(Moment::Total, AmountUnit::Blocks), delta, Some(&entities))
        };
        assert_eq!([of(9), of(-9), of(10)], ["", "", "+0.01 per row"]);
    }

    #[test]
    fn sites_of_one_figure_alone_are_named() {
        let recorded = [("a::f", 100, 100), ("b::g", 100, 100)];
        let text = printed(&recorded, &[("a::f", 300, 100), ("b::g", 100, 200)]);
        insta::assert_snapshot!(text, @"
        what grew since the recorded breakdown
         +20 blocks   a::f   more blocks
         +20 blocks   Σ = measured − recorded
        +100 B peak   b::g   longer-lived
        +100 B peak   Σ = measured − recorded
        ");
    }
}
