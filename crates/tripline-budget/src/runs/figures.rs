//! The figures of one run of a workload.
//!
//! Figures are plain totals under the metric's key. Nothing here is divided by entities or judged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::metrics::{Metric, Source};
use crate::runs::{Engine, FiguresAtSize};

/// The figures of one run of a workload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// The entities that per-entity limits divide by, as declared by `probe.entities`.
    pub entities: Option<Entities>,
    /// The engine that measured the heap.
    #[serde(default)]
    pub engine: Engine,
    /// Totals by [`Metric::measured_key`](crate::Metric::measured_key).
    pub metrics: BTreeMap<String, u64>,
    /// Metrics that this platform cannot measure, and why. A limit on one is no breach.
    pub unsupported: BTreeMap<String, String>,
    /// Figures that are bounds: by how much each may be too high. Only a peak that several threads made, by the
    /// counters; its blocks are then not known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub too_high_by: BTreeMap<String, u64>,
    /// Blocks from before the region that were freed inside it; no heap metric counts them.
    pub freed_before: Blocks,
    /// The totals by tripline's own counters, which must equal dhat's.
    pub counted: Blocks,
    /// Differences between the counters and dhat, which measured after them: a sentence each. Such a
    /// measurement holds nothing, whatever its limits say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<String>,
    /// The figures at each size, the smallest first, of a workload that has several. Everything else here is the
    /// largest size's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scale: Vec<FiguresAtSize>,
}

impl Figures {
    /// Takes from `other` every figure that comes from `source`, and why it has none.
    pub fn take_from_source(&mut self, other: &Self, source: Source) {
        let is_from = |key: &str| key.parse().is_ok_and(|metric: Metric| metric.source() == source);
        let copied = |(key, value): (&String, &u64)| (key.clone(), *value);
        self.metrics.extend(other.metrics.iter().filter(|(key, _)| is_from(key)).map(copied));
        let copied = |(key, why): (&String, &String)| (key.clone(), why.clone());
        self.unsupported
            .extend(other.unsupported.iter().filter(|(key, _)| is_from(key)).map(copied));
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entities {
    pub name: String,
    pub count: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blocks {
    pub blocks: u64,
    pub bytes: u64,
}
