//! The scale in which the figures of one row are shown.

use crate::metrics::Metric;
use crate::values::{ByteScale, Unit, format_count};

/// The scale of every figure of one row, so that they can be compared by eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisplayScale {
    Count,
    Bytes(ByteScale),
}

impl DisplayScale {
    /// Returns the scale in which `figures` read well and `difference`, which lies between two of them, is visible.
    #[must_use]
    pub fn of(metric: &Metric, figures: &[u64], difference: u64) -> Self {
        match metric.unit() {
            Unit::Count => Self::Count,
            Unit::Bytes => Self::Bytes(ByteScale::for_row(figures, difference)),
        }
    }

    /// Returns the scale that is exact to the unit: `323 224`, `272 698 B`.
    #[must_use]
    pub const fn exact(unit: Unit) -> Self {
        match unit {
            Unit::Count => Self::Count,
            Unit::Bytes => Self::Bytes(ByteScale::BYTES),
        }
    }

    /// Formats a figure: `323 224`, or `267.0 KiB`.
    #[must_use]
    pub fn format(self, figure: u64) -> String {
        match self {
            Self::Count => format_count(figure),
            Self::Bytes(scale) => scale.format(figure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metric_decides_between_counts_and_bytes() {
        let blocks: Metric = "total_blocks".parse().expect("a metric");
        let bytes: Metric = "max_bytes".parse().expect("a metric");
        assert_eq!(DisplayScale::of(&blocks, &[297_165], 23_757).format(297_165), "297 165");
        assert_eq!(DisplayScale::of(&bytes, &[297_165], 23_757).format(297_165), "290.2 KiB");
        assert_eq!(DisplayScale::exact(bytes.unit()).format(297_165), "297 165 B");
    }
}
