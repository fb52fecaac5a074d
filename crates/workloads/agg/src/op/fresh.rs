//! The first state of an operator.

use super::AggOp;
use crate::feature::{Feature, Op};
use crate::ops::{Burst, Windowed};

impl AggOp {
    /// Makes the state before the first event. It allocates only a boxed state.
    #[must_use]
    pub fn new(feature: &Feature) -> Self {
        let fresh = Self::fresh(feature);
        match feature.window {
            Some(window) if fresh.merges() => {
                Self::Windowed(Box::new(Windowed::new(window, fresh)))
            }
            _ => fresh,
        }
    }

    fn fresh(feature: &Feature) -> Self {
        match feature.op {
            Op::Count => Self::Count(Default::default()),
            Op::Sum => Self::Sum(Default::default()),
            Op::Mean => Self::Avg(Default::default()),
            Op::Min => Self::Min(Default::default()),
            Op::Max => Self::Max(Default::default()),
            Op::Var => Self::Variance(Default::default()),
            Op::Std => Self::Std(Default::default()),
            Op::Ratio => Self::Ratio(Default::default()),
            Op::First => Self::First(Default::default()),
            Op::Last => Self::Last(Default::default()),
            Op::FirstN { .. } => Self::FirstN(Default::default()),
            Op::LastN { .. } => Self::LastN(Default::default()),
            Op::Lag { .. } => Self::Lag(Default::default()),
            Op::FirstSeen => Self::FirstSeen(Default::default()),
            Op::LastSeen => Self::LastSeen(Default::default()),
            Op::Age => Self::Age(Default::default()),
            Op::HasSeen => Self::HasSeen(Default::default()),
            Op::TimeSince => Self::TimeSince(Default::default()),
            Op::TimeSinceLastN { .. } => Self::TimeSinceLastN(Default::default()),
            Op::Streak => Self::Streak(Default::default()),
            Op::MaxStreak => Self::MaxStreak(Default::default()),
            Op::NegativeStreak => Self::NegStreak(Default::default()),
            Op::FirstSeenInWindow => Self::FirstSeenInWindow(Default::default()),
            Op::Ewma { .. } => Self::Ewma(Default::default()),
            Op::Ewvar { .. } => Self::EwVar(Default::default()),
            Op::EwZscore { .. } => Self::EwZ(Default::default()),
            Op::DecayedSum { .. } => Self::DecayedSum(Default::default()),
            Op::DecayedCount { .. } => Self::DecayedCount(Default::default()),
            Op::Twa => Self::Twa(Default::default()),
            Op::RateOfChange => Self::RateOfChange(Default::default()),
            Op::InterArrivalStats => Self::InterArrival(Default::default()),
            Op::BurstCount { .. } => Self::Burst(Burst::new(feature)),
            Op::DeltaFromPrev => Self::Delta(Default::default()),
            Op::Trend => Self::Trend(Default::default()),
            Op::TrendResidual => Self::TrendResidual(Default::default()),
            Op::OutlierCount => Self::Outlier(Default::default()),
            Op::ValueChangeCount => Self::ValueChange(Default::default()),
            Op::ZScore => Self::ZScore(Default::default()),
            Op::Histogram { .. } => Self::Histogram(Default::default()),
            Op::DowHourHistogram => Self::DowHour(Default::default()),
            Op::MostRecentN { .. } => Self::MostRecentN(Default::default()),
            Op::ReservoirSample { .. } => Self::Reservoir(Default::default()),
            Op::NUnique => Self::CountDistinct(Default::default()),
            Op::Quantile { .. } => Self::Percentile(Default::default()),
            Op::TopK { .. } => Self::TopK(Default::default()),
            Op::BloomMember => Self::Bloom(Default::default()),
            Op::Entropy => Self::Entropy(Default::default()),
            Op::HourOfDayHistogram => Self::HourOfDay(Default::default()),
            Op::SeasonalDeviation => Self::Seasonal(Default::default()),
            Op::EventTypeMix => Self::EventTypeMix(Default::default()),
            Op::GeoVelocity => Self::GeoVelocity(Default::default()),
            Op::GeoDistance => Self::GeoDistance(Default::default()),
            Op::GeoSpread => Self::GeoSpread(Default::default()),
            Op::DistanceFromHome => Self::DistanceFromHome(Default::default()),
        }
    }
}
