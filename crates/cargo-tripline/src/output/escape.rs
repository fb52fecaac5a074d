//! Escapes characters that a terminal would obey or that would hide others.

/// Escapes every such character in a name from a file.
pub(crate) fn shown(text: &str) -> String {
    escaped(text, |character| character.escape_unicode().to_string())
}

/// Escapes them in JSON, where such a character stands only in a string.
pub(super) fn in_json(text: &str) -> String {
    let code = |character: char| {
        let mut units = [0; 2];
        let units = character.encode_utf16(&mut units);
        units.iter().map(|unit| format!("\\u{unit:04x}")).collect()
    };
    // The line feeds of JSON itself are not in a string.
    text.split('\n').map(|line| escaped(line, code)).collect::<Vec<_>>().join("\n")
}

fn escaped(text: &str, escape: impl Fn(char) -> String) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match is_harmful(character) {
            true => shown.push_str(&escape(character)),
            false => shown.push(character),
        }
    }
    shown
}

/// Returns `true` for control characters, invisible ones and those that turn the direction of writing.
fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped() {
        assert_eq!(shown("a\u{1b}[31m\nb\u{9b}"), "a\\u{1b}[31m\\u{a}b\\u{9b}");
        assert_eq!(shown("f\u{202e}g\u{200b}"), "f\\u{202e}g\\u{200b}");
    }

    #[test]
    fn other_text_stays() {
        for text in ["a::b<T>::{closure#0}", "größe::数::f", ""] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn json_stays_the_same_json() {
        let text = "a\u{7f}\u{9b}\u{202e}\u{e0001}\u{1b}\n";
        let json = serde_json::to_string_pretty(&[text]).unwrap();
        let harmless = in_json(&json);
        assert_eq!(harmless, "[\n  \"a\\u007f\\u009b\\u202e\\udb40\\udc01\\u001b\\n\"\n]");
        assert_eq!(serde_json::from_str::<Vec<String>>(&harmless).unwrap(), [text]);
    }
}
