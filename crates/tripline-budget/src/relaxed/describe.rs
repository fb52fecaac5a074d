//! Lines in words, as far as they differ.

use crate::files::{CoherenceValue, LimitValue, TypeValue};
use crate::metrics::DisplayScale;
use crate::values::Unit;

/// Describes a limit, with the fields that `other` does not have.
pub(super) fn limit(value: &LimitValue, other: Option<&LimitValue>, unit: Unit) -> String {
    let scale = DisplayScale::exact(unit);
    let tolerance =
        value.tolerance.filter(|_| other.is_none_or(|o| o.tolerance != value.tolerance));
    let ceiling = value.ceiling.filter(|_| other.is_none_or(|o| o.ceiling != value.ceiling));
    listed([
        Some(scale.format(value.max)),
        tolerance.map(|tolerance| format!("tolerance {}", tolerance.describe(unit))),
        ceiling.map(|ceiling| format!("ceiling {}", scale.format(ceiling))),
    ])
}

/// Describes a type's limit in the same way.
pub(super) fn size(value: &TypeValue, other: Option<&TypeValue>) -> String {
    let scale = DisplayScale::exact(Unit::Bytes);
    let align = value.align.filter(|_| other.is_none_or(|o| o.align != value.align));
    let ceiling = value.ceiling.filter(|_| other.is_none_or(|o| o.ceiling != value.ceiling));
    listed([
        Some(scale.format(value.size)),
        align.map(|align| format!("align {align}")),
        ceiling.map(|ceiling| format!("ceiling {}", scale.format(ceiling))),
    ])
}

pub(super) fn coherence(value: &CoherenceValue) -> String {
    format!("{} within {}", value.equals, value.within)
}

fn listed(parts: [Option<String>; 3]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
