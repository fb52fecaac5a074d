//! Whether a figure grows by more than a line: each size is held to the line through the two before it.

use std::fmt;

use crate::fit::FEWEST;
use crate::{Figures, Grown, Metric, Scale, Tolerance, format_count};

/// A figure that grows faster than the entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bend {
    pub of: Grown,
    /// What the entities are called.
    pub entity: String,
    /// Sizes and figures, the smallest first.
    pub points: Vec<(u64, u64)>,
    /// The first size that is too high, by its place.
    pub at: usize,
    /// What a line predicts of it.
    pub predicted: u64,
    /// Of the budget file, counted from 1; 0 where none asks for the line.
    pub line: usize,
}

impl Figures {
    /// How `of` bends, if it does by more than `tolerance` of what was measured. What comes in steps by itself
    /// is left out of the question, where that is known.
    #[must_use]
    pub fn bend(&self, of: &Grown, tolerance: Option<Tolerance>) -> Option<Bend> {
        let points = self.points(of).filter(|points| points.len() >= FEWEST)?;
        let steps = |at: usize| self.scale.get(at).and_then(|scaled| scaled.steps(of)).unwrap_or(0);
        let rest = |at: usize| {
            let (size, figure) = points[at];
            (size, figure.saturating_sub(steps(at)))
        };
        let (at, predicted) = (2..points.len()).find_map(|at| {
            let granted = tolerance.map_or(0, |tolerance| tolerance.allowance(points[at].1, 1));
            beyond([rest(at - 2), rest(at - 1), rest(at)], granted).map(|line| (at, line))
        })?;
        let entity = self.entities.as_ref().map_or("entity", |entities| &entities.name).to_owned();
        let predicted = predicted.saturating_add(steps(at));
        Some(Bend { of: of.clone(), entity, points, at, predicted, line: 0 })
    }

    /// Whether somebody looked for what of `of` comes in steps.
    #[must_use]
    pub fn knows_steps(&self, of: &Grown) -> bool {
        self.scale.iter().all(|scaled| scaled.steps(of).is_some())
    }
}

/// What the line through the first two predicts of the third, if that is beyond it and what is granted.
///
/// Figures are whole, so each may be almost one off the line that it comes of. A line that falls predicts
/// what it has reached: less than that is not asked for.
fn beyond(points: [(u64, u64); 3], granted: u128) -> Option<u64> {
    let [(x0, _), (x1, _), (x2, y2)] = points.map(wide);
    let (run, next) = (x1 - x0, x2 - x1);
    let granted = i128::try_from(granted).unwrap_or(i128::MAX).saturating_mul(run);
    let most = line(points).saturating_add(granted).saturating_add(run + next);
    (y2.saturating_mul(run) >= most).then(|| predicted(points))
}

/// The line at the third, times what lies between the first two.
fn line(points: [(u64, u64); 3]) -> i128 {
    let [(x0, y0), (x1, y1), (x2, _)] = points.map(wide);
    y1.saturating_mul(x1 - x0).saturating_add((y1 - y0).max(0).saturating_mul(x2 - x1))
}

fn predicted(points: [(u64, u64); 3]) -> u64 {
    let run = points[1].0.saturating_sub(points[0].0).max(1);
    u64::try_from(line(points) / i128::from(run)).unwrap_or(u64::MAX)
}

fn wide((x, y): (u64, u64)) -> (i128, i128) {
    (x.into(), y.into())
}

/// Whether three sizes, by what is in question of each, are at most a line but for rounding to `unit`s.
#[must_use]
pub fn is_at_most_linear(points: &[(u64, u64)]) -> bool {
    points.windows(FEWEST).all(|three| match three {
        [a, b, c] => beyond([*a, *b, *c], 0).is_none(),
        _ => true,
    })
}

/// `` `live_bytes` grows faster than the rows: 1 000: 8.0 KiB, … (a line predicts 80.0 KiB) ``
impl fmt::Display for Bend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = self.scale();
        let point = |(size, figure): &(u64, u64)| {
            format!("{}: {}", format_count(*size), scale.format(*figure))
        };
        let points: Vec<_> = self.points.iter().map(point).collect();
        let (of, entities) = (&self.of, plural(&self.entity));
        let predicted = scale.format(self.predicted);
        write!(
            f,
            "`{of}` grows faster than the {entities}: {}   (a line predicts {predicted}",
            points.join(", ")
        )?;
        match self.at + 1 == self.points.len() {
            true => f.write_str(")"),
            false => write!(f, " at {})", format_count(self.points[self.at].0)),
        }
    }
}

impl Bend {
    /// In which all its figures are shown.
    #[must_use]
    pub fn scale(&self) -> Scale {
        let least = self.points.iter().map(|(_, figure)| *figure).min().unwrap_or(0);
        let above = self.points.get(self.at).map_or(0, |(_, figure)| *figure);
        let difference = above.saturating_sub(self.predicted).min(least);
        Scale::of(&Metric::total(self.of.quantity()), above, difference)
    }

    /// How far the first size that is too high is above the line.
    #[must_use]
    pub fn excess(&self) -> u64 {
        self.points.get(self.at).map_or(0, |(_, figure)| figure.saturating_sub(self.predicted))
    }
}

