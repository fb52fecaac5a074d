//! The number of distinct values, and membership among those before.

use std::collections::BTreeSet;

use proptest::prelude::*;
use workload_agg::sketch::{BloomFilter, HyperLogLog};
use workload_agg::{AggOp, Feature, Input, Op, Output, Value};

use crate::support::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn it_is_exact_to_the_threshold(words in prop::collection::vec(0..900_u32, 0..1_500)) {
        let distinct: BTreeSet<_> = words.iter().collect();
        assert_agree(&answer(Op::NUnique, None, &texts(&words)), distinct.len() as u64);
    }

    #[test]
    fn two_states_are_one(
        words in prop::collection::vec(0..3_000_u32, 0..2_500),
        share in 0.0..1.0_f64,
    ) {
        let feature = feature(Op::NUnique, None);
        let events = texts(&words);
        let (former, latter) = events.split_at((words.len() as f64 * share) as usize);
        let mut merged = fed(&feature, former);
        merged.merge(&feature, &fed(&feature, latter));
        assert_agree(&merged.output(&feature, 0), fed(&feature, &events).output(&feature, 0));
    }
}

#[test]
fn each_threshold_is_where_it_is_said_to_be() {
    let structures = |count: u32| {
        let state = fed(&feature(Op::NUnique, None), &texts(0..count));
        state.parts().iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(structures(16), ["boxed state", "fingerprints"]);
    assert_eq!(structures(17), ["boxed state", "fingerprint set"]);
    assert_eq!(structures(1_024), ["boxed state", "fingerprint set"]);
    assert_eq!(structures(1_025), ["boxed state", "registers"]);
    let state = fed(&feature(Op::NUnique, None), &texts(0..1_025));
    let registers = state.parts().iter().find(|(name, _)| *name == "registers");
    assert_eq!(registers, Some(("registers", 4_096)));
}

#[test]
fn an_estimate_is_within_three_standard_errors() {
    for count in [1_500, 5_000, 9_000, 10_240, 12_000, 16_000, 20_000, 60_000, 200_000_u64] {
        let estimate = answer(Op::NUnique, None, &texts(0..count)).number().unwrap();
        let error = (estimate - count as f64).abs() / count as f64;
        assert!(error < 3.0 * 0.016_25, "{estimate} for {count}");
    }
}

#[test]
fn a_set_of_hashes_that_grew_twice_is_that_of_all() {
    let mut next = random(1);
    let hashes: Vec<u64> = (0..5_000).map(|_| next(u64::MAX)).collect();
    let of = |hashes: &[u64]| {
        let mut sketch = HyperLogLog::default();
        sketch.extend(hashes.iter().copied());
        sketch
    };
    let mut merged = of(&hashes[..2_000]);
    merged.merge(&of(&hashes[1_000..]));
    assert_eq!(merged.estimate(), of(&hashes).estimate());
    assert_eq!(of(&[]).estimate(), 0.0);
}

#[test]
fn both_zeros_are_one_value_and_a_tile_is_one() {
    let events = numbers(&[(0, 0.0), (1, -0.0), (2, 1.0)]);
    assert_eq!(answer(Op::NUnique, None, &events), Output::Number(2.0));
    let input = Input::Quadkey { lat: 0, lon: 1, zoom: 7 };
    let feature = Feature { input, ..feature(Op::NUnique, None) };
    let place = |lat, lon| Happened { at: 0, values: vec![Value::F64(lat), Value::F64(lon)] };
    let places = [place(48.85, 2.35), place(48.86, 2.36), place(40.71, -74.0)];
    assert_eq!(fed(&feature, &places).output(&feature, 0), Output::Number(2.0));
}

#[test]
fn what_came_before_is_never_denied() {
    let mut filter = BloomFilter::default();
    let mut next = random(2);
    let hashes: Vec<u64> = (0..1_000).map(|_| next(u64::MAX)).collect();
    let new = hashes.iter().filter(|hash| !filter.insert(**hash)).count();
    assert!(new > 985, "{new}");
    assert_eq!(filter.inserted(), new as u64);
    assert!(hashes.iter().all(|hash| filter.insert(*hash)));
}

#[test]
fn what_is_new_is_denied_but_for_one_in_a_hundred() {
    let mut filter = BloomFilter::default();
    let mut next = random(3);
    for _ in 0..1_000 {
        filter.insert(next(u64::MAX));
    }
    let wrong = (0..20_000).filter(|_| filter.clone().insert(next(u64::MAX))).count();
    // 200 expected; five standard deviations are 70.
    assert!((100..270).contains(&wrong), "{wrong}");
}

#[test]
fn a_member_is_what_came_before() {
    assert_eq!(answer(Op::BloomMember, None, &texts(["a", "b"])), Output::Flag(false));
    assert_eq!(answer(Op::BloomMember, None, &texts(["a", "b", "a"])), Output::Flag(true));
    assert_eq!(answer(Op::BloomMember, None, &[]), Output::None);
    assert_eq!(AggOp::new(&feature(Op::BloomMember, None)).parts().bytes(), 48);
}
