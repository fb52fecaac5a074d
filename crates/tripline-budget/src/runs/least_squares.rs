//! The straight line through what a workload cost at several sizes: least squares, in exact fractions.
//!
//! Figures are whole, so each may be one unit off the line that it comes from. Where all are, of a line whose entities cost
//! a whole number of units each, an entity costs that number. A unit that is missing at one size is no share of it: a limit
//! of 2 blocks is not 3, because one size of 4 000 rows had a block or two less. What is before the first entity is then
//! the lower of what both lines begin with. Whatever is further off is growth, to the unit.

use crate::runs::SizePoint;

/// A line, each part rounded up to a whole unit and never below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FittedLine {
    /// The cost before the first entity.
    pub(crate) fixed: u64,
    /// The cost of the largest size's entities together, so that one entity's cost is a share of it.
    pub(crate) of_largest: u64,
}

/// The fewest points that a line can fail to go through.
pub(crate) const MIN_POINTS: usize = 3;

/// Returns the line through `points`; `None` for fewer than three sizes, or figures too large to compute with.
pub(crate) fn fit_line(points: &[SizePoint]) -> Option<FittedLine> {
    let largest = points.iter().map(|point| point.size).max();
    let largest = largest.filter(|_| points.len() >= MIN_POINTS)?;
    let sum = |of: fn(i128, i128) -> Option<i128>| {
        let products = points.iter().map(|point| of(point.size.into(), point.figure.into()));
        products.into_iter().try_fold(0_i128, |sum, product| sum.checked_add(product?))
    };
    let count = i128::try_from(points.len()).ok()?;
    let (x, y) = (sum(|x, _| Some(x))?, sum(|_, y| Some(y))?);
    let (xx, xy) = (sum(|x, _| x.checked_mul(x))?, sum(i128::checked_mul)?);
    // Above 0 unless all sizes are the same.
    let divisor = difference(count, xx, x, x).filter(|divisor| *divisor > 0)?;
    let slope = difference(count, xy, x, y)?;
    let fixed = rounded_up(difference(y, xx, x, xy)?, divisor)?;
    Some(match whole_line(points, slope, divisor, largest) {
        Some(whole) => FittedLine { fixed: whole.fixed.min(fixed), ..whole },
        None => {
            let of_largest = rounded_up(slope.checked_mul(largest.into())?, divisor)?;
            FittedLine { fixed, of_largest }
        }
    })
}

/// The most units that the figures of one line are apart once its entities are paid: each may be one off, up or down.
const MOST_APART: i128 = 2;

/// Returns the line whose entities cost the whole number nearest to `slope / divisor`, if every figure is within one unit
/// of it.
fn whole_line(
    points: &[SizePoint],
    slope: i128,
    divisor: i128,
    largest: u64,
) -> Option<FittedLine> {
    let doubled = divisor.checked_mul(2)?;
    let each = slope.checked_mul(2)?.checked_add(divisor)?.div_euclid(doubled).max(0);
    let rest = |point: &SizePoint| {
        i128::from(point.figure).checked_sub(each.checked_mul(point.size.into())?)
    };
    let rests = points.iter().map(rest).collect::<Option<Vec<_>>>()?;
    let apart = rests.iter().max()?.checked_sub(*rests.iter().min()?)?;
    let sum = rests.iter().try_fold(0_i128, |sum, rest| sum.checked_add(*rest))?;
    let of_largest = u64::try_from(each.checked_mul(largest.into())?).ok()?;
    let fixed = rounded_up(sum, i128::try_from(rests.len()).ok()?)?;
    (apart <= MOST_APART).then_some(FittedLine { fixed, of_largest })
}

/// Returns `a × b − c × d`.
fn difference(a: i128, b: i128, c: i128, d: i128) -> Option<i128> {
    a.checked_mul(b)?.checked_sub(c.checked_mul(d)?)
}

