//! Counts, sums, extremes, moments and figures derived from them.

use proptest::prelude::*;
use workload_agg::{AggOp, Feature, Input, Op, Output, Value};

use crate::support::*;

fn just_numbers(items: &[(u64, f64)]) -> Vec<f64> {
    items.iter().map(|(_, number)| *number).collect()
}

/// Returns `None` if all numbers are equal, or nearly.
fn score(numbers: &[f64], number: f64) -> Option<f64> {
    let deviation = variance(numbers)?.sqrt();
    (deviation > 0.0).then(|| (number - mean(numbers)) / deviation)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn they_equal_two_passes(items in series(200)) {
        let events = numbers(&items);
        let all = just_numbers(&items);
        assert_agree(&answer(Op::Count, None, &events), all.len() as u64);
        assert_agree(&answer(Op::Sum, None, &events), all.iter().sum::<f64>());
        assert_agree(&answer(Op::Mean, None, &events), mean(&all));
        assert_agree(&answer(Op::Var, None, &events), variance(&all));
        assert_agree(&answer(Op::Std, None, &events), variance(&all).map(f64::sqrt));
        assert_agree(&answer(Op::Min, None, &events), of_rank(&all, 0.0));
        assert_agree(&answer(Op::Max, None, &events), of_rank(&all, 1.0));
        let positive = all.iter().filter(|number| **number != 0.0).count();
        assert_agree(&answer(Op::Ratio, None, &events), positive as f64 / all.len() as f64);
        let delta = (all.len() > 1).then(|| all[all.len() - 1] - all[all.len() - 2]);
        assert_agree(&answer(Op::DeltaFromPrev, None, &events), delta);
        assert_agree(&answer(Op::ZScore, None, &events), score(&all, all[all.len() - 1]));
    }

    #[test]
    fn outliers_are_those_far_from_all_before(items in series(200), window in 1..HOUR) {
        let all = just_numbers(&items);
        let current = |at: u64| at / window == items[items.len() - 1].0 / window;
        let far = |index: usize| score(&all[..index], all[index]).is_some_and(|z| z.abs() >= 3.0);
        let naive = (1..items.len()).filter(|index| current(items[*index].0) && far(*index));
        let expected = naive.count() as u64;
        assert_agree(&answer(Op::OutlierCount, Some(window), &numbers(&items)), expected);
    }

    #[test]
    fn a_season_is_an_hour_of_the_day(items in series(100), step in 1..5 * HOUR) {
        let items: Vec<_> = (0..).zip(&items).map(|(i, (_, n))| (i * step, *n)).collect();
        let hour = |at: u64| at / HOUR % 24;
        let (latest, last) = items[items.len() - 1];
        let same = items.iter().filter(|(at, _)| hour(*at) == hour(latest));
        let same: Vec<_> = same.map(|(_, number)| *number).collect();
        let actual = answer(Op::SeasonalDeviation, None, &numbers(&items));
        assert_agree(&actual, score(&same, last));
    }

    #[test]
    fn every_number_is_in_its_bin(items in series(200), bins in 0..20_usize) {
        let op = Op::Histogram { low: -500.0, width: 100.0, bins };
        let all = just_numbers(&items);
        let high = -500.0 + 100.0 * bins as f64;
        let count = |low: f64, high: f64| {
            all.iter().filter(|number| low <= **number && **number < high).count() as u64
        };
        let edge = |bin: usize| -500.0 + 100.0 * bin as f64;
        let inner = (0..bins).map(|bin| count(edge(bin), edge(bin + 1)));
        let below = count(f64::NEG_INFINITY, -500.0);
        let naive = [below].into_iter().chain(inner).chain([count(high, f64::INFINITY)]);
        assert_agree(&answer(op, None, &numbers(&items)), list(naive));
    }
}

#[test]
fn outliers_are_found_at_all() {
    let mut items: Vec<_> = (0..100).map(|index| (index, (index % 2) as f64)).collect();
    items.extend([(100, 50.0), (101, 0.5), (102, -90.0)]);
    assert_eq!(answer(Op::OutlierCount, Some(HOUR), &numbers(&items)), Output::Number(2.0));
    let later = answer_at(Op::OutlierCount, Some(HOUR), &numbers(&items), HOUR);
    assert_eq!(later, Output::Number(0.0));
}

#[test]
fn a_sum_does_not_lose_the_small_beside_the_large() {
    let items = [(0, 1e17), (1, 1.0), (2, 1.0), (3, -1e17)];
    assert_eq!(answer(Op::Sum, None, &numbers(&items)), Output::Number(2.0));
    let feature = feature(Op::Sum, None);
    let mut merged = fed(&feature, &numbers(&items[..2]));
    merged.merge(&feature, &fed(&feature, &numbers(&items[2..])));
    assert_eq!(merged.output(&feature, 0), Output::Number(2.0));
    let overflow = [(0, f64::MAX), (1, f64::MAX)];
    assert_eq!(answer(Op::Sum, None, &numbers(&overflow)), Output::Number(f64::INFINITY));
}

#[test]
fn extremes_know_when_and_tell_integers_apart_that_floats_cannot() {
    let big = 1_i64 << 60;
    let event = |at, number| Happened { at, values: vec![Value::I64(number)] };
    let events = [event(5, big), event(6, big + 1), event(7, big + 1), event(8, big)];
    let AggOp::Max(max) = fed(&feature(Op::Max, None), &events) else { panic!() };
    let AggOp::Min(min) = fed(&feature(Op::Min, None), &events) else { panic!() };
    assert_eq!([max.at(), min.at()], [Some(6), Some(5)]);
}

#[test]
fn nothing_has_no_mean() {
    let none = [
        Op::Mean,
        Op::Var,
        Op::Std,
        Op::Min,
        Op::Max,
        Op::Ratio,
        Op::ZScore,
        Op::SeasonalDeviation,
        Op::DeltaFromPrev,
        Op::Histogram { low: 0.0, width: 1.0, bins: 3 },
    ];
    for op in none {
        assert_eq!(answer(op, None, &[]), Output::None, "{}", op.name());
    }
    assert_eq!(answer(Op::Sum, None, &[]), Output::Number(0.0));
    assert_eq!(answer(Op::Count, None, &[]), Output::Number(0.0));
}

#[test]
fn without_a_field_every_event_is_true() {
    let feature = Feature { input: Input::Nothing, ..feature(Op::Ratio, None) };
    let state = fed(&feature, &numbers(&[(0, 0.0), (1, 0.0)]));
    assert_eq!(state.output(&feature, 1), Output::Number(1.0));
    assert_eq!(answer(Op::Ratio, None, &numbers(&[(0, 0.0)])), Output::Number(0.0));
}
