//! The number of times that each value comes.

use std::collections::BTreeMap;

use proptest::prelude::*;
use workload_agg::sketch::CountMin;
use workload_agg::{Op, Output};

use crate::support::*;

fn counts<T: Ord + Clone>(items: &[T]) -> BTreeMap<T, u64> {
    let mut counts = BTreeMap::new();
    for item in items {
        *counts.entry(item.clone()).or_default() += 1;
    }
    counts
}

fn entropy(counts: impl Iterator<Item = u64>) -> f64 {
    let counts: Vec<_> = counts.collect();
    let total = counts.iter().sum::<u64>() as f64;
    counts.iter().map(|count| *count as f64 / total).map(|share| -share * share.log2()).sum()
}

/// Returns the most frequent first, then by name.
fn ranked(words: &[u32], k: usize) -> Output {
    let mut ranked: Vec<_> =
        counts(words).into_iter().map(|(word, count)| (word.to_string(), count)).collect();
    ranked.sort_by(|left, right| right.1.cmp(&left.1).then(left.0.cmp(&right.0)));
    let pair = |(word, count): (String, u64)| {
        Output::List(vec![Output::Text(word.into()), Output::Number(count as f64)])
    };
    Output::List(ranked.into_iter().take(k).map(pair).collect())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn they_are_exact_to_the_threshold(
        words in prop::collection::vec(0..900_u32, 1..1_200),
        k in 0..9_usize,
    ) {
        let events = texts(&words);
        assert_eq!(answer(Op::TopK { k }, None, &events), ranked(&words, k));
        assert_agree(&answer(Op::Entropy, None, &events), entropy(counts(&words).into_values()));
    }

    #[test]
    fn a_mix_is_the_latest_types_share(words in prop::collection::vec(0..100_u32, 1..400)) {
        let mut first: Vec<u32> = Vec::new();
        for word in &words {
            if !first.contains(word) && first.len() < 64 {
                first.push(*word);
            }
        }
        let kind = |word: &u32| first.iter().position(|held| held == word);
        let last = kind(&words[words.len() - 1]);
        let same = words.iter().filter(|word| kind(word) == last).count();
        let expected = same as f64 / words.len() as f64;
        assert_agree(&answer(Op::EventTypeMix, None, &texts(&words)), expected);
    }

    #[test]
    fn a_sketch_is_never_too_low(items in prop::collection::vec((0..500_u64, 1..50_u64), 0..800)) {
        let mut sketch = CountMin::default();
        let mut exact = BTreeMap::new();
        for (item, count) in &items {
            let hash = hash(*item);
            sketch.add(hash, *count);
            *exact.entry(hash).or_default() += count;
        }
        prop_assert_eq!(sketch.total(), exact.values().sum::<u64>());
        for (hash, count) in exact {
            prop_assert!(sketch.estimate(hash) >= count);
        }
    }
}

/// Makes a step of splitmix64's finaliser, so that consecutive numbers give unrelated hashes.
fn hash(item: u64) -> u64 {
    let mixed =
        (item.wrapping_add(0x9e37_79b9_7f4a_7c15) ^ item >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ mixed >> 31
}

#[test]
fn a_sketch_is_too_high_by_more_than_its_bound_in_few_cases() {
    let mut sketch = CountMin::default();
    let items = 0..20_000_u64;
    // One in a hundred is heavy, so that an item that shares all its counters with one is far off.
    let count = |item: u64| if item.is_multiple_of(100) { 1_000 } else { 1 };
    for item in items.clone() {
        sketch.add(hash(item), count(item));
    }
    let total: u64 = items.clone().map(count).sum();
    let bound = (std::f64::consts::E / 2_048.0 * total as f64) as u64;
    let over = items.filter(|item| sketch.estimate(hash(*item)) > count(*item) + bound).count();
    assert!(over < (20_000.0 * (-4.0_f64).exp()) as usize, "{over}");
    let mut twice = sketch.clone();
    twice.merge(&sketch);
    assert_eq!(twice.estimate(hash(7)), 2 * sketch.estimate(hash(7)));
    assert_eq!(twice.total(), 2 * total);
}

/// Returns three values that come often among thousands that come once.
fn skewed() -> Vec<u32> {
    let often = |index: u32| match index % 20 {
        0..=3 => 1_000_001,
        4..=6 => 1_000_002,
        7..=8 => 1_000_003,
        _ => index,
    };
    (0..10_000).map(often).collect()
}

/// Returns names and counts.
fn top(output: &Output) -> Vec<(String, f64)> {
    let Output::List(pairs) = output else { panic!("{output:?}") };
    let pair = |pair: &Output| match pair {
        Output::List(pair) => match &pair[..] {
            [Output::Text(name), Output::Number(count)] => (name.to_string(), *count),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    pairs.iter().map(pair).collect()
}

#[test]
fn what_comes_often_is_found_among_thousands() {
    let words = skewed();
    let found = top(&answer(Op::TopK { k: 3 }, None, &texts(&words)));
    let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["1000001", "1000002", "1000003"]);
    for ((_, found), exact) in found.iter().zip([2_000.0, 1_500.0, 1_000.0]) {
        assert!((exact..exact + 13.3).contains(found), "{found} for {exact}");
    }
}

#[test]
fn two_sketches_find_what_one_finds() {
    let words = skewed();
    let feature = feature(Op::TopK { k: 3 }, None);
    // An exact state and a sketch, in both orders, and two sketches.
    for cut in [500, 5_000, 9_500] {
        let events = texts(&words);
        let mut merged = fed(&feature, &events[..cut]);
        merged.merge(&feature, &fed(&feature, &events[cut..]));
        let found = top(&merged.output(&feature, 0));
        let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["1000001", "1000002", "1000003"]);
    }
}

#[test]
fn beyond_its_threshold_entropy_is_too_low() {
    let exact = answer(Op::Entropy, None, &texts(0..1_024)).number().unwrap();
    assert!(is_close(exact, 10.0), "{exact}");
    let beyond = answer(Op::Entropy, None, &texts(0..2_048)).number().unwrap();
    assert!(is_close(beyond, entropy((0..1_024).map(|_| 1).chain([1_024]))), "{beyond}");
    assert!(beyond < 11.0);
    assert_eq!(answer(Op::Entropy, None, &[]), Output::None);
    assert_agree(&answer(Op::Entropy, None, &texts(["a", "a"])), 0.0);
}

#[test]
fn what_entropy_does_not_tell_apart_is_merged_too() {
    let feature = feature(Op::Entropy, None);
    let mut merged = fed(&feature, &texts(0..2_048));
    merged.merge(&feature, &fed(&feature, &texts(0..2_048)));
    let expected = entropy((0..1_024).map(|_| 2).chain([2_048]));
    assert_agree(&merged.output(&feature, 0), expected);
}

#[test]
fn numbers_have_names_too() {
    let items = numbers(&[(0, 1.5), (1, 1.5), (2, 7.0)]);
    let found = top(&answer(Op::TopK { k: 2 }, None, &items));
    assert_eq!(found, [("1.5".to_owned(), 2.0), ("7".to_owned(), 1.0)]);
}
