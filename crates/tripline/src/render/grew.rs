//! *What grew*: the call sites to which a breach is to blame, by the figure that was breached.

use tripline_budget::{Entities, Scale, Unit, format_count};
use tripline_profile::{
    Breakdown, Comparison, Grown, Line, Moment, Others, Pairing, Quantity, Question, Site, Small,
};

use crate::render::figure::per_entity;

/// Sites of all figures together; a reader who wants more has the profile.
const AT_MOST: usize = 6;

/// What changed, by each figure that was breached.
pub(crate) fn grew(
    text: &mut String,
    asked: &[(Question, Comparison)],
    entities: Option<&Entities>,
) {
    let each = (AT_MOST / asked.len().max(1)).max(1);
    text.push_str("  what grew since the recorded breakdown\n");
    let mut rows = Rows::default();
    for (question, comparison) in asked {
        let grown = comparison.grew(*question, each);
        let amounts = |delta: i128| [signed(*question, delta), share(*question, delta, entities)];
        for line in &grown.lines {
            rows.add(amounts(line.delta), line.change.name(), &about(line));
        }
        rest(&mut rows, &grown);
        rows.add(amounts(grown.delta), "Σ = measured − recorded", &[]);
    }
    rows.print(text);
}

/// What leaked, by call site. There is nothing to compare it with: a recorded breakdown says what lived
/// at the region's end.
pub(crate) fn left(text: &mut String, now: &Breakdown, quantity: Quantity) {
    let question = Question::new(Moment::End, quantity);
    let of = |site: &Site| question.of(&site.figures);
    let mut sites: Vec<_> = now.sites.iter().filter(|site| of(site) > 0).collect();
    sites.sort_by(|a, b| of(b).cmp(&of(a)).then_with(|| a.key.cmp(&b.key)));
    text.push_str("  what is left after everything ended\n");
    let mut rows = Rows::default();
    let amount = |amount: u64| [figure(question, amount.into()), String::new()];
    for site in sites.iter().take(AT_MOST) {
        let caller = site.callers.first().map(|caller| format!("called by {caller}"));
        let about: Vec<_> = caller.into_iter().chain(place(site)).collect();
        rows.add(amount(of(site)), &site.key, &about);
    }
    let rest: u64 = sites.iter().skip(AT_MOST).map(|site| of(site)).sum();
    if rest > 0 {
        rows.add(amount(rest), &counted(sites.len() - AT_MOST, "other"), &[]);
    }
    rows.print(text);
}

/// How much, for each entity, of which site, and what else there is to say of it.
#[derive(Debug, Default)]
struct Rows(Vec<([String; 2], Vec<String>)>);

impl Rows {
    fn add(&mut self, amounts: [String; 2], name: &str, about: &[String]) {
        let words = [name.to_owned()].into_iter().chain(about.iter().cloned());
        self.0.push((amounts, words.collect()));
    }

    /// Amounts to the right; words to the left, each under its like.
    fn print(&self, into: &mut String) {
        let width = |texts: &mut dyn Iterator<Item = &String>| {
            texts.map(|text| text.chars().count()).max().unwrap_or(0)
        };
        let amounts = [0, 1].map(|at| width(&mut self.0.iter().map(|(amounts, _)| &amounts[at])));
        let words = [0, 1].map(|at| {
            let several = self.0.iter().filter(|(_, words)| words.len() > at + 1);
            width(&mut several.map(|(_, words)| &words[at]))
        });
        for ([amount, share], about) in &self.0 {
            let [wide, narrow] = amounts;
            let mut line = format!("  {amount:>wide$}");
            if narrow > 0 {
                line.push_str(&format!("   {share:>narrow$}"));
            }
            for (at, word) in about.iter().enumerate() {
                let pad = words.get(at).copied().unwrap_or(0);
                line.push_str(&format!("   {word:<pad$}"));
            }
            into.push_str(line.trim_end());
            into.push('\n');
        }
    }
}

