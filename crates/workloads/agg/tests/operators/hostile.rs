//! No input makes an operator panic, and a value of the wrong kind changes nothing.

use proptest::prelude::*;
use workload_agg::{AggOp, Feature, Input, Op, Output, Value};

use crate::support::*;

fn operators(n: usize, time: u64, number: f64) -> Vec<Op> {
    vec![
        Op::Count,
        Op::Sum,
        Op::Mean,
        Op::Min,
        Op::Max,
        Op::Var,
        Op::Std,
        Op::Ratio,
        Op::First,
        Op::Last,
        Op::FirstN { n },
        Op::LastN { n },
        Op::Lag { n },
        Op::FirstSeen,
        Op::LastSeen,
        Op::Age,
        Op::HasSeen,
        Op::TimeSince,
        Op::TimeSinceLastN { n },
        Op::Streak,
        Op::MaxStreak,
        Op::NegativeStreak,
        Op::FirstSeenInWindow,
        Op::Ewma { half_life: time },
        Op::Ewvar { half_life: time },
        Op::EwZscore { half_life: time },
        Op::DecayedSum { half_life: time },
        Op::DecayedCount { half_life: time },
        Op::Twa,
        Op::RateOfChange,
        Op::InterArrivalStats,
        Op::BurstCount { sub_window: time },
        Op::DeltaFromPrev,
        Op::Trend,
        Op::TrendResidual,
        Op::OutlierCount,
        Op::ValueChangeCount,
        Op::ZScore,
        Op::Histogram { low: number, width: number, bins: n },
        Op::DowHourHistogram,
        Op::MostRecentN { n },
        Op::ReservoirSample { samples: n },
        Op::NUnique,
        Op::Quantile { q: number },
        Op::TopK { k: n },
        Op::BloomMember,
        Op::Entropy,
        Op::HourOfDayHistogram,
        Op::SeasonalDeviation,
        Op::EventTypeMix,
        Op::GeoVelocity,
        Op::GeoDistance,
        Op::GeoSpread,
        Op::DistanceFromHome,
    ]
}

fn float() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        prop::sample::select(vec![
            0.0,
            -0.0,
            1.0,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            5e-324,
        ]),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        float().prop_map(Value::F64),
        any::<i64>().prop_map(Value::I64),
        ".{0,4}".prop_map(|text: String| Value::Str(text.into())),
    ]
}

fn time() -> impl Strategy<Value = u64> {
    prop_oneof![0..10_u64, any::<u64>(), Just(u64::MAX)]
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        Just(Input::Nothing),
        (0..3_usize).prop_map(Input::Field),
        (0..3_usize, 0..3_usize, any::<u8>()).prop_map(|(lat, lon, zoom)| Input::Quadkey {
            lat,
            lon,
            zoom
        }),
        (0..3_usize, 0..3_usize).prop_map(|(lat, lon)| Input::Point { lat, lon }),
    ]
}

/// Makes events at times in no order, although each event is promised to be no earlier than the one before.
fn happened() -> impl Strategy<Value = Happened> {
    (time(), prop::collection::vec(value(), 0..3)).prop_map(|(at, values)| Happened { at, values })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_panics(
        events in prop::collection::vec(happened(), 0..30),
        input in input(),
        window in prop::option::of(time()),
        n in prop_oneof![0..4_usize, Just(usize::MAX)],
        parameters in (time(), float()),
        now in time(),
    ) {
        for op in operators(n, parameters.0, parameters.1) {
            let feature = Feature { name: String::new(), op, input, window };
            let mut state = fed(&feature, &events);
            state.merge(&feature, &fed(&feature, &events));
            let _ = (state.output(&feature, now), state.parts());
        }
    }
}

#[test]
fn every_operator_is_here_and_has_a_name_of_its_own() {
    let mut names: Vec<_> = operators(1, 1, 1.0).iter().map(Op::name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 54);
}

#[test]
fn what_is_no_input_changes_nothing() {
    let wrong = [
        vec![],
        vec![Value::F64(f64::NAN), Value::F64(f64::NAN)],
        vec![Value::F64(f64::INFINITY), Value::F64(f64::NEG_INFINITY)],
    ];
    let wrong = wrong.map(|values| Happened { at: 5, values });
    // These take every event as one.
    let of_events = [
        "count",
        "first_seen",
        "last_seen",
        "age",
        "has_seen",
        "time_since",
        "time_since_last_n",
        "first_seen_in_window",
        "decayed_count",
        "inter_arrival_stats",
        "burst_count",
        "dow_hour_histogram",
        "hour_of_day_histogram",
    ];
    for op in operators(3, 1_000, 0.5) {
        let feature = feature(op, None);
        let fresh = AggOp::new(&feature).output(&feature, 5);
        let changed = fed(&feature, &wrong).output(&feature, 5) != fresh;
        assert_eq!(changed, of_events.contains(&op.name()), "{}", op.name());
    }
}

#[test]
fn a_string_is_no_number() {
    let words = texts(["7", "8"]);
    for op in [Op::Sum, Op::Min, Op::Twa, Op::Streak, Op::Quantile { q: 0.5 }] {
        assert_eq!(answer(op, None, &words), answer(op, None, &[]), "{}", op.name());
    }
    assert_eq!(answer(Op::Last, None, &words), Output::Text("8".into()));
}

#[test]
fn a_histogram_has_at_most_4_096_bins() {
    let op = Op::Histogram { low: 0.0, width: 1.0, bins: usize::MAX };
    let state = fed(&feature(op, None), &numbers(&[(0, 3.0), (1, 4_096.0)]));
    assert_eq!(state.parts().bytes(), 4_096 * 8);
    let Output::List(counts) = state.output(&feature(op, None), 1) else { panic!() };
    assert_eq!([&counts[4], &counts[4_097]], [&Output::Number(1.0); 2]);
}
