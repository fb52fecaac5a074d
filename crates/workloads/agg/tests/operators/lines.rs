//! Levels, rates and lines over time, whose windows restart.

use proptest::prelude::*;
use workload_agg::{Op, Output};

use crate::support::*;

/// Returns the events that are left once the window has restarted whenever it was over.
fn since_restart(items: &[(u64, f64)], window: u64) -> &[(u64, f64)] {
    let mut start = 0;
    for (index, (at, _)) in items.iter().enumerate() {
        if at - items[start].0 >= window {
            start = index;
        }
    }
    &items[start..]
}

/// Fits by least squares: slope and intercept over seconds since the first.
fn line(items: &[(u64, f64)]) -> Option<(f64, f64)> {
    let times: Vec<_> = items.iter().map(|(at, _)| seconds(items, *at)).collect();
    let values: Vec<_> = items.iter().map(|(_, number)| *number).collect();
    let [time, value] = [mean(&times), mean(&values)];
    let products = times.iter().zip(&values).map(|(t, v)| (t - time) * (v - value)).sum::<f64>();
    let squares = times.iter().map(|t| (t - time).powi(2)).sum::<f64>();
    (squares > 0.0).then(|| (products / squares, value - products / squares * time))
}

fn seconds(items: &[(u64, f64)], at: u64) -> f64 {
    (at - items[0].0) as f64 / 1_000.0
}

fn residual(items: &[(u64, f64)]) -> Option<[Option<f64>; 2]> {
    let (slope, intercept) = line(items)?;
    let off = |(at, number): &(u64, f64)| number - intercept - slope * seconds(items, *at);
    let squares: f64 = items.iter().map(|item| off(item).powi(2)).sum();
    let error = (items.len() > 2).then(|| (squares / (items.len() - 2) as f64).sqrt());
    Some([Some(off(&items[items.len() - 1])), error])
}

/// Allows rounding errors of different computations that cancel large terms.
fn near(actual: &Output, expected: Option<f64>) -> bool {
    match (actual.number(), expected) {
        (Some(actual), Some(expected)) => {
            (actual - expected).abs() <= 1e-6 * expected.abs().max(1.0)
        }
        (actual, expected) => actual == expected,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_line_is_that_of_least_squares(items in series(80), window in SECOND..2 * MINUTE) {
        let events = numbers(&items);
        for (window, left) in [(None, &items[..]), (Some(window), since_restart(&items, window))] {
            let slope = line(left).map(|(slope, _)| slope);
            // Two moments a millisecond apart make a slope of any steepness.
            let steep = slope.is_some_and(|slope| slope.abs() > 1e5);
            let actual = answer(Op::Trend, window, &events);
            prop_assert!(steep || near(&actual, slope), "{actual:?}, not {slope:?}");
            let expected = residual(left);
            match (answer(Op::TrendResidual, window, &events), expected) {
                (Output::List(actual), Some(expected)) => prop_assert!(
                    steep || actual.iter().zip(expected).all(|(actual, expected)| match (actual.number(), expected) {
                        (Some(a), Some(e)) => (a - e).abs() < 1e-3,
                        (a, e) => a == e,
                    }),
                    "{actual:?}, not {expected:?}"
                ),
                (actual, expected) => prop_assert!(actual == Output::None && expected.is_none()),
            }
        }
    }

    #[test]
    fn a_level_counts_as_long_as_it_holds(
        items in series(80),
        window in SECOND..2 * MINUTE,
        later in 0..MINUTE,
    ) {
        let events = numbers(&items);
        let now = items[items.len() - 1].0 + later;
        for (window, left) in [(None, &items[..]), (Some(window), since_restart(&items, window))] {
            let ends = left[1..].iter().map(|(at, _)| *at).chain([now]);
            let area: f64 = left.iter().zip(ends).map(|((at, n), end)| n * (end - at) as f64).sum();
            let span = (now - left[0].0) as f64;
            let over = window.is_some_and(|window| now - left[0].0 >= window);
            let level = if span > 0.0 { area / span } else { left[left.len() - 1].1 };
            let expected = (!over).then_some(level);
            assert_agree(&answer_at(Op::Twa, window, &events, now), expected);

            let (first, last) = (left[0], left[left.len() - 1]);
            let rate = (last.0 > first.0 && !over)
                .then(|| (last.1 - first.1) / ((last.0 - first.0) as f64 / 1_000.0));
            assert_agree(&answer_at(Op::RateOfChange, window, &events, now), rate);
        }
    }
}

#[test]
fn a_straight_line_has_no_residual() {
    let items: Vec<_> = (0..50).map(|index| (index * 500, 3.0 + 2.0 * index as f64)).collect();
    assert_agree(&answer(Op::Trend, None, &numbers(&items)), 4.0);
    assert_agree(&answer(Op::TrendResidual, None, &numbers(&items)), list([0.0, 0.0]));
    let mut bent = items;
    bent.push((25_000, 0.0));
    let Output::List(residual) = answer(Op::TrendResidual, None, &numbers(&bent)) else { panic!() };
    assert!(residual[0].number().unwrap() < -80.0, "{residual:?}");
}

#[test]
fn a_window_that_is_over_has_no_answer() {
    let items = numbers(&[(0, 1.0), (SECOND, 3.0)]);
    for op in [Op::Twa, Op::RateOfChange, Op::Trend, Op::TrendResidual] {
        let at = |now| answer_at(op, Some(MINUTE), &items, now);
        assert_ne!(at(MINUTE - 1), Output::None, "{}", op.name());
        assert_eq!(at(MINUTE), Output::None, "{}", op.name());
    }
}
