//! Quantiles, exact and sketched.

use proptest::prelude::*;
use workload_agg::sketch::UddSketch;
use workload_agg::{Op, Output};

use crate::support::*;

const QS: [f64; 6] = [0.0, 0.25, 0.5, 0.95, 0.99, 1.0];

fn sketch(numbers: &[f64]) -> UddSketch {
    let mut sketch = UddSketch::default();
    numbers.iter().for_each(|number| sketch.push(*number));
    sketch
}

#[track_caller]
fn assert_within(numbers: &[f64], sketch: &UddSketch, error: f64) {
    // The rest is rounding at a bucket's end.
    assert!(sketch.error() <= error + 1e-12, "{}", sketch.error());
    for q in QS {
        let [exact, found] = [of_rank(numbers, q), sketch.quantile(q).unwrap()];
        let bound = (sketch.error() + 1e-12) * exact.abs();
        assert!((found - exact).abs() <= bound, "{found}, not {exact} at {q}");
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn they_are_exact_to_the_threshold(items in series(256), q in 0.0..=1.0_f64) {
        let all: Vec<_> = items.iter().map(|(_, number)| *number).collect();
        let actual = answer(Op::Quantile { q }, None, &numbers(&items));
        assert_agree(&actual, of_rank(&all, q));
    }

    #[test]
    fn a_sketch_is_within_its_error(
        all in prop::collection::vec(prop_oneof![-1e6..1e6_f64, Just(0.0), -1e-3..1e-3], 1..600)
    ) {
        assert_within(&all, &sketch(&all), 0.01);
    }

    #[test]
    fn two_states_are_one(items in series(700), share in 0.0..1.0_f64, q in 0.0..=1.0_f64) {
        let feature = feature(Op::Quantile { q }, None);
        let events = numbers(&items);
        let (former, latter) = events.split_at((events.len() as f64 * share) as usize);
        let mut merged = fed(&feature, former);
        merged.merge(&feature, &fed(&feature, latter));
        assert_eq!(merged.output(&feature, 0), fed(&feature, &events).output(&feature, 0));
    }
}

/// Returns numbers over 600 orders of magnitude, of both signs: more buckets than there may be.
fn wide(count: u64) -> Vec<f64> {
    let mut next = random(4);
    let mut number = || {
        let magnitude = 10_f64.powf(next(600_000) as f64 / 1_000.0 - 300.0);
        if next(2) == 0 { magnitude } else { -magnitude }
    };
    (0..count).map(|_| number()).collect()
}

#[test]
fn a_sketch_that_collapsed_knows_its_error() {
    let all = wide(50_000);
    let collapsed = sketch(&all);
    // 138 000 buckets of 1 % into 2 048: seven collapses, buckets 128 times as wide.
    assert!((0.85..0.86).contains(&collapsed.error()), "{}", collapsed.error());
    assert_within(&all, &collapsed, 0.86);
}

#[test]
fn a_sketch_that_did_not_collapse_keeps_its_first_error() {
    let all: Vec<_> = (1..100_000).map(f64::from).collect();
    assert_within(&all, &sketch(&all), 0.01);
}

#[test]
fn sketches_of_different_errors_merge_as_if_one_had_seen_all() {
    let [fine, coarse] = [vec![1.0, 2.0, -3.0, 0.0], wide(20_000)];
    let all = [&fine[..], &coarse].concat();
    for (first, second) in [(&fine, &coarse), (&coarse, &fine)] {
        let mut merged = sketch(first);
        merged.merge(&sketch(second));
        assert_eq!(merged.error(), sketch(&all).error());
        for q in QS {
            assert_eq!(merged.quantile(q), sketch(&all).quantile(q));
        }
    }
}

#[test]
fn the_threshold_is_256() {
    let structures = |count: u64| {
        let items: Vec<_> = (0..count).map(|index| (index, index as f64)).collect();
        let state = fed(&feature(Op::Quantile { q: 0.5 }, None), &numbers(&items));
        state.parts().iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(structures(256), ["boxed state", "numbers"]);
    assert_eq!(structures(257), ["boxed state", "sketch"]);
    assert_eq!(answer(Op::Quantile { q: 0.5 }, None, &[]), Output::None);
}
