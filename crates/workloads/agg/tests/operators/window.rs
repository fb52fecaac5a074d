//! Windows of operators whose states merge: the events of the latest buckets, and no others.

use proptest::prelude::*;
use workload_agg::{AggOp, Op, Output};

use crate::support::*;

const MERGING: [Op; 14] = [
    Op::Count,
    Op::Sum,
    Op::Mean,
    Op::Min,
    Op::Max,
    Op::Var,
    Op::Std,
    Op::Ratio,
    Op::ZScore,
    Op::Histogram { low: -500.0, width: 100.0, bins: 10 },
    Op::NUnique,
    Op::Quantile { q: 0.9 },
    Op::TopK { k: 3 },
    Op::Entropy,
];

/// Returns the operators whose value does not depend on the order of events.
fn orderless() -> impl Iterator<Item = Op> {
    MERGING.into_iter().filter(|op| *op != Op::ZScore)
}

/// Returns `true` for a z-score of numbers that are nearly equal: it may then be anything.
fn degenerate(op: Op, events: &[Happened]) -> bool {
    let variance = answer(Op::Var, None, events).number();
    op == Op::ZScore && variance.is_none_or(|variance| variance < 1e-6)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_window_is_the_events_of_its_buckets(
        items in series(120),
        window in 1..3 * MINUTE,
        later in 0..4 * MINUTE,
    ) {
        let bucket = window.div_ceil(64);
        let now = items[items.len() - 1].0 + later;
        let kept = window.div_ceil(bucket);
        let inside = |at: u64| now / bucket - at / bucket < kept;
        let within: Vec<_> = items.iter().copied().filter(|(at, _)| inside(*at)).collect();
        for op in MERGING {
            let actual = answer_at(op, Some(window), &numbers(&items), now);
            let expected = answer(op, None, &numbers(&within));
            let skip = degenerate(op, &numbers(&within));
            prop_assert!(skip || agree(&actual, &expected), "{}: {actual:?}, not {expected:?}", op.name());
        }
    }

    #[test]
    fn two_states_are_one(items in series(200), share in 0.0..1.0_f64) {
        let events = numbers(&items);
        let (former, latter) = events.split_at((events.len() as f64 * share) as usize);
        for op in MERGING {
            let feature = feature(op, None);
            let mut merged = fed(&feature, former);
            merged.merge(&feature, &fed(&feature, latter));
            let expected = fed(&feature, &events).output(&feature, 0);
            let actual = merged.output(&feature, 0);
            let skip = degenerate(op, &events);
            prop_assert!(skip || agree(&actual, &expected), "{}: {actual:?}, not {expected:?}", op.name());
        }
    }

    #[test]
    fn order_does_not_matter_where_it_must_not(
        (items, shuffled) in series(200).prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle()))
    ) {
        for op in orderless() {
            let [one, other] = [&items, &shuffled].map(|items| answer(op, None, &numbers(items)));
            prop_assert!(agree(&one, &other), "{}: {one:?}, not {other:?}", op.name());
        }
    }
}

#[test]
fn order_matters_where_it_must() {
    let [one, other] = [[(0, 1.0), (1, 2.0)], [(0, 2.0), (1, 1.0)]];
    for op in [Op::First, Op::Last, Op::DeltaFromPrev, Op::ZScore, Op::LastN { n: 1 }] {
        assert_ne!(answer(op, None, &numbers(&one)), answer(op, None, &numbers(&other)));
    }
}

#[test]
fn a_window_of_64_s_ends_after_64_buckets() {
    let events = numbers(&[(500, 1.0), (1_500, 2.0)]);
    let count = |now| answer_at(Op::Count, Some(64 * SECOND), &events, now);
    assert_eq!(count(63_999), Output::Number(2.0));
    assert_eq!(count(64_000), Output::Number(1.0));
    assert_eq!(count(65_000), Output::Number(0.0));
}

#[test]
fn there_are_never_more_than_64_buckets() {
    let buckets = |events: u64, step: u64| {
        let items: Vec<_> = (0..events).map(|index| (index * step, 0.0)).collect();
        let state = fed(&feature(Op::Count, Some(64 * SECOND)), &numbers(&items));
        let bytes =
            |name| state.parts().iter().find(|part| part.0 == name).map_or(0, |part| part.1);
        (bytes("window buckets") / 80, bytes("window"))
    };
    assert_eq!(buckets(0, 0), (0, 0));
    assert_eq!(buckets(4, SECOND), (4, 0));
    assert_eq!(buckets(5, SECOND), (5, 8 * 16));
    assert_eq!(buckets(1_000, SECOND), (64, 64 * 16));
    assert_eq!(buckets(1_000, 100), (64, 64 * 16));
    assert_eq!(buckets(1_000, HOUR), (1, 0));
}

#[test]
fn only_what_merges_is_windowed_by_buckets() {
    let is_windowed = |op| matches!(AggOp::new(&feature(op, Some(HOUR))), AggOp::Windowed(_));
    assert!(MERGING.into_iter().all(is_windowed));
    assert!(!is_windowed(Op::Twa) && !is_windowed(Op::BurstCount { sub_window: SECOND }));
    assert!(matches!(AggOp::new(&feature(Op::Count, None)), AggOp::Count(_)));
}

#[test]
fn what_does_not_merge_stays_as_it_is() {
    let last = feature(Op::Last, None);
    let mut state = fed(&last, &numbers(&[(0, 1.0)]));
    state.merge(&last, &fed(&last, &numbers(&[(0, 2.0)])));
    assert_eq!(state.output(&last, 0), Output::Number(1.0));
    let mut count = fed(&feature(Op::Count, None), &numbers(&[(0, 1.0)]));
    count.merge(&feature(Op::Count, None), &state);
    assert_eq!(count.output(&feature(Op::Count, None), 0), Output::Number(1.0));
}
