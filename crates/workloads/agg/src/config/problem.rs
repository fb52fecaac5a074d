//! Problems of a configuration, each with its position and a suggestion.

use std::fmt;
use std::ops::Range;

/// A file that is no pipeline: a line `file:line:column: problem` for each problem, in the file's order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    lines: Vec<String>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines.join("\n"))
    }
}

/// The problems found so far, each with the offset of its beginning.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<(usize, String)>);

impl Problems {
    pub(super) fn add(&mut self, place: Range<usize>, problem: String) {
        self.0.push((place.start, problem));
    }

    /// Reports an unknown name with the nearest known one, or with all if none is near.
    pub(super) fn unknown<'a>(
        &mut self,
        place: Range<usize>,
        what: &str,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let known: Vec<_> = known.into_iter().collect();
        self.add(place, format!("unknown {what} `{word}`: {}", remedy(word, &known)));
    }

    /// Reports an error of serde or of the TOML parser, with a suggestion if it lists what it expected.
    pub(super) fn unreadable(&mut self, error: &toml::de::Error) {
        let message = error.message().trim().replace('\n', ", ");
        let words: Vec<_> = message.split('`').skip(1).step_by(2).collect();
        let near = match &words[..] {
            [word, known @ ..] if message.starts_with("unknown ") => nearest(word, known),
            _ => None,
        };
        let hint = near.map_or_else(String::new, |near| format!(": did you mean `{near}`?"));
        self.add(error.span().unwrap_or_default(), message.clone() + &hint);
    }

    pub(super) fn into_result(mut self, file: &str, text: &str) -> Result<(), ConfigError> {
        if self.0.is_empty() {
            return Ok(());
        }
        self.0.sort();
        let line = |(offset, problem): &(usize, String)| {
            let (line, column) = position(text, *offset);
            format!("{file}:{line}:{column}: {problem}")
        };
        Err(ConfigError { lines: self.0.iter().map(line).collect() })
    }
}

fn remedy(word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none".to_owned(),
        None => format!("there are `{}`", known.join("`, `")),
    }
}

/// Returns the most similar word, if one is similar at all.
fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    /// One slip in a word of three letters leaves 0.67; other words hardly come so near.
    const SIMILAR: f64 = 0.6;
    let similarity = |known| strsim::normalized_damerau_levenshtein(word, known);
    let similar = known.iter().map(|known| (similarity(known), *known));
    let best = similar.max_by(|one, other| one.0.total_cmp(&other.0));
    best.filter(|best| best.0 >= SIMILAR).map(|best| best.1)
}

/// Returns the line and column of an offset, from 1, in characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_one_in_characters() {
        let text = "a\n\u{fc}b\n";
        assert_eq!(position(text, 0), (1, 1));
        assert_eq!(position(text, 4), (2, 2));
        assert_eq!(position(text, 5), (2, 3));
        assert_eq!(position(text, 99), (3, 1));
    }

    #[test]
    fn only_what_is_near_is_suggested() {
        assert_eq!(nearest("amuont", &["amount", "lat"]), Some("amount"));
        assert_eq!(nearest("zebra", &["amount", "lat"]), None);
    }
}
