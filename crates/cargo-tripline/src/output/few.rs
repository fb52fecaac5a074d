//! Lists of names that are cut when they are long.

/// Returns the first `most` names and the number of the others: `a, b and 3 more`.
pub(crate) fn few(names: &[String], most: usize) -> String {
    let (shown, more) = cut(names, most);
    let more = more.map_or_else(String::new, |more| format!(" and {more} more"));
    format!("{}{more}", shown.join(", "))
}

/// Returns the first `most` names, each on an indented line, and the number of the others on a last one.
pub(crate) fn few_lines(names: &[String], most: usize) -> String {
    let (shown, more) = cut(names, most);
    let more = more.map_or_else(String::new, |more| format!("\n  and {more} more"));
    format!("  {}{more}", shown.join("\n  "))
}

fn cut(names: &[String], most: usize) -> (&[String], Option<usize>) {
    match names.len().checked_sub(most) {
        None | Some(0) => (names, None),
        more => (&names[..most], more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_named_and_the_others_counted() {
        let names: Vec<_> = (1..=5).map(|number| number.to_string()).collect();
        assert_eq!(few(&names, 5), "1, 2, 3, 4, 5");
        assert_eq!(few(&names, 3), "1, 2, 3 and 2 more");
        assert_eq!(few_lines(&names[..2], 2), "  1\n  2");
        assert_eq!(few_lines(&names, 1), "  1\n  and 4 more");
        assert_eq!(few(&[], 3), "");
    }
}
