//! What a tool may change of a line.

use super::field::NewField;
use crate::growth::field;
use crate::render::quote;
use crate::{Metric, Tolerance};

/// What becomes of something that a line may state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    #[default]
    Keep,
    Set(T),
    Remove,
}

/// What changes of a limit. There is no ceiling: no tool moves one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitChange {
    pub max: Option<u64>,
    pub tolerance: Change<Tolerance>,
    pub reason: Option<String>,
}

/// What changes of a type's limit. There is no ceiling: no tool moves one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeChange {
    pub size: Option<u64>,
    pub align: Option<u64>,
    pub reason: Option<String>,
}

/// The fields that change, by name.
pub(super) type NewFields = Vec<(&'static str, NewField)>;

impl LimitChange {
    pub(super) fn fields(&self, metric: &Metric) -> NewFields {
        let unit = metric.unit();
        let amount = if metric.is_growth() { field(metric.per_entity) } else { "max" };
        let tolerance = match self.tolerance {
            Change::Keep => None,
            Change::Set(tolerance) => Some(NewField::Toml(tolerance.to_toml(unit))),
            Change::Remove => Some(NewField::Removed),
        };
        changing([
            (amount, self.max.map(NewField::Amount)),
            ("tolerance", tolerance),
            ("reason", reason(self.reason.as_ref())),
        ])
    }
}

impl TypeChange {
    pub(super) fn fields(&self) -> NewFields {
        changing([
            ("size", self.size.map(NewField::Amount)),
            ("align", self.align.map(NewField::Amount)),
            ("reason", reason(self.reason.as_ref())),
        ])
    }
}

fn reason(reason: Option<&String>) -> Option<NewField> {
    reason.map(|reason| NewField::Toml(quote(reason)))
}

fn changing(fields: [(&'static str, Option<NewField>); 3]) -> NewFields {
    fields.into_iter().filter_map(|(name, new)| Some((name, new?))).collect()
}
