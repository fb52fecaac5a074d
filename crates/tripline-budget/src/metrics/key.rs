//! Reading a metric's key.

use std::str::FromStr;

use crate::error::Error;
use crate::metrics::GrowthMetric;
use crate::metrics::catalogue::{CATALOGUE, CatalogueEntry, Form, PER_ENTITY};
use crate::metrics::growth_metric::{FIXED, PER_ENTITY_PART};
use crate::metrics::{Metric, Quantity};
use crate::text::suggest::nearest;

const PHASE: &str = "phase";
const GROWTH: &str = "growth";

/// The spelling of the parts of a line.
const GROWTH_FORM: &str = "growth.<metric>.fixed` or `growth.<metric>.per_entity";

/// Checks the name of a phase, a disk label or a reported figure.
///
/// # Errors
///
/// If it is empty or has a character other than `A-Z a-z 0-9 _ -`, which a TOML key takes bare.
pub fn check_name(name: &str) -> Result<(), Error> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    match name.chars().find(|c| !allowed(*c)) {
        Some(character) => Err(Error::NameCharacter { name: name.to_owned(), character }),
        None if name.is_empty() => Err(Error::EmptyName),
        None => Ok(()),
    }
}

impl FromStr for Metric {
    type Err = Error;

    fn from_str(key: &str) -> Result<Self, Error> {
        let (head, rest) = match key.split_once('.') {
            Some((head, rest)) => (head, Some(rest)),
            None => (key, None),
        };
        match (head, rest) {
            (PHASE, rest) => phase(key, rest),
            (GROWTH, rest) => growth(key, rest),
            _ => match (labelled_head(head), rest) {
                (Some(head), rest) => labelled(key, head, rest),
                (None, None) => plain(key),
                (None, Some(_)) => Err(unknown(key)),
            },
        }
    }
}

/// The first part of a key that goes on with a label.
#[derive(Clone, Copy)]
struct LabelledHead {
    entry: &'static CatalogueEntry,
    per_entity: bool,
}

impl LabelledHead {
    fn all() -> impl Iterator<Item = Self> {
        let labelled = CATALOGUE.iter().filter(|entry| entry.label.is_some());
        labelled.flat_map(|entry| {
            let per_entity = entry.forms.contains(&Form::PerEntity);
            let total = Self { entry, per_entity: false };
            std::iter::once(total).chain(per_entity.then_some(Self { per_entity, ..total }))
        })
    }

    fn text(self) -> String {
        format!("{}{}", self.entry.key, if self.per_entity { PER_ENTITY } else { "" })
    }
}

fn labelled_head(head: &str) -> Option<LabelledHead> {
    LabelledHead::all().find(|labelled| labelled.text() == head)
}

/// Returns the number of parts that a key of a section has at least, by its first two.
pub(crate) fn parts_of_key(first: &str, second: Option<&str>) -> usize {
    match first {
        PHASE => 3,
        GROWTH => 2 + second.map_or(1, |second| parts_of_key(second, None)),
        _ if labelled_head(first).is_some() => 2,
        _ => 1,
    }
}

fn named(key: &str, rest: Option<&str>, form: impl FnOnce() -> String) -> Result<String, Error> {
    let unnamed = || Error::UnnamedMetric { key: key.to_owned(), form: form() };
    let name = rest.ok_or_else(unnamed)?;
    check_name(name)?;
    Ok(name.to_owned())
}

fn labelled(key: &str, head: LabelledHead, rest: Option<&str>) -> Result<Metric, Error> {
    let form = || format!("{}.{}", head.text(), head.entry.label.unwrap_or_default());
    let label = named(key, rest, form)?;
    let quantity = Quantity::Labelled { kind: head.entry.kind, label };
    Ok(Metric { quantity, per_entity: head.per_entity })
}

fn phase(key: &str, rest: Option<&str>) -> Result<Metric, Error> {
    let unnamed = || Error::UnnamedMetric {
        key: key.to_owned(),
        form: format!("{PHASE}.<name>.<heap metric>"),
    };
    let (name, figure) = rest.and_then(|rest| rest.split_once('.')).ok_or_else(unnamed)?;
    check_name(name)?;
    if let Ok(Metric { quantity: Quantity::Region(kind), per_entity }) = plain(figure) {
        if kind.has(Form::Phase) {
            let quantity = Quantity::Phase { name: name.to_owned(), kind };
            return Ok(Metric { quantity, per_entity });
        }
        if kind.entry().is_leak {
            return Err(Error::LeakedInPhase(figure.to_owned()));
        }
    }
    let nearest = nearest(figure, &keys_with(Form::Phase));
    Err(Error::UnknownMetric {
        key: key.to_owned(),
        nearest: nearest.map(|figure| format!("{PHASE}.{name}.{figure}")),
    })
}

fn growth(key: &str, rest: Option<&str>) -> Result<Metric, Error> {
    let unnamed = || Error::UnnamedMetric { key: key.to_owned(), form: GROWTH_FORM.to_owned() };
    let (metric, part) = rest.and_then(|rest| rest.rsplit_once('.')).ok_or_else(unnamed)?;
    let per_entity = match part {
        FIXED => false,
        PER_ENTITY_PART => true,
        _ => return Err(unnamed()),
    };
    match GrowthMetric::parse(metric) {
        Ok(metric) => Ok(metric.part(per_entity)),
        Err(Error::UnknownMetric { nearest, .. }) => {
            let nearest = nearest.map(|metric| format!("{GROWTH}.{metric}.{part}"));
            Err(Error::UnknownMetric { key: key.to_owned(), nearest })
        }
        Err(other) => Err(other),
    }
}