/// How far the figure at `at` is above the line through the two before it.
#[must_use]
pub fn above_line(points: &[(u64, u64)], at: usize) -> u64 {
    let Some([a, b, c]) = at.checked_sub(2).and_then(|from| points.get(from..=at)) else {
        return 0;
    };
    c.1.saturating_sub(predicted([*a, *b, *c]))
}

/// As English mostly forms it.
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
    use crate::{Entities, Scaled};

    fn figures(points: &[(u64, u64)], steps: &[u64]) -> Figures {
        let key = || "live_bytes".to_owned();
        let scaled = |(at, (size, bytes)): (usize, &(u64, u64))| Scaled {
            size: *size,
            metrics: [(key(), *bytes)].into(),
            in_steps: steps.get(at).map(|steps| (key(), *steps)).into_iter().collect(),
        };
        let entities = Some(Entities { name: "row".into(), count: 4_000 });
        let mut figures = Figures { entities, ..Figures::default() };
        figures.set_scale(points.iter().enumerate().map(scaled).collect());
        figures
    }

    fn bend(points: &[(u64, u64)], tolerance: &str) -> Option<String> {
        let tolerance = tolerance.parse().ok().map(Tolerance::Percent);
        let of = Grown::parse("live_bytes").unwrap();
        figures(points, &[]).bend(&of, tolerance).map(|bend| bend.to_string())
    }

    const SQUARES: [(u64, u64); 3] = [(1_000, 8_192), (2_000, 32_768), (4_000, 131_072)];

    #[test]
    fn squares_are_told_with_what_a_line_predicts() {
        assert_eq!(
            bend(&SQUARES, "").unwrap(),
            "`live_bytes` grows faster than the rows: 1 000: 8.0 KiB, 2 000: 32.0 KiB, \
             4 000: 128.0 KiB   (a line predicts 80.0 KiB)"
        );
        let [a, b, c] = SQUARES;
        let then_straight = [a, b, c, (8_000, 200_000)];
        assert!(bend(&then_straight, "").unwrap().ends_with("(a line predicts 80.0 KiB at 4 000)"));
    }

    #[test]
    fn a_line_holds_and_so_does_what_grows_more_slowly() {
        assert_eq!(bend(&[(1_000, 900), (2_000, 1_700), (4_000, 3_300)], ""), None);
        assert_eq!(bend(&[(1_000, 900), (2_000, 1_700), (4_000, 1_800)], ""), None);
        assert_eq!(bend(&[(1, 7), (2, 7), (4, 7)], ""), None);
    }

    #[test]
    fn rounding_is_granted_and_no_more() {
        // One for every three.
        assert_eq!(bend(&[(1_000, 333), (2_000, 666), (4_000, 1_333)], ""), None);
        assert_eq!(bend(&[(1, 10), (2, 20), (4, 42)], ""), None);
        assert!(bend(&[(1, 10), (2, 20), (4, 43)], "").is_some());
    }

    #[test]
    fn a_tolerance_is_of_what_was_measured() {
        let log = [(1_000, 10_000), (2_000, 22_000), (4_000, 48_000)];
        assert!(bend(&log, "").is_some());
        assert!(bend(&log, "4%").is_some());
        assert_eq!(bend(&log, "5%"), None);
    }

    #[test]
    fn what_shrank_need_not_shrink_further() {
        assert_eq!(bend(&[(1_000, 90), (2_000, 50), (4_000, 50)], ""), None);
        assert!(bend(&[(1_000, 90), (2_000, 50), (4_000, 60)], "").is_some());
    }

    #[test]
    fn what_comes_in_steps_is_out_of_the_question() {
        let points = [(1_000, 2_048), (2_000, 2_048), (4_000, 4_096)];
        let of = Grown::parse("live_bytes").unwrap();
        assert!(figures(&points, &[]).bend(&of, None).is_some());
        let known = figures(&points, &[2_048, 2_048, 4_096]);
        assert!(known.knows_steps(&of) && known.bend(&of, None).is_none());
        let partly = figures(&points, &[1_000, 1_000, 2_000]).bend(&of, None).unwrap();
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
        fn no_line_bends_however_it_is_rounded(
            first in 1..5_000_u64,
            doublings in proptest::collection::btree_set(0..12_u32, 3..6),
            (fixed, above, below) in (0..1_u64 << 30, 0..1_000_u64, 1..1_000_u64),
            up in any::<bool>(),
        ) {
            let figure = |size: u64| fixed + (size * above + if up { below - 1 } else { 0 }) / below;
            let sizes = doublings.iter().map(|doubling| first << doubling);
            let points: Vec<_> = sizes.map(|size| (size, figure(size))).collect();
            prop_assert!(is_at_most_linear(&points), "{points:?}");
        }

        #[test]
        fn every_square_bends(first in 2..5_000_u64, each in 1..1_000_u64) {
            let points = [first, 2 * first, 4 * first].map(|size| (size, each * size * size));
            prop_assert!(!is_at_most_linear(&points), "{points:?}");
        }

        #[test]
        fn nothing_panics(points in proptest::collection::vec(any::<(u64, u64)>(), 0..6)) {
            let of = Grown::parse("live_bytes").unwrap();
            let told = figures(&points, &[]).bend(&of, None).map(|bend| bend.to_string());
            prop_assert!(told.is_none_or(|told| !told.is_empty()));
        }
    }
}