/// Everything that no line shows, so that all add up.
fn rest(rows: &mut Rows, grown: &Grown<'_>) {
    let Others { changes, delta, small } = &grown.others;
    if *changes == 0 && *delta == 0 {
        return;
    }
    let small = small.as_ref().filter(|small| small.delta != 0).map(small_sites);
    let others = (*changes > 0).then(|| counted(*changes, "other"));
    let words: Vec<_> = others.into_iter().chain(small).collect();
    let name = if words.is_empty() { "small sites".to_owned() } else { words.join(" and ") };
    rows.add([signed(grown.question, *delta), String::new()], &name, &[]);
}

/// Any of those named may have grown.
fn small_sites(small: &Small<'_>) -> String {
    let largest: Vec<_> = small.largest.iter().map(|site| site.key.as_str()).collect();
    let named = if largest.is_empty() { "" } else { ", the largest " };
    format!("small sites{named}{}", largest.join(", "))
}

/// How a site grew, whether it is the same as before, where it is.
fn about(line: &Line<'_>) -> Vec<String> {
    let change = line.change;
    let classes: Vec<_> = line.classes.iter().map(ToString::to_string).collect();
    let mut words = vec![classes.join(", ")];
    words.extend(change.now.first().and_then(place));
    words.extend(pairing(line));
    words.extend(line.via.map(|caller| format!("called by {caller}")));
    words.extend(inside(line));
    words
}

fn pairing(line: &Line<'_>) -> Option<String> {
    let doubt = if line.change.is_certain() { "" } else { "likely " };
    match (line.change.renamed_from(), line.change.pairing) {
        (Some(before), _) => Some(format!("{doubt}was {before}")),
        (None, Pairing::Role | Pairing::LooseNeighbours) => Some("likely the same site".to_owned()),
        (None, _) => None,
    }
}

/// Through which collection: what grew may be its doing.
fn inside(line: &Line<'_>) -> Option<String> {
    let collection = |function: &&String| {
        let mut path = function.split("::");
        path.any(|segment| matches!(segment, "hashbrown" | "collections" | "allocator_api2"))
    };
    let path: Vec<_> = line.inside().iter().filter(collection).map(String::as_str).collect();
    (!path.is_empty()).then(|| format!("in {}", path.join(" → ")))
}

fn place(site: &Site) -> Option<String> {
    site.place.as_ref().map(|place| format!("{}:{}", place.file, place.line))
}

/// `+20 000 blocks`, `+23.0 KiB at the peak`.
fn signed(question: Question, delta: i128) -> String {
    format!("{}{}", sign(delta), figure(question, delta.unsigned_abs()))
}

fn figure(Question { moment, quantity }: Question, amount: u128) -> String {
    let amount = u64::try_from(amount).unwrap_or(u64::MAX);
    let amount = match quantity {
        Quantity::Blocks => counted_blocks(amount),
        Quantity::Bytes => Scale::exact(Unit::Bytes).format(amount),
    };
    match moment {
        Moment::Total => amount,
        Moment::Peak => format!("{amount} peak"),
        Moment::End => format!("{amount} live"),
    }
}

/// `+1.00 per row`, `+5.90 B per row`.
fn share(question: Question, delta: i128, entities: Option<&Entities>) -> String {
    let Some(Entities { name, count }) = entities else { return String::new() };
    let amount = u64::try_from(delta.unsigned_abs()).unwrap_or(u64::MAX);
    let unit = if question.quantity == Quantity::Bytes { " B" } else { "" };
    format!("{}{}{unit} per {name}", sign(delta), per_entity(amount, *count))
}

fn sign(delta: i128) -> &'static str {
    if delta < 0 { "−" } else { "+" }
}

fn counted_blocks(blocks: u64) -> String {
    let plural = if blocks == 1 { "" } else { "s" };
    format!("{} block{plural}", format_count(blocks))
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", format_count(count as u64))
}
