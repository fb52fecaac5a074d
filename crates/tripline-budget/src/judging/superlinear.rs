//! Superlinear growth: each size is held to the line through the two sizes before it.
//!
//! Figures are whole, so each of the three may be one unit off the line that it comes from, up or down. What that alone
//! explains is no growth: 2 010, 4 008 and 8 010 blocks are within one of 2 for each of 1 000, 2 000 and 4 000 rows.
//! Whatever is above it is growth, to the unit.

use std::fmt;

use crate::metrics::GrowthMetric;
use crate::metrics::{DisplayScale, Metric};
use crate::runs::least_squares::MIN_POINTS;
use crate::runs::{Figures, SizePoint};
use crate::values::{Tolerance, format_count};

/// A figure that grows faster than the entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuperlinearGrowth {
    pub metric: GrowthMetric,
    /// The entities' name.
    pub entity: String,
    /// The smallest size first.
    pub points: Vec<SizePoint>,
    /// The index of the first size that is too high.
    pub at: usize,
    /// The figure that a line predicts for that size.
    pub predicted: u64,
    /// The line in the budget file, counted from 1; 0 if no line states the limit.
    pub line: usize,
}

impl Figures {
    /// Returns the superlinear growth of `metric`, if it exceeds `tolerance` of what was measured.
    ///
    /// Leaves out the part of a figure that grows in steps by itself, where that part is known.
    #[must_use]
    pub fn superlinear_growth(
        &self,
        metric: &GrowthMetric,
        tolerance: Option<Tolerance>,
    ) -> Option<SuperlinearGrowth> {
        let points = self.points(metric).filter(|points| points.len() >= MIN_POINTS)?;
        let steps =
            |at: usize| self.scale.get(at).and_then(|of_size| of_size.steps(metric)).unwrap_or(0);
        let without_steps = |at: usize| SizePoint {
            figure: points[at].figure.saturating_sub(steps(at)),
            ..points[at]
        };
        let (at, predicted) = (2..points.len()).find_map(|at| {
            let granted =
                tolerance.map_or(0, |tolerance| tolerance.allowance(points[at].figure, 1));
            let three = [without_steps(at - 2), without_steps(at - 1), without_steps(at)];
            prediction_if_above(three, granted).map(|predicted| (at, predicted))
        })?;
        let entity = self.entities.as_ref().map_or("entity", |entities| &entities.name).to_owned();
        let predicted = predicted.saturating_add(steps(at));
        let metric = metric.clone();
        Some(SuperlinearGrowth { metric, entity, points, at, predicted, line: 0 })
    }

    /// Returns `true` if the steps of `metric` are known at every size.
    #[must_use]
    pub fn knows_steps(&self, metric: &GrowthMetric) -> bool {
        self.scale.iter().all(|of_size| of_size.steps(metric).is_some())
    }
}

/// Returns the third figure as the line through the first two predicts it, if the third is above that by more
/// than `granted`.
///
/// A unit off at each size puts the third above by at most `2 × (run + next) / run`. A falling line predicts the figure
/// that it has reached, because nothing has to shrink further.
fn prediction_if_above(points: [SizePoint; 3], granted: u128) -> Option<u64> {
    let [x0, x1, x2] = points.map(|point| i128::from(point.size));
    let third = i128::from(points[2].figure);
    let (run, next) = (x1 - x0, x2 - x1);
    let granted = i128::try_from(granted).unwrap_or(i128::MAX).saturating_mul(run);
    let rounding = (run + next).saturating_mul(2);
    let most = line_times_run(points).saturating_add(granted).saturating_add(rounding);
    (third.saturating_mul(run) > most).then(|| prediction(points))
}

/// Returns the line's value at the third size, times the distance between the first two sizes.
fn line_times_run(points: [SizePoint; 3]) -> i128 {
    let [x0, x1, x2] = points.map(|point| i128::from(point.size));
    let [y0, y1, _] = points.map(|point| i128::from(point.figure));
    y1.saturating_mul(x1 - x0).saturating_add((y1 - y0).max(0).saturating_mul(x2 - x1))
}

fn prediction(points: [SizePoint; 3]) -> u64 {
    let run = points[1].size.saturating_sub(points[0].size).max(1);
    u64::try_from(line_times_run(points) / i128::from(run)).unwrap_or(u64::MAX)
}

