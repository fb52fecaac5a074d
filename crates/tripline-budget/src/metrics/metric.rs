//! Metrics: a figure of the catalogue, of the region, a phase or a line, as a total or per entity.

use std::cmp::Ordering;
use std::fmt;

use crate::metrics::GrowthMetric;
use crate::metrics::catalogue::{Form, MetricKind, PER_ENTITY, Source};
use crate::metrics::growth_metric::part_name;
use crate::values::Unit;

/// A figure before any division.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// A figure of the whole region or process.
    Region(MetricKind),
    Phase {
        name: String,
        kind: MetricKind,
    },
    /// A figure whose key goes on with a label.
    Labelled {
        kind: MetricKind,
        label: String,
    },
    /// A part of the line through the figures of several sizes.
    Growth(GrowthMetric),
}

impl Quantity {
    /// Returns the kind that is measured, in the catalogue.
    #[must_use]
    pub const fn kind(&self) -> MetricKind {
        match self {
            Self::Region(kind) | Self::Phase { kind, .. } | Self::Labelled { kind, .. } => *kind,
            Self::Growth(metric) => metric.kind,
        }
    }

    /// Returns the label that its key goes on with, if it has one.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        match self {
            Self::Region(_) | Self::Phase { .. } => None,
            Self::Labelled { label, .. } => Some(label),
            Self::Growth(metric) => metric.label.as_deref(),
        }
    }

    /// Returns the length of a file or of a folder's files, by the label that the program gave it.
    #[must_use]
    pub fn disk(label: impl Into<String>) -> Self {
        Self::Labelled { kind: MetricKind::DiskBytes, label: label.into() }
    }

    /// Returns a figure that the program reports under this name.
    #[must_use]
    pub fn reported(name: impl Into<String>) -> Self {
        Self::Labelled { kind: MetricKind::Reported, label: name.into() }
    }

    /// Returns its place in a file: the heap's figures, then those of phases, then the others, then growth.
    fn place(&self) -> (u8, &str, MetricKind, &str) {
        let kind = self.kind();
        match self {
            Self::Region(_) if kind <= LAST_BEFORE_PHASES => (0, "", kind, ""),
            Self::Phase { name, .. } => (1, name, kind, ""),
            Self::Region(_) | Self::Labelled { .. } => (2, "", kind, self.label().unwrap_or("")),
            Self::Growth(_) => (3, "", kind, self.label().unwrap_or("")),
        }
    }
}

const LAST_BEFORE_PHASES: MetricKind = MetricKind::LeakedBytes;

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The metric that a limit is on. Its order is the order in which limits stand in a file; its `Display` is
/// the key's canonical spelling, which `FromStr` reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Metric {
    pub quantity: Quantity,
    /// True if the figure is divided by the entities. Of a line it is the part for each entity.
    pub per_entity: bool,
}

impl Metric {
    /// Returns `quantity` as a total.
    #[must_use]
    pub const fn total(quantity: Quantity) -> Self {
        Self { quantity, per_entity: false }
    }

    /// Returns the unit of its figures. A reported figure is bytes if `bytes` is a word of its name.
    #[must_use]
    pub fn unit(&self) -> Unit {
        let by_label = || {
            let mut words = self.quantity.label().unwrap_or_default().split('_');
            if words.any(|word| word == "bytes") { Unit::Bytes } else { Unit::Count }
        };
        self.quantity.kind().entry().unit.unwrap_or_else(by_label)
    }

    /// Returns the key of its figure in [`Figures::metrics`](crate::Figures::metrics): the total's, so without
    /// `_per_entity`. Only each part of a line has a figure of its own.
    #[must_use]
    pub fn measured_key(&self) -> String {
        match self.quantity {
            Quantity::Growth(_) => self.to_string(),
            _ => Self::total(self.quantity.clone()).to_string(),
        }
    }

    /// Returns `true` if it is a part of a line, which stands in a section of its own.
    #[must_use]
    pub const fn is_growth(&self) -> bool {
        matches!(self.quantity, Quantity::Growth(_))
    }

    /// Returns the metric that its line holds, if it is a part of one.
    #[must_use]
    pub const fn growth_metric(&self) -> Option<&GrowthMetric> {
        match &self.quantity {
            Quantity::Growth(metric) => Some(metric),
            _ => None,
        }
    }

    /// Returns `true` if the file must name an entity for it.
    #[must_use]
    pub const fn counts_entities(&self) -> bool {
        self.per_entity || self.is_growth()
    }

    /// Returns `true` if it may be limited per entity.
    #[must_use]
    pub fn may_be_per_entity(&self) -> bool {
        !self.is_growth() && self.quantity.kind().has(Form::PerEntity)
    }

    /// Returns the instrument that knows its figure.
    #[must_use]
    pub const fn source(&self) -> Source {
        self.quantity.kind().entry().source
    }

    /// Returns `true` if it counts what should be gone after the workload.
    #[must_use]
    pub const fn is_leak(&self) -> bool {
        self.quantity.kind().entry().is_leak
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffix = if self.per_entity { PER_ENTITY } else { "" };
        let key = self.quantity.kind().key();
        match &self.quantity {
            Quantity::Region(_) => write!(f, "{key}{suffix}"),
            Quantity::Phase { name, .. } => write!(f, "phase.{name}.{key}{suffix}"),
            Quantity::Labelled { label, .. } => write!(f, "{key}{suffix}.{label}"),
            Quantity::Growth(metric) => write!(f, "growth.{metric}.{}", part_name(self.per_entity)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reported_figure_is_bytes_by_a_word_of_its_name() {
        let unit = |name: &str| Metric::total(Quantity::reported(name)).unit();
        assert_eq!(unit("cache_bytes"), Unit::Bytes);
        assert_eq!(unit("bytes_per_entity_p99"), Unit::Bytes);
        assert_eq!(unit("kilobytes"), Unit::Count);
        assert_eq!(unit("cache_hits"), Unit::Count);
    }

    #[test]
    fn figures_are_keyed_by_totals() {
        for (key, measured) in [
            ("disk_bytes_per_entity.db", "disk_bytes.db"),
            ("live_bytes_per_entity", "live_bytes"),
            ("phase.run.max_bytes_per_entity", "phase.run.max_bytes"),
            ("reported.bytes_per_entity", "reported.bytes_per_entity"),
            ("leaked_fds", "leaked_fds"),
            ("growth.disk_bytes.db.fixed", "growth.disk_bytes.db.fixed"),
            ("growth.live_bytes.per_entity", "growth.live_bytes.per_entity"),
        ] {
            assert_eq!(key.parse::<Metric>().unwrap().measured_key(), measured);
        }
    }

    #[test]
    fn the_order_is_the_order_of_a_file() {
        let keys = [
            "total_blocks",
            "total_blocks_per_entity",
            "total_bytes",
            "max_blocks",
            "max_bytes",
            "live_blocks",
            "live_bytes",
            "leaked_blocks",
            "leaked_bytes",
            "phase.load.total_blocks",
            "phase.run.total_blocks",
            "phase.run.max_bytes",
            "rss_growth_bytes",
            "rss_max_bytes",
            "leaked_threads",
            "leaked_fds",
            "disk_bytes.db",
            "disk_bytes_per_entity.db",
            "disk_bytes.wal",
            "reported.cache_hits",
            "growth.total_blocks.fixed",
            "growth.total_blocks.per_entity",
            "growth.live_bytes.fixed",
            "growth.disk_bytes.db.fixed",
        ];
        let metrics: Vec<Metric> = keys.iter().map(|key| key.parse().unwrap()).collect();
        assert!(metrics.is_sorted());
    }
}
