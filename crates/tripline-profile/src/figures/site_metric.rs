//! A metric: one of the six figures of a site.

use crate::figures::site_figures::{Moment, SiteFigures};

/// The unit of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AmountUnit {
    Blocks,
    Bytes,
}

/// One of the six figures of a site.
///
/// Sites are ranked by the metric that a limit was set on, never by another, because the others may have moved the
/// opposite way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SiteMetric {
    pub moment: Moment,
    pub unit: AmountUnit,
}

impl SiteMetric {
    pub const ALL: [Self; 6] = [
        Self::new(Moment::Total, AmountUnit::Blocks),
        Self::new(Moment::Total, AmountUnit::Bytes),
        Self::new(Moment::Peak, AmountUnit::Blocks),
        Self::new(Moment::Peak, AmountUnit::Bytes),
        Self::new(Moment::End, AmountUnit::Blocks),
        Self::new(Moment::End, AmountUnit::Bytes),
    ];

    #[must_use]
    pub const fn new(moment: Moment, unit: AmountUnit) -> Self {
        Self { moment, unit }
    }

    /// Returns this metric's figure.
    #[must_use]
    pub fn of(self, figures: &SiteFigures) -> u64 {
        let amount = figures.at(self.moment);
        match self.unit {
            AmountUnit::Blocks => amount.blocks,
            AmountUnit::Bytes => amount.bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::site_figures::Amount;

    #[test]
    fn each_figure_has_a_metric() {
        let amount = |blocks| Amount { blocks, bytes: blocks + 1 };
        let figures = SiteFigures { total: amount(1), peak: amount(3), end: amount(5) };
        assert_eq!(SiteMetric::ALL.map(|metric| metric.of(&figures)), [1, 2, 3, 4, 5, 6]);
    }
}