/// Returns `true` if the figures grow no faster than a line, but for rounding to whole units.
#[must_use]
pub fn is_at_most_linear(points: &[SizePoint]) -> bool {
    points.windows(MIN_POINTS).all(|three| match three {
        [a, b, c] => prediction_if_above([*a, *b, *c], 0).is_none(),
        _ => true,
    })
}

/// Formats as `` `live_bytes` grows faster than the rows: 1 000: 8.0 KiB, … (a line predicts 80.0 KiB) ``.
impl fmt::Display for SuperlinearGrowth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = self.scale();
        let point = |point: &SizePoint| {
            format!("{}: {}", format_count(point.size), scale.format(point.figure))
        };
        let points: Vec<_> = self.points.iter().map(point).collect();
        let (metric, entities) = (&self.metric, plural(&self.entity));
        let predicted = scale.format(self.predicted);
        write!(
            f,
            "`{metric}` grows faster than the {entities}: {}   (a line predicts {predicted}",
            points.join(", ")
        )?;
        match self.at + 1 == self.points.len() {
            true => f.write_str(")"),
            false => write!(f, " at {})", format_count(self.points[self.at].size)),
        }
    }
}

impl SuperlinearGrowth {
    /// Returns the scale in which all of its figures are shown.
    #[must_use]
    pub fn scale(&self) -> DisplayScale {
        let figures = self.points.iter().map(|point| point.figure).chain([self.predicted]);
        let figures: Vec<u64> = figures.collect();
        DisplayScale::of(&Metric::total(self.metric.quantity()), &figures, self.excess())
    }

    /// Returns how far the first size that is too high is above the line.
    #[must_use]
    pub fn excess(&self) -> u64 {
        let point = self.points.get(self.at);
        point.map_or(0, |point| point.figure.saturating_sub(self.predicted))
    }
}

/// Returns how far the figure at `at` is above the line through the two before it.
#[must_use]
pub fn excess_over_line(points: &[SizePoint], at: usize) -> u64 {
    let Some([a, b, c]) = at.checked_sub(2).and_then(|from| points.get(from..=at)) else {
        return 0;
    };
    c.figure.saturating_sub(prediction([*a, *b, *c]))
}

