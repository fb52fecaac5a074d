//! The number of distinct values.

use crate::breakdown::{Footprint, Parts};
use crate::event::Event;
use crate::feature::Feature;
use crate::hash::Set;
use crate::op::State;
use crate::output::Output;
use crate::sketch::HyperLogLog;

/// Up to so many are searched one by one.
const FEW: usize = 16;
/// Up to so many are kept.
const MANY: usize = 1_024;

/// The number of distinct values: exact up to 1 024, by fingerprint; an estimate beyond.
#[derive(Clone, Debug)]
pub enum CountDistinct {
    Few(Vec<u64>),
    Many(Set<u64>),
    Estimate(HyperLogLog),
}

impl Default for CountDistinct {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl CountDistinct {
    fn insert(&mut self, fingerprint: u64) {
        match self {
            Self::Few(few) if few.contains(&fingerprint) => {}
            Self::Few(few) if few.len() < FEW => few.push(fingerprint),
            Self::Few(few) => *self = Self::Many(few.drain(..).chain([fingerprint]).collect()),
            Self::Many(many) if many.len() < MANY || many.contains(&fingerprint) => {
                many.insert(fingerprint);
            }
            Self::Many(many) => {
                let mut estimate = HyperLogLog::default();
                estimate.extend(many.drain().chain([fingerprint]));
                *self = Self::Estimate(estimate);
            }
            Self::Estimate(estimate) => estimate.insert(fingerprint),
        }
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        match (self, later) {
            (mine, Self::Few(few)) => few.iter().for_each(|value| mine.insert(*value)),
            (mine, Self::Many(many)) => many.iter().for_each(|value| mine.insert(*value)),
            (Self::Estimate(mine), Self::Estimate(theirs)) => mine.merge(theirs),
            (mine, Self::Estimate(theirs)) => {
                let exact = std::mem::replace(mine, Self::Estimate(theirs.clone()));
                mine.merge(&exact);
            }
        }
    }

    fn count(&self) -> f64 {
        match self {
            Self::Few(few) => few.len() as f64,
            Self::Many(many) => many.len() as f64,
            Self::Estimate(estimate) => estimate.estimate(),
        }
    }
}

impl State for CountDistinct {
    fn update(&mut self, feature: &Feature, event: &Event<'_>) {
        if let Some(fingerprint) = feature.fingerprint(event) {
            self.insert(fingerprint);
        }
    }

    fn output(&self, _: &Feature, _: u64) -> Output {
        self.count().into()
    }

    fn heap(&self, parts: &mut Parts) {
        match self {
            Self::Few(few) => parts.vec("fingerprints", few),
            Self::Many(many) => parts.add("fingerprint set", many.allocation_size()),
            Self::Estimate(estimate) => estimate.add_to(parts),
        }
    }
}