/// Reads a key without a name in it.
fn plain(key: &str) -> Result<Metric, Error> {
    let (base, per_entity) = match key.strip_suffix(PER_ENTITY) {
        Some(base) => (base, true),
        None => (key, false),
    };
    let mut alone = CATALOGUE.iter().filter(|entry| entry.label.is_none());
    let kind = alone.find(|entry| entry.key == base).ok_or_else(|| unknown(key))?.kind;
    if per_entity && !kind.has(Form::PerEntity) {
        return Err(Error::NotPerEntity(base.to_owned()));
    }
    Ok(Metric { quantity: Quantity::Region(kind), per_entity })
}

fn unknown(key: &str) -> Error {
    Error::UnknownMetric { key: key.to_owned(), nearest: nearest_key(key) }
}

/// Returns the key most like `key`, its name kept where it has one: `disk_byte.db` → `disk_bytes.db`.
fn nearest_key(key: &str) -> Option<String> {
    let mut heads: Vec<String> = LabelledHead::all().map(LabelledHead::text).collect();
    heads.push(PHASE.to_owned());
    if let Some((head, name)) = key.split_once('.') {
        return nearest(head, &heads).map(|head| format!("{head}.{name}"));
    }
    let alone = CATALOGUE.iter().filter(|entry| entry.label.is_none());
    let mut keys: Vec<String> = alone
        .flat_map(|entry| std::iter::once(entry.shown()).chain(entry.shown_per_entity()))
        .collect();
    keys.extend(heads);
    nearest(key, &keys)
}

/// Returns every key without a label that has this form, as a total and per entity.
fn keys_with(form: Form) -> Vec<String> {
    let entries = CATALOGUE.iter().filter(|entry| entry.label.is_none() && entry.kind.has(form));
    entries
        .flat_map(|entry| std::iter::once(entry.shown()).chain(entry.shown_per_entity()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_canonical_key_reads_as_itself() {
        let mut keys: Vec<String> = Vec::new();
        for entry in &CATALOGUE {
            keys.extend(std::iter::once(entry.shown()).chain(entry.shown_per_entity()));
            let parts =
                |form| if entry.kind.has(form) { ["fixed", "per_entity"].as_slice() } else { &[] };
            keys.extend(
                parts(Form::Growth).iter().map(|part| format!("growth.{}.{part}", entry.shown())),
            );
        }
        keys.extend(keys_with(Form::Phase).into_iter().map(|key| format!("phase.set-up_2.{key}")));
        let keys =
            keys.into_iter().map(|key| key.replace("<label>", "db-wal").replace("<name>", "hits"));
        let keys: Vec<String> = keys.collect();
        assert!(keys.len() >= 16 + 12 + 4 + 3 + 20, "{keys:?}");
        for key in keys {
            assert_eq!(key.parse::<Metric>().unwrap().to_string(), key);
        }
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        for (key, message) in [
            ("max_byte", "unknown metric `max_byte`: did you mean `max_bytes`?"),
            ("peak", "unknown metric `peak`"),
            (
                "live_bytes_per_row",
                "unknown metric `live_bytes_per_row`: did you mean `live_bytes_per_entity`?",
            ),
            ("disk_byte.db", "unknown metric `disk_byte.db`: did you mean `disk_bytes.db`?"),
            (
                "phase.run.max_byte",
                "unknown metric `phase.run.max_byte`: did you mean `phase.run.max_bytes`?",
            ),
            ("phase.run.rss_max_bytes", "unknown metric `phase.run.rss_max_bytes`"),
            ("total_blocks.x", "unknown metric `total_blocks.x`"),
            ("disk_bytes", "`disk_bytes` needs a name: write `disk_bytes.<label>`"),
            ("reported", "`reported` needs a name: write `reported.<name>`"),
            ("phase.run", "`phase.run` needs a name: write `phase.<name>.<heap metric>`"),
            ("disk_bytes.", "a name cannot be empty"),
            ("disk_bytes.a.b", "`a.b` has '.' in it: a name is made of `A-Z a-z 0-9 _ -`"),
            ("reported.größe", "`größe` has 'ö' in it: a name is made of `A-Z a-z 0-9 _ -`"),
            ("rss_max_bytes_per_entity", "`rss_max_bytes` cannot be divided by the entities"),
            (
                "growth.live_byte.fixed",
                "unknown metric `growth.live_byte.fixed`: did you mean `growth.live_bytes.fixed`?",
            ),
            (
                "growth.live_bytes",
                "`growth.live_bytes` needs a name: write `growth.<metric>.fixed` or \
                 `growth.<metric>.per_entity`",
            ),
            ("growth.rss_max_bytes.fixed", "`rss_max_bytes` is not measured at each size"),
            (
                "growth.live_bytes_per_entity.fixed",
                "`live_bytes_per_entity` is not measured at each size",
            ),
            (
                "phase.run.leaked_bytes",
                "a phase has no `leaked_bytes`: what leaked is known only after the region",
            ),
        ] {
            assert_eq!(key.parse::<Metric>().unwrap_err().to_string(), message);
        }
    }
}
