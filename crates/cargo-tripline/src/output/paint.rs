//! Colours that several commands share.

use owo_colors::OwoColorize as _;

/// Paints `error:` as every command shows it.
pub(crate) fn paint_error(text: &str) -> String {
    text.bold().red().to_string()
}
