//! Changes that a tool may make to a line.

use super::field::NewValue;
use crate::files::render::quote;
use crate::metrics::Metric;
use crate::metrics::growth_metric::part_name;
use crate::values::Tolerance;

/// A change of one field of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldChange<T> {
    #[default]
    Keep,
    Set(T),
    Remove,
}

/// The changes of a limit. There is no ceiling, because no tool moves one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitChange {
    pub max: Option<u64>,
    pub tolerance: FieldChange<Tolerance>,
    pub reason: Option<String>,
}

/// The changes of a type's limit. There is no ceiling, because no tool moves one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeChange {
    pub size: Option<u64>,
    pub align: Option<u64>,
    pub reason: Option<String>,
}

/// The fields that change, by name.
pub(super) type ChangedFields = Vec<(&'static str, NewValue)>;

impl LimitChange {
    pub(super) fn fields(&self, metric: &Metric) -> ChangedFields {
        let unit = metric.unit();
        let amount = if metric.is_growth() { part_name(metric.per_entity) } else { "max" };
        let tolerance = match self.tolerance {
            FieldChange::Keep => None,
            FieldChange::Set(tolerance) => Some(NewValue::Toml(tolerance.to_toml(unit))),
            FieldChange::Remove => Some(NewValue::Removed),
        };
        changing([
            (amount, self.max.map(NewValue::Amount)),
            ("tolerance", tolerance),
            ("reason", reason(self.reason.as_ref())),
        ])
    }
}

impl TypeChange {
    pub(super) fn fields(&self) -> ChangedFields {
        changing([
            ("size", self.size.map(NewValue::Amount)),
            ("align", self.align.map(NewValue::Amount)),
            ("reason", reason(self.reason.as_ref())),
        ])
    }
}

fn reason(reason: Option<&String>) -> Option<NewValue> {
    reason.map(|reason| NewValue::Toml(quote(reason)))
}

fn changing(fields: [(&'static str, Option<NewValue>); 3]) -> ChangedFields {
    fields.into_iter().filter_map(|(name, new)| Some((name, new?))).collect()
}
