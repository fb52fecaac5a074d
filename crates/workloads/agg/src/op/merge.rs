//! Merges two states of one operator into that of all their events, for windows that consist of buckets.

use super::AggOp;
use crate::feature::Feature;

impl AggOp {
    /// Returns `true` if states of this operator can be merged.
    #[must_use]
    pub fn merges(&self) -> bool {
        matches!(
            self,
            Self::Count(_)
                | Self::Sum(_)
                | Self::Avg(_)
                | Self::Min(_)
                | Self::Max(_)
                | Self::Variance(_)
                | Self::Std(_)
                | Self::Ratio(_)
                | Self::ZScore(_)
                | Self::Histogram(_)
                | Self::CountDistinct(_)
                | Self::Percentile(_)
                | Self::TopK(_)
                | Self::Entropy(_)
        )
    }

    /// Adds a later state of the same feature. A state that does not merge changes nothing.
    pub fn merge(&mut self, feature: &Feature, later: &Self) {
        match (self, later) {
            (Self::Count(state), Self::Count(later)) => state.merge(later),
            (Self::Sum(state), Self::Sum(later)) => state.merge(later),
            (Self::Avg(state), Self::Avg(later)) => state.merge(later),
            (Self::Min(state), Self::Min(later)) => state.merge(later),
            (Self::Max(state), Self::Max(later)) => state.merge(later),
            (Self::Variance(state), Self::Variance(later)) => state.merge(later),
            (Self::Std(state), Self::Std(later)) => state.merge(later),
            (Self::Ratio(state), Self::Ratio(later)) => state.merge(later),
            (Self::ZScore(state), Self::ZScore(later)) => state.merge(later),
            (Self::Histogram(state), Self::Histogram(later)) => state.merge(later),
            (Self::CountDistinct(state), Self::CountDistinct(later)) => state.merge(later),
            (Self::Percentile(state), Self::Percentile(later)) => state.merge(later),
            (Self::TopK(state), Self::TopK(later)) => state.merge(later, feature.op.n()),
            (Self::Entropy(state), Self::Entropy(later)) => state.merge(later),
            _ => {}
        }
    }
}
