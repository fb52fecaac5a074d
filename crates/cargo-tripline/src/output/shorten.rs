//! Shortens text to a width.

use std::io::IsTerminal as _;

/// Returns the width of standard output; `None` if it is no terminal, and nothing has to be shortened.
pub(crate) fn terminal_width() -> Option<usize> {
    let stdout = std::io::stdout();
    let (width, _) = terminal_size::terminal_size_of(&stdout).filter(|_| stdout.is_terminal())?;
    Some(usize::from(width.0))
}

/// Cuts the middle out of a text: `turso_core::…::op_insert`.
pub(crate) fn shorten(text: &str, width: usize) -> String {
    let length = text.chars().count();
    if length <= width {
        return text.to_owned();
    }
    let kept = width.saturating_sub(1);
    // The function is at the end, and longer than the crate's name.
    let (start, end) = (kept / 3, kept - kept / 3);
    let first: String = text.chars().take(start).collect();
    let last: String = text.chars().skip(length - end).collect();
    format!("{first}…{last}")
}

#[cfg(test)]
mod tests {
    use crate::output::shorten::shorten;

    #[test]
    fn the_middle_goes() {
        assert_eq!(shorten("turso_core::vdbe::op_insert", 27), "turso_core::vdbe::op_insert");
        assert_eq!(shorten("turso_core::vdbe::op_insert", 16), "turso…:op_insert");
        assert_eq!(shorten("größe::数::f", 5), "g…::f");
        assert_eq!(shorten("abc", 1), "…");
        assert_eq!(shorten("abc", 0), "…");
    }
}
