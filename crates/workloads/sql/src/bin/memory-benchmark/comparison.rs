//! Compares two modes side by side.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::Report;

/// Both reports, and the second's figures as multiples of the first's.
#[derive(Debug, Serialize)]
pub(crate) struct Comparison<'a> {
    reports: [&'a Report; 2],
    /// Empty if a figure was not measured, or the first's is not above 0.
    ratios: BTreeMap<&'static str, Option<f64>>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(first: &'a Report, second: &'a Report) -> Self {
        let pairs = first.figures().into_iter().zip(second.figures());
        let ratios = pairs.map(|((key, one), (_, other))| (key, ratio(one, other))).collect();
        Self { reports: [first, second], ratios }
    }
}

/// Returns `other` as a multiple of `one`.
#[expect(clippy::cast_precision_loss, reason = "a ratio is read to a few digits")]
pub(crate) fn ratio(one: Option<i64>, other: Option<i64>) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) if one > 0 => Some(other as f64 / one as f64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_to_nothing_is_none() {
        assert_eq!(ratio(Some(2), Some(3)), Some(1.5));
        assert_eq!(ratio(Some(0), Some(3)), None);
        assert_eq!(ratio(Some(-4096), Some(3)), None);
        assert_eq!(ratio(None, Some(3)), None);
    }
}
