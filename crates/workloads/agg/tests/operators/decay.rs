//! Averages and sums that decay.

use proptest::prelude::*;
use workload_agg::{Op, Output};

use crate::support::*;

/// Returns each number with the weight that it has at that moment.
fn weighted(items: &[(u64, f64)], half_life: u64, now: u64) -> Vec<(f64, f64)> {
    let weight = |at: u64| 0.5_f64.powf((now - at) as f64 / half_life as f64);
    items.iter().map(|(at, number)| (weight(*at), *number)).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn they_equal_weighted_sums(
        items in series(100),
        half_life in 100..10 * MINUTE,
        later in 0..MINUTE,
    ) {
        let events = numbers(&items);
        let latest = items[items.len() - 1].0;
        let now = latest + later;
        let fading = weighted(&items, half_life, now);
        let sum = |of: fn(&(f64, f64)) -> f64| fading.iter().map(of).sum::<f64>();
        let [count, total] = [sum(|(weight, _)| *weight), sum(|(weight, n)| weight * n)];
        assert_agree(&answer_at(Op::DecayedCount { half_life }, None, &events, now), count);
        assert_agree(&answer_at(Op::DecayedSum { half_life }, None, &events, now), total);

        // Neither depends on the time of the question.
        let fading = weighted(&items, half_life, latest);
        let weight: f64 = fading.iter().map(|(weight, _)| weight).sum();
        let mean = fading.iter().map(|(weight, n)| weight * n).sum::<f64>() / weight;
        let squares: f64 = fading.iter().map(|(w, n)| w * (n - mean).powi(2)).sum();
        assert_agree(&answer_at(Op::Ewma { half_life }, None, &events, now), mean);
        let variance = (items.len() > 1).then_some(squares / weight);
        let actual = answer_at(Op::Ewvar { half_life }, None, &events, now);
        // Its terms are as large as the squares of the numbers.
        match (actual.number(), variance) {
            (Some(actual), Some(variance)) => prop_assert!((actual - variance).abs() < 1e-6),
            (actual, variance) => prop_assert_eq!(actual, variance),
        }
        let score = (items[items.len() - 1].1 - mean) / (squares / weight).sqrt();
        let actual = answer_at(Op::EwZscore { half_life }, None, &events, now).number();
        if squares > 1e-3 {
            prop_assert!((actual.unwrap() - score).abs() < 1e-6, "{actual:?}, not {score}");
        }
    }
}

#[test]
fn a_half_life_later_half_is_left() {
    let items = numbers(&[(0, 8.0)]);
    let op = Op::DecayedSum { half_life: HOUR };
    assert_eq!(answer_at(op, None, &items, HOUR), Output::Number(4.0));
    assert_eq!(answer_at(op, None, &items, 3 * HOUR), Output::Number(1.0));
    assert_eq!(answer_at(op, None, &[], HOUR), Output::Number(0.0));
    assert_eq!(answer_at(Op::Ewma { half_life: HOUR }, None, &[], HOUR), Output::None);
}

#[test]
fn one_number_does_not_vary() {
    let items = numbers(&[(5, 8.0)]);
    assert_eq!(answer(Op::Ewvar { half_life: HOUR }, None, &items), Output::None);
    assert_eq!(answer(Op::EwZscore { half_life: HOUR }, None, &items), Output::None);
}
