//! An exact percentage.

use crate::error::Error;

use std::fmt;
use std::str::FromStr;

/// A percentage with at most four decimals, kept as parts per million so that all arithmetic on
/// it is exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent {
    parts_per_million: u64,
}

const PARTS_PER_PERCENT: u64 = 10_000;
const DECIMALS: usize = 4;

impl Percent {
    pub const ZERO: Self = Self { parts_per_million: 0 };

    /// Returns `parts_per_million / 10 000` percent.
    #[must_use]
    pub const fn from_parts_per_million(parts_per_million: u64) -> Self {
        Self { parts_per_million }
    }

    /// Iterates over every whole percentage from 0 on that is no more than `most`.
    pub fn whole_up_to(most: Self) -> impl Iterator<Item = Self> {
        (0..=most.parts_per_million / PARTS_PER_PERCENT)
            .map(|percent| Self::from_parts_per_million(percent * PARTS_PER_PERCENT))
    }

    #[must_use]
    pub const fn parts_per_million(self) -> u64 {
        self.parts_per_million
    }

    /// Returns this share of `x`, rounded down; `u128::MAX` if it would not fit.
    #[must_use]
    pub fn of(self, x: u128) -> u128 {
        const MILLION: u128 = 1_000_000;
        let parts = u128::from(self.parts_per_million);
        // floor(p·x / M) = p·(x div M) + floor(p·(x mod M) / M), and the last product always fits.
        parts.saturating_mul(x / MILLION).saturating_add(parts * (x % MILLION) / MILLION)
    }

    fn digits(self) -> String {
        let whole = self.parts_per_million / PARTS_PER_PERCENT;
        match self.parts_per_million % PARTS_PER_PERCENT {
            0 => whole.to_string(),
            fraction => format!("{whole}.{fraction:04}").trim_end_matches('0').to_owned(),
        }
    }

    /// Formats it as budget files write it: `3%`.
    #[must_use]
    pub fn to_toml(self) -> String {
        format!("{}%", self.digits())
    }
}

/// `3 %`
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.digits())
    }
}

impl FromStr for Percent {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed = || Error::NotPercent(text.to_owned());
        let number = text.strip_suffix('%').ok_or_else(malformed)?;
        let number = number.strip_suffix(' ').unwrap_or(number);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(whole) || !is_digits(fraction) {
            return Err(malformed());
        }
        if fraction.len() > DECIMALS {
            return Err(Error::TooFinePercent(text.to_owned()));
        }
        let fraction: u64 = format!("{fraction:0<DECIMALS$}").parse().map_err(|_| malformed())?;
        whole
            .parse::<u64>()
            .ok()
            .and_then(|whole| whole.checked_mul(PARTS_PER_PERCENT)?.checked_add(fraction))
            .map(Self::from_parts_per_million)
            .ok_or_else(|| Error::TooLargePercent(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_exact() {
        for (text, parts, shown) in [
            ("3%", 30_000, "3 %"),
            ("0.5%", 5_000, "0.5 %"),
            ("12.25 %", 122_500, "12.25 %"),
            ("0.0001%", 1, "0.0001 %"),
            ("0%", 0, "0 %"),
            ("250%", 2_500_000, "250 %"),
            ("3.50%", 35_000, "3.5 %"),
        ] {
            let percent: Percent = text.parse().unwrap();
            assert_eq!(percent, Percent::from_parts_per_million(parts), "{text}");
            assert_eq!(percent.to_string(), shown);
            assert_eq!(percent.to_toml(), shown.replace(' ', ""));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "3",
            "%",
            "-3%",
            "+3%",
            "3 percent",
            ".5%",
            "5.%",
            "1.2.3%",
            "3  %",
            "1_0%",
            "3%%",
            "٣%",
        ] {
            assert_eq!(
                text.parse::<Percent>().unwrap_err().to_string(),
                format!(
                    "`{text}` is not a percentage: write a number and `%`, such as `3%` or `0.5%`"
                ),
            );
        }
        assert_eq!(
            "0.00001%".parse::<Percent>().unwrap_err().to_string(),
            "`0.00001%` has more than four decimals"
        );
        for text in ["1844674407370956%", "99999999999999999999%"] {
            assert_eq!(
                text.parse::<Percent>().unwrap_err().to_string(),
                format!("`{text}` is too large")
            );
        }
    }

    #[test]
    fn a_share_is_rounded_down_and_saturates() {
        let three = Percent::from_parts_per_million(30_000);
        assert_eq!(three.of(100), 3);
        assert_eq!(three.of(133), 3);
        assert_eq!(three.of(134), 4);
        assert_eq!(three.of(0), 0);
        assert_eq!(Percent::from_parts_per_million(u64::MAX).of(u128::MAX), u128::MAX);
        assert_eq!(Percent::from_parts_per_million(1_000_000).of(u128::MAX), u128::MAX);
    }
}
