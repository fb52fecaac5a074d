//! What may be held to a line, and the lines of `[growth]` that do so.
//!
//! A line states up to two limits, on what there is before the first entity and on what each entity adds.
//! Inside they are limits like any other, under `growth.<metric>.fixed` and `growth.<metric>.per_entity`.

use std::collections::BTreeMap;
use std::fmt;

use toml_edit::{Table, TableLike};

use crate::files::limit::read_reason;
use crate::files::section::{SectionEntry, insert, section_entries};
use crate::files::settings::percent;
use crate::files::{LimitValue, Section};
use crate::metrics::catalogue::{Form, known_growth_metrics};
use crate::metrics::{Metric, MetricError, MetricKind, Quantity};
use crate::text::problem::Sink;
use crate::text::toml::{TomlEntry, entries};
use crate::text::{Problem, Spanned};
use crate::values::Tolerance;

/// A metric that is measured at each of several sizes, so that it may be held to a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GrowthMetric {
    pub kind: MetricKind,
    /// The label that its key goes on with, if it has one.
    pub label: Option<String>,
}

impl GrowthMetric {
    /// Returns a metric whose key stands alone.
    #[must_use]
    pub const fn plain(kind: MetricKind) -> Self {
        Self { kind, label: None }
    }

    /// Returns `metric` if it is a total that may be held to a line.
    #[must_use]
    pub fn of(metric: &Metric) -> Option<Self> {
        let is_total = !metric.per_entity
            && matches!(metric.quantity, Quantity::Region(_) | Quantity::Labelled { .. });
        let kind = metric.quantity.kind();
        (is_total && kind.has(Form::Growth))
            .then(|| Self { kind, label: metric.quantity.label().map(str::to_owned) })
    }

    /// Reads the key of a line: `live_bytes`, `disk_bytes.db`.
    ///
    /// # Errors
    ///
    /// If it is no metric, or one that is not measured at each size.
    pub fn parse(key: &str) -> Result<Self, MetricError> {
        Self::of(&key.parse()?).ok_or_else(|| MetricError::NotGrown(key.to_owned()))
    }

    /// Returns the figure that is measured at each size.
    #[must_use]
    pub fn quantity(&self) -> Quantity {
        match self.label.clone() {
            Some(label) => Quantity::Labelled { kind: self.kind, label },
            None => Quantity::Region(self.kind),
        }
    }

    /// Returns the metric of one part of its line.
    #[must_use]
    pub fn part(&self, per_entity: bool) -> Metric {
        Metric { quantity: Quantity::Growth(self.clone()), per_entity }
    }
}

/// The key of its line.
impl fmt::Display for GrowthMetric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Metric::total(self.quantity()).fmt(f)
    }
}

/// The fields of a line's table, in their order.
pub(crate) const FIELDS: [&str; 4] = ["fixed", "per_entity", "tolerance", "reason"];

/// The field of a line that a metric is.
pub(crate) const fn field(per_entity: bool) -> &'static str {
    if per_entity { FIELDS[1] } else { FIELDS[0] }
}

impl Section {
    /// Reads the table under `[growth]`; `header` is how the file would write it.
    pub(crate) fn read_growth(&mut self, table: &Table, header: &str, text: &str, sink: &mut Sink) {
        for leaf in section_entries(table, text) {
            if let Some(of) = read_key(&leaf, header, sink) {
                for (per_entity, value) in read_line(&leaf.entry, &of, sink) {
                    let at = leaf.key_span.clone();
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

fn read_key(leaf: &SectionEntry<'_>, header: &str, sink: &mut Sink) -> Option<GrowthMetric> {
    let error = match GrowthMetric::parse(&leaf.path) {
        Ok(of) => return Some(of),
        Err(error) => error,
    };
    let shown = &leaf.entry.shown;
    let problem = match error {
        MetricError::Unknown { nearest, .. } => {
            let label = nearest.map_or_else(
                || "not a metric".to_owned(),
                |nearest| format!("did you mean `{nearest}`?"),
            );
            let title = format!("unknown key `{shown}` in `{header}`");
            Problem::new(leaf.key_span.clone(), title, label)
        }
        other => {
            let title = format!("`{shown}` cannot stand in `{header}`");
            Problem::new(leaf.key_span.clone(), title, other.to_string())
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
            "fixed" => parts.extend(entry.amount(unit, sink).map(|max| (false, max))),
            "per_entity" => parts.extend(entry.amount(unit, sink).map(|max| (true, max))),
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
    if !table.contains_key("fixed") && !table.contains_key("per_entity") {
        let title = format!("the growth of `{}` has no limit", line.shown);
        let label = "add `fixed = …`, `per_entity = …` or both";
        sink.push(Problem::new(line.value_span(), title, label));
    }
}
