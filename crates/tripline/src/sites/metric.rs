//! The metrics that a profile knows by call site.

use tripline_budget::{GrowthMetric, MetricKind, Quantity};
use tripline_profile::{AmountUnit, Moment, SiteMetric};

/// The figures of each site that a run without a second meter knows, and the metrics that limit them.
pub(crate) const FIRST_METER_METRICS: [(MetricKind, SiteMetric); 4] = [
    (MetricKind::TotalBlocks, SiteMetric::new(Moment::Total, AmountUnit::Blocks)),
    (MetricKind::TotalBytes, SiteMetric::new(Moment::Total, AmountUnit::Bytes)),
    (MetricKind::MaxBlocks, SiteMetric::new(Moment::Peak, AmountUnit::Blocks)),
    (MetricKind::MaxBytes, SiteMetric::new(Moment::Peak, AmountUnit::Bytes)),
];

/// Returns the figure of a site that answers for `heap`. There is none of what leaked, which no recorded
/// breakdown knows.
pub(crate) fn site_metric(heap: MetricKind) -> Option<SiteMetric> {
    match heap {
        MetricKind::LiveBlocks => Some(SiteMetric::new(Moment::End, AmountUnit::Blocks)),
        MetricKind::LiveBytes => Some(SiteMetric::new(Moment::End, AmountUnit::Bytes)),
        _ => {
            let known = FIRST_METER_METRICS.into_iter().find(|(known, _)| *known == heap);
            known.map(|(_, site_metric)| site_metric)
        }
    }
}

/// Returns the figure of a site that answers for a limit on a heap metric, the region's or a phase's. No profile
/// knows what lived when a phase ended.
pub(crate) fn limited_site_metric(limited: &Quantity) -> Option<SiteMetric> {
    match limited {
        Quantity::Region(heap) | Quantity::Growth(GrowthMetric { kind: heap, .. }) => {
            site_metric(*heap)
        }
        Quantity::Phase { kind: heap, .. } => {
            site_metric(*heap).filter(|site_metric| site_metric.moment != Moment::End)
        }
        _ => None,
    }
}

/// Returns how to rank what is left after everything ended, for a limit on what leaked.
pub(crate) fn leaked(limited: &Quantity) -> Option<AmountUnit> {
    match limited {
        Quantity::Growth(of) => leaked(&of.quantity()),
        Quantity::Region(MetricKind::LeakedBlocks) => Some(AmountUnit::Blocks),
        Quantity::Region(MetricKind::LeakedBytes) => Some(AmountUnit::Bytes),
        _ => None,
    }
}
