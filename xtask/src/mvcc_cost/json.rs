//! One field of a JSON text, found by its key.
//!
//! Enough for two writers whose keys occur once in a text: cargo's artifact messages, one a line, and
//! `memory-benchmark`'s report of one mode. Whatever is not as expected is `None`, and an error where
//! it is asked for.

/// The number of the first field called `key`.
pub(super) fn number(text: &str, key: &str) -> Option<u64> {
    let value = value(text, key)?;
    let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
    // A sign, a fraction or an exponent would be cut off.
    let whole = !value[end..].starts_with(['.', 'e', 'E']);
    value[..end].parse().ok().filter(|_| whole)
}

/// The string of the first field called `key`.
pub(super) fn string(text: &str, key: &str) -> Option<String> {
    let mut rest = value(text, key)?.strip_prefix('"')?.chars();
    let mut string = String::new();
    loop {
        match rest.next()? {
            '"' => return Some(string),
            '\\' => string.push(rest.next().filter(|c| ['"', '\\', '/'].contains(c))?),
            other => string.push(other),
        }
    }
}

fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let quoted = format!("\"{key}\"");
    let after = text.match_indices(&quoted).map(|(at, _)| text[at + quoted.len()..].trim_start());
    // A string that equals the key is followed by no colon.
    after.into_iter().find_map(|after| after.strip_prefix(':')).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_however_they_are_spaced() {
        assert_eq!(number("{\"a\": \"b\",\n  \"b\" : 17\n}", "b"), Some(17));
        assert_eq!(string(r#"{"path":"C:\\a\"b"}"#, "path").as_deref(), Some(r#"C:\a"b"#));
    }

    #[test]
    fn what_is_not_a_whole_number_or_a_plain_string_is_nothing() {
        for value in ["null", "-1", "1.5", "1e3", "\"1\"", "99999999999999999999"] {
            assert_eq!(number(&format!("{{\"a\":{value}}}"), "a"), None, "{value}");
        }
        for value in ["null", "1", r#""a\u0041""#, "\"open"] {
            assert_eq!(string(&format!("{{\"a\":{value}}}"), "a"), None, "{value}");
        }
        assert_eq!(number("{\"a\":1}", "b"), None);
    }
}
