//! Features: the computations over the events of an entity.

/// A feature of a table, its parameters checked and its fields found.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    pub name: String,
    pub op: Op,
    pub input: Input,
    /// The window in milliseconds. Without one, everything since the entity's first event counts.
    pub window: Option<u64>,
}

/// A feature's input: its position in an event's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// No value: only the event itself counts.
    Nothing,
    Field(usize),
    /// The tile of a map that holds a point, at a zoom of 1 to 23.
    Quadkey {
        lat: usize,
        lon: usize,
        zoom: u8,
    },
    Point {
        lat: usize,
        lon: usize,
    },
}

/// An operator with its parameters; times are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Op {
    Count,
    Sum,
    Mean,
    Min,
    Max,
    Var,
    Std,
    /// The share of events whose field is true.
    Ratio,
    First,
    Last,
    FirstN {
        n: usize,
    },
    LastN {
        n: usize,
    },
    /// The value that came `n` events ago.
    Lag {
        n: usize,
    },
    FirstSeen,
    LastSeen,
    Age,
    HasSeen,
    TimeSince,
    TimeSinceLastN {
        n: usize,
    },
    Streak,
    MaxStreak,
    NegativeStreak,
    FirstSeenInWindow,
    Ewma {
        half_life: u64,
    },
    Ewvar {
        half_life: u64,
    },
    EwZscore {
        half_life: u64,
    },
    DecayedSum {
        half_life: u64,
    },
    DecayedCount {
        half_life: u64,
    },
    Twa,
    RateOfChange,
    InterArrivalStats,
    BurstCount {
        sub_window: u64,
    },
    DeltaFromPrev,
    Trend,
    TrendResidual,
    OutlierCount,
    ValueChangeCount,
    ZScore,
    Histogram {
        low: f64,
        width: f64,
        bins: usize,
    },
    DowHourHistogram,
    MostRecentN {
        n: usize,
    },
    ReservoirSample {
        samples: usize,
    },
    NUnique,
    Quantile {
        q: f64,
    },
    TopK {
        k: usize,
    },
    BloomMember,
    Entropy,
    HourOfDayHistogram,
    SeasonalDeviation,
    EventTypeMix,
    GeoVelocity,
    GeoDistance,
    GeoSpread,
    DistanceFromHome,
}
