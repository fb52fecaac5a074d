//! What can be limited, and the one spelling of each.

use std::fmt;

use crate::growth::field;
use crate::{GrowthMetric, Unit};

/// A heap figure, by dhat's own names. `max_blocks` is the blocks *at the byte peak*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heap {
    TotalBlocks,
    TotalBytes,
    MaxBlocks,
    MaxBytes,
    LiveBlocks,
    LiveBytes,
    LeakedBlocks,
    LeakedBytes,
}

impl Heap {
    /// In the order in which limits stand in a file.
    pub const ALL: [Self; 8] = [
        Self::TotalBlocks,
        Self::TotalBytes,
        Self::MaxBlocks,
        Self::MaxBytes,
        Self::LiveBlocks,
        Self::LiveBytes,
        Self::LeakedBlocks,
        Self::LeakedBytes,
    ];

    /// The key without anything around it, such as `total_blocks`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::TotalBlocks => "total_blocks",
            Self::TotalBytes => "total_bytes",
            Self::MaxBlocks => "max_blocks",
            Self::MaxBytes => "max_bytes",
            Self::LiveBlocks => "live_blocks",
            Self::LiveBytes => "live_bytes",
            Self::LeakedBlocks => "leaked_blocks",
            Self::LeakedBytes => "leaked_bytes",
        }
    }

    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::TotalBlocks | Self::MaxBlocks | Self::LiveBlocks | Self::LeakedBlocks => {
                Unit::Count
            }
            Self::TotalBytes | Self::MaxBytes | Self::LiveBytes | Self::LeakedBytes => Unit::Bytes,
        }
    }

    /// Whether it is known only after the region, so that no phase has it.
    #[must_use]
    pub const fn is_leaked(self) -> bool {
        matches!(self, Self::LeakedBlocks | Self::LeakedBytes)
    }
}

/// What is measured, before any division.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    Heap(Heap),
    /// A heap figure of one phase; never a leaked one.
    Phase {
        name: String,
        heap: Heap,
    },
    RssGrowthBytes,
    RssMaxBytes,
    LeakedThreads,
    LeakedFds,
    /// By label.
    Disk(String),
    /// By the name that the program reported it under.
    Reported(String),
    /// The line through what several sizes cost: what is fixed, or what each entity adds.
    Growth(GrowthMetric),
}

/// What a limit is on. Its order is the order in which limits stand in a file; its `Display` is
/// the key's canonical spelling, which `FromStr` reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Metric {
    pub quantity: Quantity,
    /// Only heap figures, disk and growth can be.
    pub per_entity: bool,
}

impl Metric {
    /// `quantity` as a total.
    #[must_use]
    pub const fn total(quantity: Quantity) -> Self {
        Self { quantity, per_entity: false }
    }

    /// What its figures count. A reported figure is bytes if `bytes` is a word of its name.
    #[must_use]
    pub fn unit(&self) -> Unit {
        match &self.quantity {
            Quantity::Heap(heap) | Quantity::Phase { heap, .. } => heap.unit(),
            Quantity::RssGrowthBytes | Quantity::RssMaxBytes | Quantity::Disk(_) => Unit::Bytes,
            Quantity::LeakedThreads | Quantity::LeakedFds => Unit::Count,
            Quantity::Reported(name) if name.split('_').any(|word| word == "bytes") => Unit::Bytes,
            Quantity::Reported(_) => Unit::Count,
            Quantity::Growth(of) => Self::total(of.quantity()).unit(),
        }
    }

    /// What [`Figures::metrics`](crate::Figures::metrics) is keyed by: totals, so without
    /// `_per_entity`; but of a line each part has its own figure.
    #[must_use]
    pub fn measured_key(&self) -> String {
        match self.quantity {
            Quantity::Growth(_) => self.to_string(),
            _ => Self::total(self.quantity.clone()).to_string(),
        }
    }

    /// Whether it is a part of a line, which stands in a section of its own.
    #[must_use]
    pub const fn is_growth(&self) -> bool {
        matches!(self.quantity, Quantity::Growth(_))
    }

    /// What its line holds, if it is a part of one.
    #[must_use]
    pub const fn growth_metric(&self) -> Option<&GrowthMetric> {
        match &self.quantity {
            Quantity::Growth(of) => Some(of),
            _ => None,
        }
    }

    /// Whether it says nothing unless the file names an entity.
    #[must_use]
    pub const fn counts_entities(&self) -> bool {
        self.per_entity || self.is_growth()
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffix = if self.per_entity { "_per_entity" } else { "" };
        match &self.quantity {
            Quantity::Heap(heap) => write!(f, "{}{suffix}", heap.key()),
            Quantity::Phase { name, heap } => write!(f, "phase.{name}.{}{suffix}", heap.key()),
            Quantity::RssGrowthBytes => f.write_str("rss_growth_bytes"),
            Quantity::RssMaxBytes => f.write_str("rss_max_bytes"),
            Quantity::LeakedThreads => f.write_str("leaked_threads"),
            Quantity::LeakedFds => f.write_str("leaked_fds"),
            Quantity::Disk(label) => write!(f, "disk_bytes{suffix}.{label}"),
            Quantity::Reported(name) => write!(f, "reported.{name}"),
            Quantity::Growth(of) => write!(f, "growth.{of}.{}", field(self.per_entity)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reported_figure_is_bytes_by_a_word_of_its_name() {
        let unit = |name: &str| Metric::total(Quantity::Reported(name.into())).unit();
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
