//! The lines of `[growth]`.
//!
//! A line states up to two limits: on the cost before the first entity, and on the cost that each entity adds.
//! Inside they are limits like any other, under `growth.<metric>.fixed` and `growth.<metric>.per_entity`.

use std::collections::BTreeMap;

use toml_edit::{Table, TableLike};

use crate::error::{Error, Problem, Sink};
use crate::files::limit::read_reason;
use crate::files::section::{SectionEntry, insert, section_entries};
use crate::files::settings::percent;
use crate::files::{LimitValue, Section};
use crate::metrics::catalogue::known_growth_metrics;
use crate::metrics::growth_metric::{FIXED, PER_ENTITY_PART};
use crate::metrics::{GrowthMetric, Quantity};
use crate::text::Spanned;
use crate::text::toml::{TomlEntry, entries};
use crate::values::Tolerance;

/// The fields of a line's table, in their order.
pub(crate) const FIELDS: [&str; 4] = [FIXED, PER_ENTITY_PART, "tolerance", "reason"];

impl Section {
    /// Reads the table under `[growth]`; `header` is how the file would write it.
    pub(crate) fn read_growth(&mut self, table: &Table, header: &str, text: &str, sink: &mut Sink) {
        for found in section_entries(table, text) {
            if let Some(of) = read_key(&found, header, sink) {
                for (per_entity, value) in read_line(&found.entry, &of, sink) {
                    let at = found.key_span.clone();
                    insert(&mut self.limits, of.part(per_entity), Some(value), at, sink);
                }
            }
        }
    }

    /// The lines of `[growth]`, by what they hold.
    pub(crate) fn growth(&self) -> BTreeMap<&GrowthMetric, GrowthLimits<'_>> {
        let mut lines: BTreeMap<&GrowthMetric, GrowthLimits<'_>> = BTreeMap::new();
        for (metric, value) in &self.limits {
            if let Quantity::Growth(of) = &metric.quantity {
                lines.entry(of).or_default().set(metric.per_entity, value);
            }
        }
        lines
    }
}

/// Both limits of a line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct GrowthLimits<'a> {
    pub(crate) fixed: Option<&'a LimitValue>,
    pub(crate) per_entity: Option<&'a LimitValue>,
}

impl<'a> GrowthLimits<'a> {
    pub(crate) fn set(&mut self, per_entity: bool, value: &'a LimitValue) {
        let part = if per_entity { &mut self.per_entity } else { &mut self.fixed };
        *part = Some(value);
    }
}

fn read_key(found: &SectionEntry<'_>, header: &str, sink: &mut Sink) -> Option<GrowthMetric> {
    let error = match GrowthMetric::parse(&found.path) {
        Ok(of) => return Some(of),
        Err(error) => error,
    };
    let shown = &found.entry.shown;
    let problem = match error {
        Error::UnknownMetric { nearest, .. } => {
            let label = nearest.map_or_else(
                || "not a metric".to_owned(),
                |nearest| format!("did you mean `{nearest}`?"),
            );
            let title = format!("unknown key `{shown}` in `{header}`");
            Problem::new(found.key_span.clone(), title, label)
        }
        other => {
            let title = format!("`{shown}` cannot stand in `{header}`");
            Problem::new(found.key_span.clone(), title, other.to_string())
        }
    };
    sink.push(problem.help(known_growth_metrics()));
    None
}

/// The limits that a line states, each with what is said of both.
fn read_line(line: &TomlEntry<'_>, of: &GrowthMetric, sink: &mut Sink) -> Vec<(bool, LimitValue)> {
    let Some(table) = line.item.as_table_like() else {
        line.mismatch("a table such as `{ fixed = \"8 KiB\", per_entity = 12 }`", sink);
        return Vec::new();
    };
    let (mut tolerance, mut reason, mut parts) = (None, None, Vec::new());
    let unit = of.part(false).unit();
    for entry in entries(table) {
        match entry.name {
            FIXED => parts.extend(entry.amount(unit, sink).map(|max| (false, max))),
            PER_ENTITY_PART => parts.extend(entry.amount(unit, sink).map(|max| (true, max))),
            "tolerance" => tolerance = percent(&entry, sink),
            "reason" => reason = read_reason(&entry, sink),
            _ => entry.unknown(&format!("the growth of `{}`", line.shown), &FIELDS, sink),
        }
    }
    check_parts(line, table, sink);
    let tolerance = tolerance.map(|percent: Spanned<_>| Tolerance::Percent(percent.value));
    let value = |max: u64| LimitValue { max, tolerance, ceiling: None, reason: reason.clone() };
    parts.into_iter().map(|(per_entity, max)| (per_entity, value(max.value))).collect()
}

/// A line without either part would hold nothing to anything but straightness.
fn check_parts(line: &TomlEntry<'_>, table: &dyn TableLike, sink: &mut Sink) {
    if !table.contains_key(FIXED) && !table.contains_key(PER_ENTITY_PART) {
        let title = format!("the growth of `{}` has no limit", line.shown);
        let label = "add `fixed = …`, `per_entity = …` or both";
        sink.push(Problem::new(line.value_span(), title, label));
    }
}
