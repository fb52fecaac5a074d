//! Signed differences, and their share of the figure before.

use tripline_budget::format_count;

/// Returns `+`, `−`, or nothing for zero.
pub(crate) fn sign(delta: i128) -> &'static str {
    match delta {
        1.. => "+",
        0 => "",
        _ => "−",
    }
}

/// Returns `+8.7 %` of the figure before; empty if that was 0, or if the share is too large for a number.
pub(crate) fn percent(delta: i128, before: u64) -> String {
    let before = u128::from(before);
    if before == 0 {
        return String::new();
    }
    let tenths = (delta.unsigned_abs() * 1000 + before / 2) / before;
    let whole = u64::try_from(tenths / 10).ok();
    whole.map_or_else(String::new, |whole| {
        format!("{}{}.{} %", sign(delta), format_count(whole), tenths % 10)
    })
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_percentage_is_of_what_was_there() {
        assert_eq!(percent(87, 1_000), "+8.7 %");
        assert_eq!(percent(-1_000, 1_000), "−100.0 %");
        assert_eq!(percent(0, 7), "0.0 %");
        assert_eq!(percent(7, 0), "");
        assert_eq!(percent(450_966, 100), "+450 966.0 %");
        assert_eq!(percent(i128::from(u64::MAX) - 1, 1), "");
    }
}
