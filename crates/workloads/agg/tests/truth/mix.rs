//! The operators of a fraud team's features, each with every combination of parameters that it has there.

use workload_agg::{Feature, Input, Op};

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The fields of an event, in this order; the first two are degrees or so, the next flags, the rest strings.
pub(crate) const FIELDS: [&str; 17] = [
    "lat",
    "lon",
    "amount",
    "declined",
    "success",
    "is_chargeback",
    "user_id",
    "card_fp",
    "device_id",
    "ip_address",
    "merchant_id",
    "mcc",
    "card_country",
    "ssn_hash",
    "email",
    "user_agent",
    "currency",
];

const POINT: Input = Input::Point { lat: 0, lon: 1 };
const TILE: Input = Input::Quadkey { lat: 0, lon: 1, zoom: 7 };
const NOTHING: Input = Input::Nothing;

fn field(name: &str) -> Input {
    Input::Field(FIELDS.iter().position(|field| *field == name).expect("a field"))
}

fn feature((op, input, window): (Op, Input, Option<u64>)) -> Feature {
    Feature { name: op.name().to_owned(), op, input, window }
}

pub(crate) fn mix() -> Vec<Feature> {
    let lines = [
        (Op::Age, NOTHING, None),
        (Op::BloomMember, field("device_id"), None),
        (Op::BurstCount { sub_window: 10 * SECOND }, NOTHING, Some(5 * MINUTE)),
        (Op::BurstCount { sub_window: 5 * SECOND }, NOTHING, Some(10 * MINUTE)),
        (Op::BurstCount { sub_window: 5 * SECOND }, NOTHING, Some(5 * MINUTE)),
        (Op::Count, NOTHING, Some(HOUR)),
        (Op::Count, NOTHING, Some(24 * HOUR)),
        (Op::Count, NOTHING, Some(5 * MINUTE)),
        (Op::Count, NOTHING, None),
        (Op::DecayedCount { half_life: 24 * HOUR }, NOTHING, None),
        (Op::DecayedCount { half_life: 30 * DAY }, NOTHING, None),
        (Op::DecayedSum { half_life: 24 * HOUR }, field("amount"), None),
        (Op::DeltaFromPrev, field("amount"), None),
        (Op::DistanceFromHome, POINT, None),
        (Op::DowHourHistogram, NOTHING, None),
        (Op::Entropy, TILE, None),
        (Op::Entropy, field("mcc"), Some(24 * HOUR)),
        (Op::EventTypeMix, field("mcc"), None),
        (Op::EwZscore { half_life: HOUR }, field("amount"), None),
        (Op::Ewma { half_life: HOUR }, field("amount"), None),
        (Op::Ewvar { half_life: HOUR }, field("amount"), None),
        (Op::First, field("amount"), None),
        (Op::FirstN { n: 5 }, field("merchant_id"), None),
        (Op::FirstSeen, NOTHING, None),
        (Op::FirstSeenInWindow, NOTHING, Some(24 * HOUR)),
        (Op::FirstSeenInWindow, NOTHING, Some(30 * DAY)),
        (Op::GeoDistance, POINT, None),
        (Op::GeoSpread, POINT, None),
        (Op::GeoVelocity, POINT, None),
        (Op::HasSeen, NOTHING, None),
        (Op::HourOfDayHistogram, NOTHING, None),
        (Op::InterArrivalStats, NOTHING, Some(HOUR)),
        (Op::Lag { n: 1 }, field("amount"), None),
        (Op::Last, field("amount"), None),
        (Op::LastN { n: 5 }, field("amount"), None),
        (Op::LastSeen, NOTHING, None),
        (Op::Max, field("amount"), None),
        (Op::MaxStreak, NOTHING, None),
        (Op::Mean, field("amount"), Some(24 * HOUR)),
        (Op::Min, field("amount"), Some(24 * HOUR)),
        (Op::MostRecentN { n: 5 }, field("amount"), None),
        (Op::NUnique, TILE, None),
        (Op::NUnique, field("card_country"), Some(7 * DAY)),
        (Op::NUnique, field("card_fp"), Some(HOUR)),
        (Op::NUnique, field("card_fp"), Some(24 * HOUR)),
        (Op::NUnique, field("card_fp"), None),
        (Op::NUnique, field("email"), Some(24 * HOUR)),
        (Op::NUnique, field("ip_address"), Some(HOUR)),
        (Op::NUnique, field("ip_address"), Some(24 * HOUR)),
        (Op::NUnique, field("merchant_id"), Some(24 * HOUR)),
        (Op::NUnique, field("ssn_hash"), Some(30 * DAY)),
        (Op::NUnique, field("user_agent"), Some(24 * HOUR)),
        (Op::NUnique, field("user_id"), Some(24 * HOUR)),
        (Op::NegativeStreak, field("declined"), None),
        (Op::NegativeStreak, field("success"), None),
        (Op::OutlierCount, field("amount"), Some(5 * MINUTE)),
        (Op::Quantile { q: 0.5 }, field("amount"), Some(24 * HOUR)),
        (Op::Quantile { q: 0.95 }, field("amount"), Some(24 * HOUR)),
        (Op::Quantile { q: 0.99 }, field("amount"), Some(24 * HOUR)),
        (Op::RateOfChange, field("amount"), Some(5 * MINUTE)),
        (Op::ReservoirSample { samples: 50 }, field("amount"), None),
        (Op::SeasonalDeviation, field("amount"), None),
        (Op::Std, field("amount"), Some(24 * HOUR)),
        (Op::Streak, field("is_chargeback"), None),
        (Op::Streak, NOTHING, None),
        (Op::Sum, field("amount"), Some(HOUR)),
        (Op::Sum, field("amount"), Some(24 * HOUR)),
        (Op::Sum, field("amount"), None),
        (Op::TimeSince, NOTHING, None),
        (Op::TimeSinceLastN { n: 5 }, NOTHING, None),
        (Op::TopK { k: 5 }, field("merchant_id"), Some(24 * HOUR)),
        (Op::TopK { k: 3 }, field("user_id"), Some(24 * HOUR)),
        (Op::Trend, field("amount"), Some(5 * MINUTE)),
        (Op::TrendResidual, field("amount"), Some(5 * MINUTE)),
        (Op::Twa, field("amount"), Some(5 * MINUTE)),
        (Op::ValueChangeCount, field("device_id"), Some(5 * MINUTE)),
        (Op::Var, field("amount"), Some(24 * HOUR)),
        (Op::ZScore, field("amount"), Some(24 * HOUR)),
    ];
    lines.into_iter().map(feature).collect()
}

/// Returns operators that the mix does not use, and windows of operators that it uses without.
pub(crate) fn others() -> Vec<Feature> {
    let lines = [
        (Op::Ratio, field("declined"), None),
        (Op::Ratio, field("declined"), Some(HOUR)),
        (Op::Histogram { low: 0.0, width: 100.0, bins: 10 }, field("amount"), None),
        (Op::Histogram { low: 0.0, width: 100.0, bins: 10 }, field("amount"), Some(HOUR)),
        (Op::NUnique, field("merchant_id"), None),
        (Op::Quantile { q: 0.5 }, field("amount"), None),
        (Op::TopK { k: 3 }, field("amount"), None),
        (Op::TopK { k: 7 }, TILE, None),
        (Op::First, field("email"), None),
        (Op::Last, field("email"), None),
        (Op::Lag { n: 3 }, field("email"), None),
        (Op::MostRecentN { n: 3 }, field("email"), None),
        (Op::ReservoirSample { samples: 9 }, field("email"), None),
        (Op::BurstCount { sub_window: 40 * SECOND }, NOTHING, None),
    ];
    lines.into_iter().map(feature).collect()
}