/// Returns the plural as English mostly forms it.
fn plural(noun: &str) -> String {
    let ends = |ends: &[&str]| ends.iter().any(|end| noun.ends_with(end));
    match noun.strip_suffix('y') {
        Some(stem) if !ends(&["ay", "ey", "oy", "uy"]) => format!("{stem}ies"),
        _ if ends(&["s", "x", "z", "ch", "sh"]) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::runs::{Entities, FiguresAtSize};

    fn points<const N: usize>(points: [(u64, u64); N]) -> Vec<SizePoint> {
        points.map(|(size, figure)| SizePoint { size, figure }).to_vec()
    }

    fn figures(points: &[(u64, u64)], steps: &[u64]) -> Figures {
        let key = || "live_bytes".to_owned();
        let scaled = |(at, (size, bytes)): (usize, &(u64, u64))| FiguresAtSize {
            size: *size,
            metrics: [(key(), *bytes)].into(),
            in_steps: steps.get(at).map(|steps| (key(), *steps)).into_iter().collect(),
        };
        let entities = Some(Entities { name: "row".into(), count: 4_000 });
        let mut figures = Figures { entities, ..Figures::default() };
        figures.set_scale(points.iter().enumerate().map(scaled).collect());
        figures
    }

    fn growth(points: &[(u64, u64)], tolerance: &str) -> Option<String> {
        let tolerance = tolerance.parse().ok().map(Tolerance::Percent);
        let of = GrowthMetric::parse("live_bytes").unwrap();
        figures(points, &[]).superlinear_growth(&of, tolerance).map(|growth| growth.to_string())
    }

    const SQUARES: [(u64, u64); 3] = [(1_000, 8_192), (2_000, 32_768), (4_000, 131_072)];

    #[test]
    fn squares_are_told_with_what_a_line_predicts() {
        assert_eq!(
            growth(&SQUARES, "").unwrap(),
            "`live_bytes` grows faster than the rows: 1 000: 8.0 KiB, 2 000: 32.0 KiB, \
             4 000: 128.0 KiB   (a line predicts 80.0 KiB)"
        );
        let [a, b, c] = SQUARES;
        let then_straight = [a, b, c, (8_000, 200_000)];
        assert!(
            growth(&then_straight, "").unwrap().ends_with("(a line predicts 80.0 KiB at 4 000)")
        );
    }

    #[test]
    fn a_line_holds_and_so_does_what_grows_more_slowly() {
        assert_eq!(growth(&[(1_000, 900), (2_000, 1_700), (4_000, 3_300)], ""), None);
        assert_eq!(growth(&[(1_000, 900), (2_000, 1_700), (4_000, 1_800)], ""), None);
        assert_eq!(growth(&[(1, 7), (2, 7), (4, 7)], ""), None);
    }

    #[test]
    fn rounding_is_granted_and_no_more() {
        // One for every three.
        assert_eq!(growth(&[(1_000, 333), (2_000, 666), (4_000, 1_333)], ""), None);
        assert_eq!(growth(&[(1, 10), (2, 20), (4, 46)], ""), None);
        assert!(growth(&[(1, 10), (2, 20), (4, 47)], "").is_some());
        // Two less at one size, and three.
        assert_eq!(growth(&[(1_000, 2_010), (2_000, 4_008), (4_000, 8_010)], ""), None);
        assert!(growth(&[(1_000, 2_010), (2_000, 4_007), (4_000, 8_010)], "").is_some());
    }

    #[test]
    fn a_tolerance_is_of_what_was_measured() {
        let log = [(1_000, 10_000), (2_000, 22_000), (4_000, 48_000)];
        assert!(growth(&log, "").is_some());
        assert!(growth(&log, "4%").is_some());
        assert_eq!(growth(&log, "5%"), None);
    }

    #[test]
    fn what_shrank_need_not_shrink_further() {
        assert_eq!(growth(&[(1_000, 90), (2_000, 50), (4_000, 50)], ""), None);
        assert!(growth(&[(1_000, 90), (2_000, 50), (4_000, 60)], "").is_some());
    }

    #[test]
    fn what_comes_in_steps_is_out_of_the_question() {
        let points = [(1_000, 2_048), (2_000, 2_048), (4_000, 4_096)];
        let of = GrowthMetric::parse("live_bytes").unwrap();
        assert!(figures(&points, &[]).superlinear_growth(&of, None).is_some());
        let known = figures(&points, &[2_048, 2_048, 4_096]);
        assert!(known.knows_steps(&of) && known.superlinear_growth(&of, None).is_none());
        let partly =
            figures(&points, &[1_000, 1_000, 2_000]).superlinear_growth(&of, None).unwrap();
        assert_eq!((partly.predicted, partly.excess()), (3_048, 1_048));
    }

    #[test]
    fn nouns_have_plurals() {
        for (one, many) in
            [("row", "rows"), ("entry", "entries"), ("key", "keys"), ("box", "boxes")]
        {
            assert_eq!(plural(one), many);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_line_is_superlinear_however_it_is_rounded(
            first in 1..5_000_u64,
            doublings in proptest::collection::btree_set(0..12_u32, 3..6),
            (fixed, above, below) in (0..1_u64 << 30, 0..1_000_u64, 1..1_000_u64),
            up in proptest::collection::vec(any::<bool>(), 6),
        ) {
            let figure = |size: u64, up: bool| fixed + (size * above + if up { below - 1 } else { 0 }) / below;
            let sizes = doublings.iter().map(|doubling| first << doubling).zip(up);
            let points: Vec<_> =
                sizes.map(|(size, up)| SizePoint { size, figure: figure(size, up) }).collect();
            prop_assert!(is_at_most_linear(&points), "{points:?}");
        }

        #[test]
        fn every_square_is_superlinear(first in 2..5_000_u64, each in 1..1_000_u64) {
            let points = points([first, 2 * first, 4 * first].map(|size| (size, each * size * size)));
            prop_assert!(!is_at_most_linear(&points), "{points:?}");
        }

        #[test]
        fn nothing_panics(points in proptest::collection::vec(any::<(u64, u64)>(), 0..6)) {
            let of = GrowthMetric::parse("live_bytes").unwrap();
            let text = figures(&points, &[]).superlinear_growth(&of, None).map(|growth| growth.to_string());
            prop_assert!(text.is_none_or(|text| !text.is_empty()));
        }
    }
}
