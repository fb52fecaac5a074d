//! The name and the parameters of each operator.

use super::parameters::Parameters;
use crate::feature::Op;

/// An operator under its name in configurations.
pub(super) struct Operator {
    pub(super) name: &'static str,
    pub(super) takes: Takes,
    pub(super) window: Window,
    /// Makes the operator of its own parameters. Returns `None` if one is missing or wrong, which is then a problem.
    pub(super) build: fn(&mut Parameters<'_>) -> Option<Op>,
}

/// The input that an operator reads of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    Nothing,
    /// `f64` or `i64`.
    Number,
    /// `i64`; 0 is false.
    Flag,
    /// The same, or no field: then every event counts as true.
    FlagOrNothing,
    Any,
    AnyOrTile,
    Point,
}

/// The window of time that an operator needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Window {
    No,
    May,
    Must,
}

use Takes::{Any, AnyOrTile, Flag, FlagOrNothing, Nothing, Number, Point};
use Window::{May, Must, No};

/// The operators, in the order of their inputs.
pub(super) static OPERATORS: [Operator; 54] = [
    operator("count", Nothing, May, |_| Some(Op::Count)),
    operator("sum", Number, May, |_| Some(Op::Sum)),
    operator("mean", Number, May, |_| Some(Op::Mean)),
    operator("min", Number, May, |_| Some(Op::Min)),
    operator("max", Number, May, |_| Some(Op::Max)),
    operator("var", Number, May, |_| Some(Op::Var)),
    operator("std", Number, May, |_| Some(Op::Std)),
    operator("z_score", Number, May, |_| Some(Op::ZScore)),
    operator("quantile", Number, May, |with| Some(Op::Quantile { q: with.share()? })),
    operator("histogram", Number, May, histogram),
    operator("twa", Number, Must, |_| Some(Op::Twa)),
    operator("rate_of_change", Number, Must, |_| Some(Op::RateOfChange)),
    operator("trend", Number, Must, |_| Some(Op::Trend)),
    operator("trend_residual", Number, Must, |_| Some(Op::TrendResidual)),
    operator("outlier_count", Number, Must, |_| Some(Op::OutlierCount)),
    operator("delta_from_prev", Number, No, |_| Some(Op::DeltaFromPrev)),
    operator("seasonal_deviation", Number, No, |_| Some(Op::SeasonalDeviation)),
    operator("ewma", Number, No, |with| Some(Op::Ewma { half_life: with.half_life()? })),
    operator("ewvar", Number, No, |with| Some(Op::Ewvar { half_life: with.half_life()? })),
    operator("ew_zscore", Number, No, |with| Some(Op::EwZscore { half_life: with.half_life()? })),
    operator("decayed_sum", Number, No, |with| {
        Some(Op::DecayedSum { half_life: with.half_life()? })
    }),
    operator("decayed_count", Nothing, No, |with| {
        Some(Op::DecayedCount { half_life: with.half_life()? })
    }),
    operator("first_seen", Nothing, No, |_| Some(Op::FirstSeen)),
    operator("last_seen", Nothing, No, |_| Some(Op::LastSeen)),
    operator("age", Nothing, No, |_| Some(Op::Age)),
    operator("has_seen", Nothing, No, |_| Some(Op::HasSeen)),
    operator("time_since", Nothing, No, |_| Some(Op::TimeSince)),
    operator("time_since_last_n", Nothing, No, |with| Some(Op::TimeSinceLastN { n: with.n()? })),
    operator("first_seen_in_window", Nothing, Must, |_| Some(Op::FirstSeenInWindow)),
    operator("inter_arrival_stats", Nothing, Must, |_| Some(Op::InterArrivalStats)),
    operator("burst_count", Nothing, Must, |with| {
        Some(Op::BurstCount { sub_window: with.sub_window()? })
    }),
    operator("hour_of_day_histogram", Nothing, No, |_| Some(Op::HourOfDayHistogram)),
    operator("dow_hour_histogram", Nothing, No, |_| Some(Op::DowHourHistogram)),
    operator("ratio", Flag, May, |_| Some(Op::Ratio)),
    operator("negative_streak", Flag, No, |_| Some(Op::NegativeStreak)),
    operator("streak", FlagOrNothing, No, |_| Some(Op::Streak)),
    operator("max_streak", FlagOrNothing, No, |_| Some(Op::MaxStreak)),
    operator("first", Any, No, |_| Some(Op::First)),
    operator("last", Any, No, |_| Some(Op::Last)),
    operator("first_n", Any, No, |with| Some(Op::FirstN { n: with.n()? })),
    operator("last_n", Any, No, |with| Some(Op::LastN { n: with.n()? })),
    operator("lag", Any, No, |with| Some(Op::Lag { n: with.n()? })),
    operator("most_recent_n", Any, No, |with| Some(Op::MostRecentN { n: with.n()? })),
    operator("reservoir_sample", Any, No, |with| {
        Some(Op::ReservoirSample { samples: with.samples()? })
    }),
    operator("value_change_count", Any, Must, |_| Some(Op::ValueChangeCount)),
    operator("bloom_member", Any, No, |_| Some(Op::BloomMember)),
    operator("event_type_mix", Any, No, |_| Some(Op::EventTypeMix)),
    operator("n_unique", AnyOrTile, May, |_| Some(Op::NUnique)),
    operator("entropy", AnyOrTile, May, |_| Some(Op::Entropy)),
    operator("top_k", AnyOrTile, May, |with| Some(Op::TopK { k: with.k()? })),
    operator("geo_velocity", Point, No, |_| Some(Op::GeoVelocity)),
    operator("geo_distance", Point, No, |_| Some(Op::GeoDistance)),
    operator("geo_spread", Point, No, |_| Some(Op::GeoSpread)),
    operator("distance_from_home", Point, No, |_| Some(Op::DistanceFromHome)),
];

const fn operator(
    name: &'static str,
    takes: Takes,
    window: Window,
    build: fn(&mut Parameters<'_>) -> Option<Op>,
) -> Operator {
    Operator { name, takes, window, build }
}

/// Takes all three parameters before it fails, so that all that are missing are reported at once.
fn histogram(with: &mut Parameters<'_>) -> Option<Op> {
    let (low, width, bins) = (with.low(), with.width(), with.bins());
    Some(Op::Histogram { low: low?, width: width?, bins: bins? })
}

pub(super) fn find(name: &str) -> Option<&'static Operator> {
    OPERATORS.iter().find(|operator| operator.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_twice() {
        let names: std::collections::BTreeSet<_> = OPERATORS.iter().map(|one| one.name).collect();
        assert_eq!(names.len(), OPERATORS.len());
    }
}
