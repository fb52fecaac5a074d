//! The evenness of values (Shannon 1948).

use crate::breakdown::Parts;
use crate::event::Event;
use crate::feature::Feature;
use crate::hash::Map;
use crate::op::State;
use crate::output::Output;

/// Up to so many distinct values are counted one by one.
const MOST: usize = 1_024;

/// The entropy in bits: exact up to 1 024 distinct values, by fingerprint. All further values count
/// as one value, so it is then too low.
#[derive(Clone, Debug, Default)]
pub struct Entropy {
    counts: Map<u64, u64>,
    total: u64,
    other: u64,
    /// Σ count · log2(count) of the values that are counted one by one.
    weighted: f64,
}

impl Entropy {
    fn add(&mut self, fingerprint: u64, count: u64) {
        self.total += count;
        if self.counts.len() >= MOST && !self.counts.contains_key(&fingerprint) {
            self.other += count;
            return;
        }
        let counted = self.counts.entry(fingerprint).or_default();
        self.weighted += weighted(*counted + count) - weighted(*counted);
        *counted += count;
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        for (fingerprint, count) in &later.counts {
            self.add(*fingerprint, *count);
        }
        self.total += later.other;
        self.other += later.other;
    }

    /// Returns log2(n) - Σ count · log2(count) / n.
    fn bits(&self) -> f64 {
        let total = self.total as f64;
        (total.log2() - (self.weighted + weighted(self.other)) / total).max(0.0)
    }
}

fn weighted(count: u64) -> f64 {
    if count == 0 { 0.0 } else { count as f64 * (count as f64).log2() }
}

impl State for Entropy {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(fingerprint) = feature.fingerprint(event) {
            self.add(fingerprint, 1);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        (self.total > 0).then(|| self.bits()).into()
    }

    fn heap(&self, parts: &mut Parts) {
        parts.add("counts", self.counts.allocation_size());
    }
}
