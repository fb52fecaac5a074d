//! KEYS: metrics and types, separated by commas.

use tripline_budget::Metric;

/// A limit to raise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RaiseKey {
    Metric(Metric),
    /// A type as `sizes!` names it, or a misspelled metric: only the types can tell.
    Type(String),
}

impl RaiseKey {
    pub(crate) fn parse(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Type(text.to_owned()), Self::Metric)
    }
}

/// Splits at commas outside of brackets: `Map<u8, (u8, [u8; 4])>,total_blocks` is two.
pub(crate) fn split_keys(text: &str) -> Vec<String> {
    let mut keys = vec![String::new()];
    let mut depth = 0_usize;
    let mut before = ' ';
    for character in text.chars() {
        match character {
            '<' | '(' | '[' => depth += 1,
            // The arrow of a function's type closes nothing.
            '>' if before == '-' => {}
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = character;
        match keys.last_mut() {
            Some(key) if character != ',' || depth > 0 => key.push(character),
            _ => keys.push(String::new()),
        }
    }
    keys.iter().map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()).collect()
}

/// Returns `true` if two spellings of a type differ only in white space.
pub(crate) fn is_same_type(one: &str, other: &str) -> bool {
    let solid = |text: &str| text.split_whitespace().collect::<String>();
    solid(one) == solid(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_brackets_do_not_split() {
        for (text, keys) in [
            ("total_blocks", vec!["total_blocks"]),
            ("total_blocks, max_bytes", vec!["total_blocks", "max_bytes"]),
            ("Map<u8, (u8, [u8; 4])>,max_bytes", vec!["Map<u8, (u8, [u8; 4])>", "max_bytes"]),
            ("fn(u8, u8) -> u8,A", vec!["fn(u8, u8) -> u8", "A"]),
            (
                "Box<dyn Fn(u8, u8) -> Map<u8, u8>>,B",
                vec!["Box<dyn Fn(u8, u8) -> Map<u8, u8>>", "B"],
            ),
            ("a,,b,", vec!["a", "b"]),
            ("A>,B", vec!["A>", "B"]),
            ("", vec![]),
        ] {
            assert_eq!(split_keys(text), keys, "{text}");
        }
    }

    #[test]
    fn a_key_is_a_metric_where_it_can_be_one() {
        assert_eq!(RaiseKey::parse("max_bytes"), RaiseKey::Metric("max_bytes".parse().unwrap()));
        assert_eq!(RaiseKey::parse("turso::Value"), RaiseKey::Type("turso::Value".to_owned()));
    }

    #[test]
    fn white_space_tells_no_types_apart() {
        assert!(is_same_type("Map<u8,u8>", "Map<u8, u8>"));
        assert!(!is_same_type("Map<u8>", "Map<u16>"));
    }
}
