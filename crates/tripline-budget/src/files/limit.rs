//! Limits: as a file states them, and as they apply.

use toml_edit::TableLike;

use crate::error::{Problem, Sink};
use crate::metrics::Metric;
use crate::text::Spanned;
use crate::text::toml::{TomlEntry, entries, not_blank};
use crate::values::{Tolerance, Unit};

/// A limit as a file states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitValue {
    /// In the metric's unit; of one entity if the metric is per entity.
    pub max: u64,
    pub tolerance: Option<Tolerance>,
    /// A design limit, at least `max`, that no tool raises.
    pub ceiling: Option<u64>,
    /// The reason for which it stands where it does.
    pub reason: Option<String>,
}

impl LimitValue {
    /// Returns a limit that one unit more trips.
    #[must_use]
    pub const fn exact(max: u64) -> Self {
        Self { max, tolerance: None, ceiling: None, reason: None }
    }
}

/// A limit that applies, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    pub metric: Metric,
    /// In the metric's unit; of one entity if the metric is per entity.
    pub max: u64,
    pub tolerance: Option<Tolerance>,
    pub ceiling: Option<u64>,
    pub reason: Option<String>,
    /// The `when` key it stands under, as the file spells it; `None` in `[limits]` itself.
    pub when: Option<String>,
    /// The line of its key, counted from 1.
    pub line: usize,
}

impl Limit {
    /// Returns the most that holds, as a total: `min(max + tolerance, ceiling)`, each times the entities
    /// (1 where it is not divided).
    #[must_use]
    pub fn allowed(&self, entities: u64) -> u128 {
        let all = |amount: u64| u128::from(amount) * u128::from(entities);
        let tolerance =
            self.tolerance.map_or(0, |tolerance| tolerance.allowance(self.max, entities));
        let most = all(self.max).saturating_add(tolerance);
        self.ceiling.map_or(most, |ceiling| most.min(all(ceiling)))
    }
}

/// The fields of a limit's table, in their order.
pub(crate) const FIELDS: [&str; 4] = ["max", "tolerance", "ceiling", "reason"];

/// Reads a limit on a metric of `unit`: a whole number, a size or a table.
pub(crate) fn read_limit(entry: &TomlEntry<'_>, unit: Unit, sink: &mut Sink) -> Option<LimitValue> {
    match entry.item.as_table_like() {
        Some(table) => read_table(entry, table, unit, sink),
        None => entry.amount(unit, sink).map(|max| LimitValue::exact(max.value)),
    }
}

fn read_table(
    limit: &TomlEntry<'_>,
    table: &dyn TableLike,
    unit: Unit,
    sink: &mut Sink,
) -> Option<LimitValue> {
    let (mut max, mut tolerance, mut ceiling, mut reason) = (None, None, None, None);
    for entry in entries(table) {
        match entry.name {
            "max" => max = entry.amount(unit, sink),
            "tolerance" => tolerance = read_tolerance(&entry, unit, sink),
            "ceiling" => ceiling = entry.amount(unit, sink),
            "reason" => reason = read_reason(&entry, sink),
            _ => entry.unknown(&format!("the limit `{}`", limit.shown), &FIELDS, sink),
        }
    }
    if !table.contains_key("max") {
        missing(limit, "max", sink);
    }
    check_ceiling("max", max.as_ref(), ceiling.as_ref(), sink);
    let ceiling = ceiling.map(|ceiling| ceiling.value);
    Some(LimitValue { max: max?.value, tolerance, ceiling, reason })
}

fn read_tolerance(entry: &TomlEntry<'_>, unit: Unit, sink: &mut Sink) -> Option<Tolerance> {
    let expected = match unit {
        Unit::Count if entry.item.is_integer() => {
            return entry.amount(unit, sink).map(|amount| Tolerance::Absolute(amount.value));
        }
        Unit::Count => "a percentage such as `\"3%\"` or a whole number",
        Unit::Bytes => "a percentage such as `\"3%\"` or a size such as `\"512 B\"`",
    };
    let tolerance = entry.string(expected, sink, |text| Tolerance::parse(text, unit));
    tolerance.map(|tolerance| tolerance.value)
}

pub(crate) fn read_reason(entry: &TomlEntry<'_>, sink: &mut Sink) -> Option<String> {
    let reason = entry.string("a string that says why", sink, not_blank);
    reason.map(|reason| reason.value)
}

/// Says that a limit's table lacks the field that it cannot do without.
pub(crate) fn missing(limit: &TomlEntry<'_>, field: &str, sink: &mut Sink) {
    let title = format!("the limit `{}` has no `{field}`", limit.shown);
    let problem = Problem::new(limit.value_span(), title, format!("add `{field} = …`"));
    sink.push(problem);
}

/// A limit above its own ceiling could never be reached.
pub(crate) fn check_ceiling(
    field: &str,
    max: Option<&Spanned<u64>>,
    ceiling: Option<&Spanned<u64>>,
    sink: &mut Sink,
) {
    let (Some(max), Some(ceiling)) = (max, ceiling) else {
        return;
    };
    if max.value > ceiling.value {
        let title = format!("`{field}` is above the `ceiling`");
        let problem = Problem::new(max.span.clone(), title, "above the ceiling")
            .and_at(ceiling.span.clone(), "the ceiling")
            .help("no tool raises a ceiling: lower the limit, or decide on a new ceiling by hand");
        sink.push(problem);
    }
}
