//! The straight line through what a workload cost at several sizes: least squares, in exact fractions.

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
    let fixed = difference(y, xx, x, xy)?;
    Some(FittedLine {
        fixed: rounded_up(fixed, divisor)?,
        of_largest: rounded_up(slope.checked_mul(largest.into())?, divisor)?,
    })
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
        assert_eq!(fitted(&[(1, 1), (2, 4), (4, 16)]), line(0, 21));
        assert_eq!(fitted(&[(1, 40), (2, 20), (4, 0)]), line(50, 0));
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

        #[test]
        fn nothing_panics(points in proptest::collection::vec(any::<(u64, u64)>(), 0..6)) {
            let _ = fitted(&points);
        }
    }
}
