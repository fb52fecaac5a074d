//! Formats figures for people.

/// Formats a figure in groups of three: `1 234 567`.
pub(crate) fn count(figure: u64) -> String {
    let digits = figure.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// Formats a share, cut off at a tenth: `12.3 %`.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    let tenths = u128::from(part) * 1_000 / u128::from(whole.max(1));
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// Returns a bar of `width` for the largest. Any figure above 0 has at least one character.
pub(crate) fn bar(part: u64, largest: u64, width: usize) -> String {
    let length = (u128::from(part) * width as u128).div_ceil(u128::from(largest.max(1)));
    "#".repeat(usize::try_from(length).unwrap_or(width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_as_people_read_them() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(count), ["0", "999", "1 000", "1 234 567"]);
        assert_eq!(percent(1, 3), "33.3 %");
        assert_eq!(percent(0, 0), "0.0 %");
        assert_eq!(
            [0, 1, 50, 100].map(|part| bar(part, 100, 10)),
            ["", "#", "#####", "##########"]
        );
    }
}
