//! An operator's name and parameters.

use crate::feature::Op;

impl Op {
    /// Returns the name in a configuration.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Min => "min",
            Self::Max => "max",
            Self::Var => "var",
            Self::Std => "std",
            Self::Ratio => "ratio",
            Self::First => "first",
            Self::Last => "last",
            Self::FirstN { .. } => "first_n",
            Self::LastN { .. } => "last_n",
            Self::Lag { .. } => "lag",
            Self::FirstSeen => "first_seen",
            Self::LastSeen => "last_seen",
            Self::Age => "age",
            Self::HasSeen => "has_seen",
            Self::TimeSince => "time_since",
            Self::TimeSinceLastN { .. } => "time_since_last_n",
            Self::Streak => "streak",
            Self::MaxStreak => "max_streak",
            Self::NegativeStreak => "negative_streak",
            Self::FirstSeenInWindow => "first_seen_in_window",
            Self::Ewma { .. } => "ewma",
            Self::Ewvar { .. } => "ewvar",
            Self::EwZscore { .. } => "ew_zscore",
            Self::DecayedSum { .. } => "decayed_sum",
            Self::DecayedCount { .. } => "decayed_count",
            Self::Twa => "twa",
            Self::RateOfChange => "rate_of_change",
            Self::InterArrivalStats => "inter_arrival_stats",
            Self::BurstCount { .. } => "burst_count",
            Self::DeltaFromPrev => "delta_from_prev",
            Self::Trend => "trend",
            Self::TrendResidual => "trend_residual",
            Self::OutlierCount => "outlier_count",
            Self::ValueChangeCount => "value_change_count",
            Self::ZScore => "z_score",
            Self::Histogram { .. } => "histogram",
            Self::DowHourHistogram => "dow_hour_histogram",
            Self::MostRecentN { .. } => "most_recent_n",
            Self::ReservoirSample { .. } => "reservoir_sample",
            Self::NUnique => "n_unique",
            Self::Quantile { .. } => "quantile",
            Self::TopK { .. } => "top_k",
            Self::BloomMember => "bloom_member",
            Self::Entropy => "entropy",
            Self::HourOfDayHistogram => "hour_of_day_histogram",
            Self::SeasonalDeviation => "seasonal_deviation",
            Self::EventTypeMix => "event_type_mix",
            Self::GeoVelocity => "geo_velocity",
            Self::GeoDistance => "geo_distance",
            Self::GeoSpread => "geo_spread",
            Self::DistanceFromHome => "distance_from_home",
        }
    }

    /// Returns the number of values that it keeps or looks back.
    pub(crate) fn n(&self) -> usize {
        match *self {
            Self::FirstN { n }
            | Self::LastN { n }
            | Self::Lag { n }
            | Self::TimeSinceLastN { n }
            | Self::MostRecentN { n }
            | Self::TopK { k: n }
            | Self::ReservoirSample { samples: n } => n,
            _ => 0,
        }
    }

    pub(crate) fn half_life(&self) -> u64 {
        match *self {
            Self::Ewma { half_life }
            | Self::Ewvar { half_life }
            | Self::EwZscore { half_life }
            | Self::DecayedSum { half_life }
            | Self::DecayedCount { half_life } => half_life,
            _ => 0,
        }
    }
}
