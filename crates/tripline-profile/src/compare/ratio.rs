//! An exact ratio of two figures.

use std::fmt;

/// A fraction in its lowest terms. Shown with two decimals, or with as many as distinguish it from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    pub numerator: u64,
    pub denominator: u64,
}

impl Ratio {
    /// Returns `after` divided by `before`. `None` if `before` is 0.
    #[must_use]
    pub fn new(after: u64, before: u64) -> Option<Self> {
        let divisor = common_divisor(after, before);
        (before > 0).then(|| Self { numerator: after / divisor, denominator: before / divisor })
    }

    /// Returns the ratio rounded to so many decimals, without trailing zeros.
    fn rounded(self, decimals: u32) -> String {
        let scale = 10_u128.pow(decimals);
        let denominator = u128::from(self.denominator);
        let scaled = (u128::from(self.numerator) * scale * 2 + denominator) / (denominator * 2);
        let digits = format!("{:0width$}", scaled % scale, width = decimals as usize);
        let text = format!("{}.{digits}", scaled / scale);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = (2..6).map(|decimals| self.rounded(decimals)).find(|text| text != "1");
        f.write_str(&shown.unwrap_or_else(|| self.rounded(6)))
    }
}

fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(after: u64, before: u64) -> String {
        Ratio::new(after, before).map(|ratio| ratio.to_string()).unwrap_or_default()
    }

    #[test]
    fn ratios_are_reduced() {
        assert_eq!(Ratio::new(500, 400), Some(Ratio { numerator: 5, denominator: 4 }));
        assert_eq!(Ratio::new(0, 7), Some(Ratio { numerator: 0, denominator: 1 }));
        assert_eq!(Ratio::new(7, 0), None);
    }

    #[test]
    fn two_decimals_are_enough_unless_they_hide_the_growth() {
        for (after, before, text) in [
            (5, 4, "1.25"),
            (4, 3, "1.33"),
            (5, 3, "1.67"),
            (2, 1, "2"),
            (1, 8, "0.13"),
            (1001, 1000, "1.001"),
            (100_000_001, 100_000_000, "1"),
            (u64::MAX, 1, "18446744073709551615"),
        ] {
            assert_eq!(shown(after, before), text);
        }
    }
}
