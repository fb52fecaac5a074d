//! Makes text from elsewhere fit for a line of standard output.
//!
//! The author of a type's name, a budget file or a panic's message writes into the table. A terminal obeys control
//! characters; a CI runner takes a line that begins with `::`, and `##[` anywhere in one, for a command. None of
//! these gets through.

use crate::output::escape::shown;

/// Escapes a text for one line: everything that a terminal or a CI runner would obey.
pub(crate) fn harmless(text: &str) -> String {
    let text = shown(text).replace("##[", "#\\u{23}[");
    // A runner skips leading white space, too.
    match text.trim_start().strip_prefix("::") {
        Some(rest) => format!("\\u{{3a}}:{rest}"),
        None => text,
    }
}

/// Escapes each line; drops styles and turns tabs into spaces.
pub(crate) fn harmless_lines(text: &str) -> Vec<String> {
    let plain = anstream::adapter::strip_str(text).to_string();
    plain.trim_end().lines().map(|line| harmless_line(&line.replace('\t', "    "))).collect()
}

/// Escapes a line and keeps its indentation: a message may point at the text above.
fn harmless_line(line: &str) -> String {
    let line = line.trim_end();
    let text = line.trim_start_matches(' ');
    format!("{}{}", " ".repeat(line.len() - text.len()), harmless(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_a_runners_command() {
        for (text, expected) in [
            ("::error::owned", "\\u{3a}:error::owned"),
            ("  ::error::owned", "\\u{3a}:error::owned"),
            ("\u{a0}::error::owned", "\\u{3a}:error::owned"),
            ("\r::error::owned", "\\u{d}::error::owned"),
            ("\u{200b}::error::owned", "\\u{200b}::error::owned"),
            ("a ##[add-path]/tmp", "a #\\u{23}[add-path]/tmp"),
            ("###[group]", "##\\u{23}[group]"),
            ("\u{1b}[2J", "\\u{1b}[2J"),
        ] {
            assert_eq!(harmless(text), expected);
        }
    }

    #[test]
    fn other_text_stays() {
        for text in ["std::vec::Vec<u8>", "a ::error::b", ":: ", "# [x]", "größe → Σ"] {
            let expected = if text == ":: " { "\\u{3a}: " } else { text };
            assert_eq!(harmless(text), expected);
        }
    }

    #[test]
    fn lines_keep_their_indentation_and_lose_their_styles() {
        let text = "\u{1b}[31mred\u{1b}[0m\n\n   --> a.toml:1\n\t::add-mask::x\nb\r::c\n\n";
        assert_eq!(
            harmless_lines(text),
            ["red", "", "   --> a.toml:1", "    \\u{3a}:add-mask::x", "b\\u{d}::c"]
        );
    }
}
