//! Figures as people read them.

use tripline_budget::{ByteScale, Metric, Unit, format_count};

/// How every figure of one row is shown.
#[derive(Clone, Copy)]
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

/// A figure exact to the unit: `323 224`, `272 698 B`.
pub(crate) fn amount(metric: &Metric, figure: u64) -> String {
    match metric.unit() {
        Unit::Count => format_count(figure),
        Unit::Bytes => ByteScale::BYTES.format(figure),
    }
}

/// A total by entity, to two decimals: `80.81`.
pub(crate) fn per_entity(total: u64, entities: u64) -> String {
    let hundredths = u128::from(total) * 100 / u128::from(entities.max(1));
    let whole = u64::try_from(hundredths / 100).unwrap_or(u64::MAX);
    format!("{}.{:02}", format_count(whole), hundredths % 100)
}

/// `6.2 %`, from tenths of a percent.
pub(crate) fn percent(tenths: i128) -> String {
    let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
    let sign = if tenths < 0 { "−" } else { "" };
    format!("{sign}{whole}.{tenth} %")
}
