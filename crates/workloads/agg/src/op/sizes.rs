//! Tripwires: how large each state is, in the slot or in its box.
#![cfg(target_pointer_width = "64")]

use static_assertions::const_assert_eq;

use crate::ops::*;

macro_rules! sizes {
    ($($state:ty: $bytes:literal,)*) => {
        $(const_assert_eq!(size_of::<$state>(), $bytes);)*
    };
}

sizes! {
    super::AggOp: 80,
    crate::Value: 24,
}

// In the slot.
sizes! {
    Count: 8,
    Sum: 16,
    Avg: 16,
    Min: 32,
    Max: 32,
    Variance: 24,
    Std: 24,
    Ratio: 16,
    First: 32,
    Last: 32,
    FirstN: 32,
    LastN: 40,
    Lag: 40,
    Seen: 32,
    TimeSinceLastN: 40,
    Streak: 16,
    MaxStreak: 16,
    NegStreak: 8,
    FirstSeenInWindow: 24,
    Ewma: 24,
    EwVar: 40,
    EwZ: 40,
    DecayedSum: 24,
    DecayedCount: 24,
    Twa: 40,
    RateOfChange: 32,
    InterArrival: 40,
    Burst: 64,
    Delta: 24,
    Trend: 48,
    TrendResidual: 72,
    Outlier: 32,
    ValueChange: 40,
    ZScore: 40,
    Histogram: 48,
    DowHour: 24,
    MostRecentN: 48,
    Reservoir: 40,
}

// In a box.
sizes! {
    CountDistinct: 40,
    Percentile: 112,
    TopK: 160,
    Bloom: 48,
    Entropy: 56,
    HourOfDay: 192,
    Seasonal: 600,
    EventTypeMix: 128,
    GeoVelocity: 88,
    GeoDistance: 80,
    GeoSpread: 88,
    DistanceFromHome: 120,
    Windowed: 176,
}
