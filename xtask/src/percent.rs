//! Percentages with two decimals, kept as whole hundredths of a percent.

/// Returns `part` in hundredths of a percent of `whole`, rounded up: a difference never shows as zero.
pub(crate) fn hundredths_of_percent(part: u64, whole: u64) -> u64 {
    let hundredths = (u128::from(part) * 10_000).div_ceil(u128::from(whole).max(1));
    u64::try_from(hundredths).unwrap_or(u64::MAX)
}

/// Formats hundredths of a percent.
pub(crate) fn format_percent(hundredths: u64) -> String {
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_never_shows_as_zero() {
        let shown = |part, whole| format_percent(hundredths_of_percent(part, whole));
        assert_eq!(shown(0, 7), "0.00 %");
        assert_eq!(shown(0, 0), "0.00 %");
        assert_eq!(shown(1, 1_000_000_000), "0.01 %");
        assert_eq!(shown(50, 100), "50.00 %");
    }
}
