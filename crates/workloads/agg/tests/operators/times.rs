//! Times of events, streaks, and hours.

use proptest::prelude::*;
use workload_agg::{AggOp, Op, Output};

use crate::support::*;

fn moments(items: &[(u64, f64)]) -> Vec<u64> {
    items.iter().map(|(at, _)| *at).collect()
}

/// Returns the events after the last silence of a whole window.
fn since_silence(times: &[u64], window: u64) -> &[u64] {
    let silent = |index: &usize| times[*index] - times[*index - 1] >= window;
    &times[(1..times.len()).rev().find(silent).unwrap_or(0)..]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn first_and_last_are_told_from_the_list(items in series(50), later in 0..HOUR, n in 1..60_usize) {
        let events = numbers(&items);
        let times = moments(&items);
        let (first, last) = (times[0], times[times.len() - 1]);
        let now = last + later;
        let at = |op| answer_at(op, None, &events, now);
        assert_agree(&at(Op::FirstSeen), first);
        assert_agree(&at(Op::LastSeen), last);
        assert_agree(&at(Op::Age), now - first);
        assert_agree(&at(Op::TimeSince), later);
        assert_eq!(at(Op::HasSeen), Output::Flag(true));
        let nth = times.len().checked_sub(n).map(|index| now - times[index]);
        assert_agree(&at(Op::TimeSinceLastN { n }), nth);
    }

    #[test]
    fn silence_ends_a_window(items in series(50), window in SECOND..5 * SECOND, later in 0..8 * SECOND) {
        let events = numbers(&items);
        let times = moments(&items);
        let left = since_silence(&times, window);
        let now = times[times.len() - 1] + later;
        let seen = later < window;
        let first = seen.then_some(left[0]);
        assert_agree(&answer_at(Op::FirstSeenInWindow, Some(window), &events, now), first);

        let gaps: Vec<_> = left.windows(2).map(|pair| (pair[1] - pair[0]) as f64).collect();
        let average = (!gaps.is_empty()).then(|| mean(&gaps));
        let deviation = variance(&gaps).map(f64::sqrt);
        let expected = list([Some(gaps.len() as f64), average, deviation]);
        let expected = if seen { expected } else { Output::None };
        assert_agree(&answer_at(Op::InterArrivalStats, Some(window), &events, now), expected);
    }

    #[test]
    fn a_burst_is_the_fullest_sub_window(
        items in series(100),
        sub_window in SECOND / 2..5 * SECOND,
        buckets in 1..90_u64,
        later in 0..MINUTE,
    ) {
        let window = sub_window * buckets;
        let width = sub_window.max(window.div_ceil(64));
        let kept = window.div_ceil(width);
        let times = moments(&items);
        let now = times[times.len() - 1] + later;
        let full = |index: u64| times.iter().filter(|at| **at / width == index).count() as u64;
        let live = times.iter().map(|at| at / width).filter(|index| now / width - index < kept);
        let expected = live.map(full).max().unwrap_or(0);
        let actual = answer_at(Op::BurstCount { sub_window }, Some(window), &numbers(&items), now);
        assert_agree(&actual, expected);
    }

    #[test]
    fn streaks_are_runs(flags in prop::collection::vec(any::<bool>(), 0..60)) {
        let items: Vec<_> = (0..).zip(&flags).map(|(at, on)| (at, f64::from(u8::from(*on)))).collect();
        let events = numbers(&items);
        let runs: Vec<_> = flags.chunk_by(|left, right| left == right).collect();
        let of = |on: bool| {
            let last = runs.last().filter(|run| run[0] == on);
            last.map_or(0, |run| run.len()) as u64
        };
        assert_agree(&answer(Op::Streak, None, &events), of(true));
        assert_agree(&answer(Op::NegativeStreak, None, &events), of(false));
        let longest = runs.iter().filter(|run| run[0]).map(|run| run.len()).max().unwrap_or(0);
        assert_agree(&answer(Op::MaxStreak, None, &events), longest as u64);
        let AggOp::Streak(streak) = fed(&feature(Op::Streak, None), &events) else { panic!() };
        let since = (of(true) > 0).then(|| flags.len() as u64 - of(true));
        prop_assert_eq!(streak.since(), since);
    }

    #[test]
    fn hours_are_counted_apart(gaps in prop::collection::vec(0..2 * DAY, 1..80)) {
        let mut at = 0;
        let items: Vec<_> = gaps.iter().map(|gap| { at += gap; (at, 0.0) }).collect();
        let hours: Vec<u64> = items.iter().map(|(at, _)| at / HOUR).collect();
        let of_day = |hour: u64| hours.iter().filter(|at| **at % 24 == hour).count() as u64;
        let actual = answer(Op::HourOfDayHistogram, None, &numbers(&items));
        assert_agree(&actual, list((0..24).map(of_day)));
        // The first Monday was the 5th of January 1970, four days in.
        let of_week = |hour: u64| {
            hours.iter().filter(|at| (**at + 7 * 24 - 4 * 24) % (7 * 24) == hour).count() as u64
        };
        let actual = answer(Op::DowHourHistogram, None, &numbers(&items));
        assert_agree(&actual, list((0..7 * 24).map(of_week)));
    }
}

#[test]
fn who_never_came_was_not_seen() {
    assert_eq!(answer(Op::HasSeen, None, &[]), Output::Flag(false));
    let none = [
        Op::FirstSeen,
        Op::LastSeen,
        Op::Age,
        Op::TimeSince,
        Op::TimeSinceLastN { n: 1 },
        Op::FirstSeenInWindow,
        Op::InterArrivalStats,
        Op::DowHourHistogram,
    ];
    for op in none {
        assert_eq!(answer(op, None, &[]), Output::None, "{}", op.name());
    }
}

#[test]
fn a_sunday_evening_is_the_weeks_last_hour() {
    // 2023-11-19 23:59:59 UTC, and a second later.
    let sunday = 1_700_438_399_000;
    let Output::List(hours) = answer(Op::DowHourHistogram, None, &numbers(&[(sunday, 0.0)])) else {
        panic!()
    };
    assert_eq!(hours[167], Output::Number(1.0));
    let Output::List(hours) =
        answer(Op::DowHourHistogram, None, &numbers(&[(sunday + SECOND, 0.0)]))
    else {
        panic!()
    };
    assert_eq!(hours[0], Output::Number(1.0));
}

#[test]
fn a_sub_window_is_longer_where_the_window_would_have_too_many() {
    // 600 of a second; 64 of 9 375 ms.
    let op = Op::BurstCount { sub_window: SECOND };
    let together = numbers(&[(0, 0.0), (9_374, 0.0)]);
    assert_eq!(answer(op, Some(10 * MINUTE), &together), Output::Number(2.0));
    let apart = numbers(&[(0, 0.0), (9_375, 0.0)]);
    assert_eq!(answer(op, Some(10 * MINUTE), &apart), Output::Number(1.0));
}