fn rounded_up(dividend: i128, divisor: i128) -> Option<u64> {
    let whole = dividend.div_euclid(divisor) + i128::from(dividend.rem_euclid(divisor) > 0);
    u64::try_from(whole.max(0)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(fixed: u64, of_largest: u64) -> Option<FittedLine> {
        Some(FittedLine { fixed, of_largest })
    }

    fn fitted(points: &[(u64, u64)]) -> Option<FittedLine> {
        let points = points.iter().map(|&(size, figure)| SizePoint { size, figure });
        fit_line(&points.collect::<Vec<_>>())
    }

    #[test]
    fn a_line_is_found_to_the_unit() {
        let points = [(1_000, 20_192), (2_000, 32_192), (4_000, 56_192)];
        assert_eq!(fitted(&points), line(8_192, 48_000));
        assert_eq!(fitted(&[(1, 7), (2, 7), (4, 7)]), line(7, 0));
    }

    #[test]
    fn fractions_are_rounded_up_and_nothing_is_below_zero() {
        // One for every three: 1000/3, 2000/3, 4000/3, each rounded down.
        assert_eq!(fitted(&[(1_000, 333), (2_000, 666), (4_000, 1_333)]), line(0, 1_334));
        // Squares: the line through them begins below 0.
        assert_eq!(fitted(&[(10, 100), (20, 400), (40, 1_600)]), line(0, 2_058));
        assert_eq!(fitted(&[(1, 40), (2, 20), (4, 0)]), line(50, 0));
    }

    #[test]
    fn a_unit_that_one_size_lacks_or_has_is_no_share_of_an_entity() {
        let two_each = |off: [u64; 3]| {
            let figures = [(1_000, 2_008), (2_000, 4_008), (4_000, 8_008)];
            let figures =
                figures.iter().zip(off).map(|((size, figure), off)| (*size, figure + off));
            fitted(&figures.collect::<Vec<_>>()).unwrap()
        };
        assert_eq!(two_each([2, 2, 2]), line(10, 8_000).unwrap());
        for off in [[2, 0, 2], [0, 2, 2], [2, 2, 0], [2, 2, 1], [1, 1, 2]] {
            let found = two_each(off);
            assert!(found.of_largest == 8_000 && found.fixed <= 10, "{off:?}: {found:?}");
        }
        // One unit further, and it is none of rounding.
        assert_eq!(two_each([0, 2, 3]).of_largest, 8_004);
        assert_eq!(two_each([3, 0, 3]).of_largest, 8_001);
        // One more at every size is fixed.
        assert_eq!(two_each([3, 3, 3]), line(11, 8_000).unwrap());
        // One more of each thousand.
        assert_eq!(two_each([1, 2, 4]).of_largest, 8_004);
    }

    #[test]
    fn less_than_three_sizes_have_no_line() {
        for points in [&[][..], &[(1, 1)], &[(1, 1), (2, 2)], &[(5, 1), (5, 2), (5, 3)]] {
            assert_eq!(fitted(points), None);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn of_a_line_the_line_comes_back(
            first in 1..10_000_u64,
            doublings in proptest::collection::btree_set(0..12_u32, 3..6),
            fixed in 0..1_u64 << 40,
            each in 0..1_u64 << 30,
        ) {
            let sizes: Vec<u64> = doublings.iter().map(|doubling| first << doubling).collect();
            let points: Vec<_> = sizes.iter().map(|size| (*size, fixed + each * size)).collect();
            let largest = sizes.iter().max().unwrap();
            prop_assert_eq!(fitted(&points), line(fixed, each * largest));
        }

        /// However each figure of a line is rounded, one up or one down, an entity costs the same. Of the sizes 1, 2 and 4
        /// nobody can tell.
        #[test]
        fn a_unit_at_each_size_moves_no_entitys_cost(
            first in 4..10_000_u64,
            doublings in proptest::collection::btree_set(0..12_u32, 3..6),
            (fixed, each) in (1..1_u64 << 40, 0..1_u64 << 30),
            off in proptest::collection::vec(0..3_u64, 6),
        ) {
            let sizes: Vec<u64> = doublings.iter().map(|doubling| first << doubling).collect();
            let figure = |(size, off): (&u64, &u64)| (*size, fixed + each * size + off - 1);
            let found = fitted(&sizes.iter().zip(&off).map(figure).collect::<Vec<_>>()).unwrap();
            prop_assert_eq!(found.of_largest, each * sizes.iter().max().unwrap());
            prop_assert!(found.fixed <= fixed + 1, "{:?}", found);
        }

        /// A unit more of each entity is always seen, whatever each figure is rounded to.
        #[test]
        fn one_more_of_each_entity_is_growth(
            first in 4..10_000_u64,
            doublings in proptest::collection::btree_set(0..12_u32, 3..6),
            (fixed, each) in (1..1_u64 << 40, 0..1_u64 << 30),
            off in proptest::collection::vec(0..3_u64, 6),
        ) {
            let sizes: Vec<u64> = doublings.iter().map(|doubling| first << doubling).collect();
            let figure = |(size, off): (&u64, &u64)| (*size, fixed + (each + 1) * size + off - 1);
            let found = fitted(&sizes.iter().zip(&off).map(figure).collect::<Vec<_>>()).unwrap();
            prop_assert!(found.of_largest > each * sizes.iter().max().unwrap());
        }

        #[test]
        fn nothing_panics(points in proptest::collection::vec(any::<(u64, u64)>(), 0..6)) {
            let _ = fitted(&points);
        }
    }
}
