//! The limits of a file, one like the other, whether on metrics or on types.

use super::describe;
use super::limits::limits;
use super::types::types;
use crate::files::{BudgetFile, SizesFile};
use crate::text::spanned::line_of;
use crate::values::Unit;

/// One line of a file, whether it limits a metric or a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedLimit {
    /// The metric or type.
    pub key: String,
    /// The `when` key that it stands under.
    pub when: Option<String>,
    /// `max` or `size`.
    pub amount: u64,
    pub unit: Unit,
    /// All that it states but its reason, as people read it.
    pub text: String,
    pub reason: Option<String>,
    /// Counted from 1.
    pub line: usize,
}

pub(super) fn of_workload(file: &BudgetFile) -> Vec<StatedLimit> {
    let lines = limits(file);
    let stated = lines.all().map(|(when, metric, line)| StatedLimit {
        key: metric.to_string(),
        when: when.map(str::to_owned),
        amount: line.max,
        unit: metric.unit(),
        text: describe::limit(line, None, metric.unit()),
        reason: line.reason.clone(),
        line: line_of(&file.text, line.span.start),
    });
    stated.collect()
}

pub(super) fn of_types(file: &SizesFile) -> Vec<StatedLimit> {
    let lines = types(file);
    let stated = lines.all().map(|(when, name, line)| StatedLimit {
        key: name.clone(),
        when: when.map(str::to_owned),
        amount: line.size,
        unit: Unit::Bytes,
        text: describe::size(line, None),
        reason: line.reason.clone(),
        line: line_of(&file.text, line.span.start),
    });
    stated.collect()
}
