//! Values that are kept as they came.

use std::collections::BTreeMap;

use proptest::prelude::*;
use workload_agg::{AggOp, Op, Output};

use crate::support::*;

fn kept(words: &[String]) -> Output {
    Output::List(words.iter().map(|word| Output::Text(word.as_str().into())).collect())
}

fn text(word: Option<&String>) -> Output {
    word.map_or(Output::None, |word| Output::Text(word.as_str().into()))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn they_are_picked_from_the_list(
        words in prop::collection::vec("[a-d]{1,2}", 1..60),
        n in 0..12_usize,
    ) {
        let events = texts(&words);
        let count = words.len();
        assert_eq!(answer(Op::First, None, &events), text(words.first()));
        assert_eq!(answer(Op::Last, None, &events), text(words.last()));
        assert_eq!(answer(Op::FirstN { n }, None, &events), kept(&words[..n.min(count)]));
        let recent = &words[count.saturating_sub(n)..];
        assert_eq!(answer(Op::LastN { n }, None, &events), kept(recent));
        let lagging = count.checked_sub(n + 1).map(|index| &words[index]);
        assert_eq!(answer(Op::Lag { n }, None, &events), text(lagging));
        let mut distinct: Vec<String> = Vec::new();
        for word in words.iter().rev() {
            if !distinct.contains(word) && distinct.len() < n {
                distinct.push(word.clone());
            }
        }
        assert_eq!(answer(Op::MostRecentN { n }, None, &events), kept(&distinct));
        let changes = words.windows(2).filter(|pair| pair[0] != pair[1]).count() as u64;
        assert_agree(&answer(Op::ValueChangeCount, None, &events), changes);
    }

    #[test]
    fn changes_count_from_the_restart(
        items in series(60),
        window in SECOND..MINUTE,
        later in 0..MINUTE,
    ) {
        let items: Vec<_> = items.iter().map(|(at, n)| (*at, (*n / 500.0).trunc())).collect();
        let mut start = 0;
        for (index, (at, _)) in items.iter().enumerate() {
            if at - items[start].0 >= window {
                start = index;
            }
        }
        let now = items[items.len() - 1].0 + later;
        let changes = items[start..].windows(2).filter(|pair| pair[0].1 != pair[1].1).count();
        let expected = if now - items[start].0 < window { changes as u64 } else { 0 };
        let actual = answer_at(Op::ValueChangeCount, Some(window), &numbers(&items), now);
        assert_agree(&actual, expected);
    }

    #[test]
    fn a_sample_holds_values_that_came_and_as_many_as_it_may(count in 0..300_u64, samples in 0..20_usize) {
        let Output::List(sample) = answer(Op::ReservoirSample { samples }, None, &texts(0..count)) else {
            panic!()
        };
        prop_assert_eq!(sample.len(), samples.min(count as usize));
        let came: Vec<_> = (0..count).map(|word| Output::Text(word.to_string().into())).collect();
        let distinct = sample.iter().filter(|value| came.contains(value)).count();
        prop_assert_eq!(distinct, sample.len());
    }
}

#[test]
fn a_sample_is_fair() {
    let events: Vec<_> = (0..120_000_u64).map(|value| (value, value as f64)).collect();
    let op = Op::ReservoirSample { samples: 30_000 };
    let Output::List(sample) = answer(op, None, &numbers(&events)) else { panic!() };
    let mut tenths = BTreeMap::<u64, u64>::new();
    for value in sample {
        *tenths.entry(value.number().unwrap() as u64 / 12_000).or_default() += 1;
    }
    // 3 000 expected of each; five standard deviations are 237.
    assert!(tenths.values().all(|count| count.abs_diff(3_000) < 237), "{tenths:?}");
}

#[test]
fn a_kept_value_has_its_time_and_its_number() {
    let events = texts(["a", "b", "a", "c"]);
    let AggOp::First(first) = fed(&feature(Op::First, None), &events) else { panic!() };
    let AggOp::Last(last) = fed(&feature(Op::Last, None), &events) else { panic!() };
    assert_eq!([first.at(), last.at()], [Some(0), Some(3)]);
    let AggOp::FirstN(first) = fed(&feature(Op::FirstN { n: 2 }, None), &events) else { panic!() };
    let AggOp::LastN(last) = fed(&feature(Op::LastN { n: 2 }, None), &events) else { panic!() };
    let AggOp::Lag(lag) = fed(&feature(Op::Lag { n: 2 }, None), &events) else { panic!() };
    assert_eq!([first.seen(), last.seen(), lag.seen()], [4, 4, 4]);
    let op = Op::MostRecentN { n: 2 };
    let AggOp::MostRecentN(recent) = fed(&feature(op, None), &events) else { panic!() };
    assert_eq!(recent.seen(), (4, 1));
    let op = Op::TimeSinceLastN { n: 2 };
    let AggOp::TimeSinceLastN(times) = fed(&feature(op, None), &events) else { panic!() };
    assert_eq!(times.seen(), 4);
}

#[test]
fn nothing_is_kept_of_nothing() {
    assert_eq!(answer(Op::First, None, &[]), Output::None);
    assert_eq!(answer(Op::Last, None, &[]), Output::None);
    assert_eq!(answer(Op::Lag { n: 0 }, None, &[]), Output::None);
    assert_eq!(answer(Op::LastN { n: 3 }, None, &[]), Output::List(Vec::new()));
}
