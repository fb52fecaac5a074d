//! The order in which a round runs, and quartiles over the rounds.

use std::time::Duration;

/// The middle half of several figures, and the median.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quartiles {
    pub(super) lower: f64,
    pub(super) median: f64,
    pub(super) upper: f64,
}

impl Quartiles {
    /// Returns `None` if there are no values, or one is not finite.
    pub(super) fn of(mut values: Vec<f64>) -> Option<Self> {
        if values.is_empty() || values.iter().any(|value| !value.is_finite()) {
            return None;
        }
        values.sort_by(f64::total_cmp);
        let quantile = |part| quantile(&values, part);
        Some(Self { lower: quantile(0.25), median: quantile(0.5), upper: quantile(0.75) })
    }
}

/// Interpolates between the two nearest values. `sorted` is not empty.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let position = (sorted.len() - 1) as f64 * part;
    let (below, above) = (sorted[position.floor() as usize], sorted[position.ceil() as usize]);
    below + (above - below) * position.fract()
}

/// Returns `all` in the order of a round. Each round begins with another, so that no member always follows
/// the same one.
pub(super) fn in_turn<T>(all: &[T], round: usize) -> impl Iterator<Item = &T> {
    let (late, early) = all.split_at(round % all.len().max(1));
    early.iter().chain(late)
}

/// Returns `time` in milliseconds.
pub(super) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_stand_between_values_where_they_must() {
        let quartiles = |values: &[f64]| {
            let Quartiles { lower, median, upper } = Quartiles::of(values.to_vec()).unwrap();
            [lower, median, upper]
        };
        assert_eq!(quartiles(&[3.0]), [3.0, 3.0, 3.0]);
        assert_eq!(quartiles(&[2.0, 1.0]), [1.25, 1.5, 1.75]);
        assert_eq!(quartiles(&[5.0, 1.0, 4.0, 2.0, 3.0]), [2.0, 3.0, 4.0]);
    }

    #[test]
    fn nothing_and_no_numbers_have_none() {
        assert_eq!(Quartiles::of(Vec::new()), None);
        assert_eq!(Quartiles::of(vec![1.0, f64::NAN]), None);
        assert_eq!(Quartiles::of(vec![1.0, f64::INFINITY]), None);
    }

    #[test]
    fn each_round_begins_with_another() {
        let turns: Vec<Vec<_>> =
            (0..4).map(|round| in_turn(&["a", "b", "c"], round).copied().collect()).collect();
        assert_eq!(turns, [["a", "b", "c"], ["b", "c", "a"], ["c", "a", "b"], ["a", "b", "c"]]);
        assert_eq!(in_turn::<u8>(&[], 1).count(), 0);
    }
}
