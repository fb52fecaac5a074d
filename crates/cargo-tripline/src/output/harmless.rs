//! Text from elsewhere, made fit for a line of standard output.
//!
//! Whoever writes a type's name, a budget file or a panic's message writes into the table. A terminal obeys
//! control characters; a CI runner takes a line that begins with `::`, and `##[` anywhere in one, for a
//! command of its own. None of these gets through.

use crate::output::escape::shown;

/// In one line, with what a terminal or a CI runner would obey escaped.
pub(crate) fn harmless(text: &str) -> String {
    let text = shown(text).replace("##[", "#\\u{23}[");
    // A runner looks behind leading white space, too.
    match text.trim_start().strip_prefix("::") {
        Some(rest) => format!("\\u{{3a}}:{rest}"),
        None => text,
    }
}

/// The same for each line; styles are dropped, and tabs become spaces.
pub(crate) fn harmless_lines(text: &str) -> Vec<String> {
    let plain = anstream::adapter::strip_str(text).to_string();
    plain.trim_end().lines().map(|line| harmless_line(&line.replace('\t', "    "))).collect()
}

/// Its indentation stays: a message may point at what stands above.
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
