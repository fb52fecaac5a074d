//! Figures as people read them.

use tripline_budget::{ByteScale, Metric, Unit, format_count};

/// How every figure of one row is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scale {
    Count,
    Bytes(ByteScale),
}

impl Scale {
    /// The scale that keeps `difference` visible beside `largest`.
    pub(crate) fn of(metric: &Metric, largest: u64, difference: u64) -> Self {
        match metric.unit() {
            Unit::Count => Self::Count,
            Unit::Bytes => Self::Bytes(ByteScale::for_difference(largest, difference)),
        }
    }

    pub(crate) fn format(self, figure: u64) -> String {
        match self {
            Self::Count => format_count(figure),
            Self::Bytes(scale) => scale.format(figure),
        }
    }
}

/// To the unit: `323 224`, `272 698 B`.
pub(crate) fn exact(unit: Unit, figure: u64) -> String {
    match unit {
        Unit::Count => format_count(figure),
        Unit::Bytes => ByteScale::BYTES.format(figure),
    }
}
