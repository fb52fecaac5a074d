//! Short ways to write features, events and answers.

use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use workload_agg::{AggOp, Event, Feature, Input, Op, Output, Value};

pub(crate) const SECOND: u64 = 1_000;
pub(crate) const MINUTE: u64 = 60 * SECOND;
pub(crate) const HOUR: u64 = 60 * MINUTE;
pub(crate) const DAY: u64 = 24 * HOUR;

/// An event's time and its values.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    pub(crate) at: u64,
    pub(crate) values: Vec<Value>,
}

impl Happened {
    pub(crate) fn event(&self) -> Event<'_> {
        Event { at: self.at, values: &self.values }
    }
}

/// Makes a feature of the first field, or of the first two if the operator needs a point.
pub(crate) fn feature(op: Op, window: Option<u64>) -> Feature {
    let input = match op {
        Op::GeoVelocity | Op::GeoDistance | Op::GeoSpread | Op::DistanceFromHome => {
            Input::Point { lat: 0, lon: 1 }
        }
        _ => Input::Field(0),
    };
    Feature { name: op.name().to_owned(), op, input, window }
}

pub(crate) fn fed(feature: &Feature, events: &[Happened]) -> AggOp {
    let mut state = AggOp::new(feature);
    for event in events {
        state.update(feature, &event.event());
    }
    state
}

/// Returns the answer at the moment of the latest event.
pub(crate) fn answer(op: Op, window: Option<u64>, events: &[Happened]) -> Output {
    let now = events.last().map_or(0, |event| event.at);
    answer_at(op, window, events, now)
}

pub(crate) fn answer_at(op: Op, window: Option<u64>, events: &[Happened], now: u64) -> Output {
    let feature = feature(op, window);
    fed(&feature, events).output(&feature, now)
}

/// Makes events of numbers and their times.
pub(crate) fn numbers(items: &[(u64, f64)]) -> Vec<Happened> {
    let event = |&(at, number)| Happened { at, values: vec![Value::F64(number)] };
    items.iter().map(event).collect()
}

/// Makes events of strings, one a millisecond.
pub(crate) fn texts<T: ToString>(items: impl IntoIterator<Item = T>) -> Vec<Happened> {
    let value = |item: T| Value::Str(item.to_string().into());
    (0..).zip(items).map(|(at, item)| Happened { at, values: vec![value(item)] }).collect()
}

/// Configures proptest to show a failure, but not to write it down.
pub(crate) fn cases() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// Makes numbers from -1 000 to 1 000, up to four seconds apart.
pub(crate) fn series(most: usize) -> impl Strategy<Value = Vec<(u64, f64)>> {
    let item = (0..4 * SECOND, -1_000_000..1_000_000_i64);
    prop::collection::vec(item, 1..most).prop_map(|items| {
        let mut at = 1_700_000_000_000;
        let timed = items.into_iter().map(|(gap, thousandths)| {
            at += gap;
            (at, thousandths as f64 / 1_000.0)
        });
        timed.collect()
    })
}

/// Returns the same random numbers in every run.
pub(crate) fn random(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut random = StdRng::seed_from_u64(seed);
    move |below| random.gen_range(0..below)
}

pub(crate) fn is_close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1.0)
}

/// Compares floats within 1e-9, all else exactly.
pub(crate) fn agree(left: &Output, right: &Output) -> bool {
    match (left, right) {
        (Output::Number(left), Output::Number(right)) => is_close(*left, *right),
        (Output::List(left), Output::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(a, b)| agree(a, b))
        }
        _ => left == right,
    }
}

#[track_caller]
pub(crate) fn assert_agree(actual: &Output, expected: impl Into<Output>) {
    let expected = expected.into();
    assert!(agree(actual, &expected), "{actual:?}, not {expected:?}");
}

pub(crate) fn list<T: Into<Output>>(items: impl IntoIterator<Item = T>) -> Output {
    Output::List(items.into_iter().map(Into::into).collect())
}

pub(crate) fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// Returns the variance of a sample, in two passes.
pub(crate) fn variance(numbers: &[f64]) -> Option<f64> {
    let mean = mean(numbers);
    let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
    (numbers.len() > 1).then(|| squares / (numbers.len() - 1) as f64)
}

/// Returns a number by its rank, counted from 0.
pub(crate) fn of_rank(numbers: &[f64], q: f64) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(q * (sorted.len() - 1) as f64) as usize]
}
