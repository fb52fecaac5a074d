//! Metrics that may be held to a line through several sizes.

use std::fmt;

use crate::error::Error;
use crate::metrics::catalogue::Form;
use crate::metrics::{Metric, MetricKind, Quantity};

/// The part of a line before the first entity, as keys and files call it.
pub(crate) const FIXED: &str = "fixed";

/// The part of a line that each entity adds, as keys and files call it.
pub(crate) const PER_ENTITY_PART: &str = "per_entity";

/// Returns the name of the part that a metric of a line is.
pub(crate) const fn part_name(per_entity: bool) -> &'static str {
    if per_entity { PER_ENTITY_PART } else { FIXED }
}

/// A metric that is measured at each of several sizes, so that it may be held to a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GrowthMetric {
    pub kind: MetricKind,
    /// The label that its key goes on with, if it has one.
    pub label: Option<String>,
}

impl GrowthMetric {
    /// Returns a metric whose key stands alone.
    #[must_use]
    pub const fn plain(kind: MetricKind) -> Self {
        Self { kind, label: None }
    }

    /// Returns `metric` if it is a total that may be held to a line.
    #[must_use]
    pub fn of(metric: &Metric) -> Option<Self> {
        let is_total = !metric.per_entity
            && matches!(metric.quantity, Quantity::Region(_) | Quantity::Labelled { .. });
        let kind = metric.quantity.kind();
        (is_total && kind.has(Form::Growth))
            .then(|| Self { kind, label: metric.quantity.label().map(str::to_owned) })
    }

    /// Reads the key of a line: `live_bytes`, `disk_bytes.db`.
    ///
    /// # Errors
    ///
    /// If it is no metric, or one that is not measured at each size.
    pub fn parse(key: &str) -> Result<Self, Error> {
        Self::of(&key.parse()?).ok_or_else(|| Error::NotGrown(key.to_owned()))
    }

    /// Returns the figure that is measured at each size.
    #[must_use]
    pub fn quantity(&self) -> Quantity {
        match self.label.clone() {
            Some(label) => Quantity::Labelled { kind: self.kind, label },
            None => Quantity::Region(self.kind),
        }
    }

    /// Returns the metric of one part of its line.
    #[must_use]
    pub fn part(&self, per_entity: bool) -> Metric {
        Metric { quantity: Quantity::Growth(self.clone()), per_entity }
    }
}

/// Formats the key of its line.
impl fmt::Display for GrowthMetric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Metric::total(self.quantity()).fmt(f)
    }
}
