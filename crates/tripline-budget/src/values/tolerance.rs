//! The tolerance of a limit above its maximum.

use crate::error::Error;
use crate::values::{Percent, Unit, format_count, format_toml_integer, parse_size};

/// The amount that a limit's own line allows above `max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerance {
    Percent(Percent),
    /// In the limit's own unit: bytes or a count, of one entity if the limit is per entity.
    Absolute(u64),
}

impl Tolerance {
    /// Reads `"3%"`, or for bytes `"512 B"`.
    ///
    /// # Errors
    ///
    /// If it is neither, or a size of a count.
    pub fn parse(text: &str, unit: Unit) -> Result<Self, Error> {
        if text.trim_end().ends_with('%') {
            return text.parse().map(Self::Percent);
        }
        match (parse_size(text), unit) {
            (Ok(bytes), Unit::Bytes) => Ok(Self::Absolute(bytes)),
            (Ok(_), Unit::Count) => Err(Error::SizeOfCount(text.to_owned())),
            (Err(error), Unit::Bytes) => Err(error),
            (Err(_), Unit::Count) => Err(Error::NotTolerance(text.to_owned())),
        }
    }

    /// Returns the amount that may be added to `max`, in total, for `entities` entities (1 if it is not divided).
    #[must_use]
    pub fn allowance(self, max: u64, entities: u64) -> u128 {
        match self {
            Self::Percent(percent) => percent.of(u128::from(max) * u128::from(entities)),
            Self::Absolute(amount) => u128::from(amount) * u128::from(entities),
        }
    }

    /// Formats it as budget files write it, quotes included.
    #[must_use]
    pub fn to_toml(self, unit: Unit) -> String {
        match (self, unit) {
            (Self::Percent(percent), _) => format!("\"{}\"", percent.to_toml()),
            (Self::Absolute(bytes), Unit::Bytes) => format!("\"{bytes} B\""),
            (Self::Absolute(count), Unit::Count) => format_toml_integer(count),
        }
    }

    /// Formats it as people read it: `3 %`, `512 B`, `20`.
    #[must_use]
    pub fn describe(self, unit: Unit) -> String {
        match (self, unit) {
            (Self::Percent(percent), _) => percent.to_string(),
            (Self::Absolute(bytes), Unit::Bytes) => format!("{} B", format_count(bytes)),
            (Self::Absolute(count), Unit::Count) => format_count(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tolerance_is_a_percentage_or_in_the_metrics_own_unit() {
        let three = Tolerance::Percent("3%".parse().unwrap());
        assert_eq!(Tolerance::parse("3%", Unit::Bytes), Ok(three));
        assert_eq!(Tolerance::parse("3 %", Unit::Count), Ok(three));
        assert_eq!(Tolerance::parse("512 B", Unit::Bytes), Ok(Tolerance::Absolute(512)));
        assert_eq!(Tolerance::parse("1 KiB", Unit::Bytes), Ok(Tolerance::Absolute(1024)));
    }

    #[test]
    fn the_wrong_unit_is_refused() {
        let refusal = |text, unit| Tolerance::parse(text, unit).unwrap_err().to_string();
        assert_eq!(
            refusal("512 B", Unit::Count),
            "`512 B` is a size, but this metric is a count: write a percentage or a whole number"
        );
        assert_eq!(
            refusal("some", Unit::Count),
            "`some` is not a tolerance: write a percentage, such as `\"3%\"`, or a whole number"
        );
        assert_eq!(
            refusal("x%", Unit::Count),
            "`x%` is not a percentage: write a number and `%`, such as `3%` or `0.5%`"
        );
    }

    #[test]
    fn the_allowance_of_entities_is_that_of_their_total() {
        let half = Tolerance::Percent("0.5%".parse().unwrap());
        // 0.5 % of one entity's 12 bytes is nothing; of a thousand entities' it is 60.
        assert_eq!(half.allowance(12, 1), 0);
        assert_eq!(half.allowance(12, 1000), 60);
        assert_eq!(Tolerance::Absolute(2).allowance(12, 1000), 2000);
    }

    #[test]
    fn texts() {
        let half = Tolerance::Percent("0.5%".parse().unwrap());
        assert_eq!(
            (half.to_toml(Unit::Count), half.describe(Unit::Count)),
            ("\"0.5%\"".into(), "0.5 %".into())
        );
        let absolute = Tolerance::Absolute(2048);
        assert_eq!(
            (absolute.to_toml(Unit::Bytes), absolute.describe(Unit::Bytes)),
            ("\"2048 B\"".into(), "2 048 B".into())
        );
        assert_eq!(
            (absolute.to_toml(Unit::Count), absolute.describe(Unit::Count)),
            ("2_048".into(), "2 048".into())
        );
    }
}
