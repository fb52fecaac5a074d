//! A number with its noun.

use tripline_budget::format_count;

/// Returns `1 site`, `2 sites`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", format_count(count as u64))
}
