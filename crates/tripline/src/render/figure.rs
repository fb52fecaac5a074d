//! Figures as people read them.

use tripline_budget::format_count;

/// Formats a total by entity, to two decimals: `80.81`.
pub(crate) fn per_entity(total: u64, entities: u64) -> String {
    let hundredths = u128::from(total) * 100 / u128::from(entities.max(1));
    let whole = u64::try_from(hundredths / 100).unwrap_or(u64::MAX);
    format!("{}.{:02}", format_count(whole), hundredths % 100)
}

/// Formats a count and its noun: `1 block`, `2 blocks`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", format_count(count))
}

/// Formats tenths of a percent: `6.2 %`.
pub(crate) fn percent(tenths: i128) -> String {
    let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
    let sign = if tenths < 0 { "−" } else { "" };
    format!("{sign}{whole}.{tenth} %")
}
