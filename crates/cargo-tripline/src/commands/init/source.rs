//! Rust source read as text: its code, its items, and their conditions.
//!
//! Deliberately absent: a parser. Macros are not expanded and conditions not evaluated; callers let the compiler
//! decide.

use std::ops::Range;

/// Returns `text` with every comment and literal blanked. Bytes keep their places.
pub(super) fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let blank = no_code(rest);
        let (part, after) = rest.split_at(blank.unwrap_or(first.len_utf8()));
        match blank {
            None => code.push_str(part),
            Some(_) => code.extend(part.bytes().map(blanked)),
        }
        rest = after;
    }
    code
}

const fn blanked(byte: u8) -> char {
    if byte == b'\n' { '\n' } else { ' ' }
}

/// Returns the length of the comment or literal that `text` begins with.
fn no_code(text: &str) -> Option<usize> {
    let after = |end: &str, from: usize| {
        text.get(from..)?.find(end).map(|at| from + at + end.len()).or(Some(text.len()))
    };
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return Some(block_comment(text));
    }
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        return raw[hashes..].starts_with('"').then(|| after(&end, hashes + 2)).flatten();
    }
    match text.chars().next()? {
        '"' => Some(quoted(text, '"')),
        '\'' if is_character(text) => Some(quoted(text, '\'')),
        _ => None,
    }
}

/// Returns the length of a block comment. Block comments nest.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, char) in text.char_indices().skip(1) {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if char == quote => return at + char.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Returns `true` if the quote begins a character, not a lifetime.
fn is_character(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    let (first, second) = (chars.next(), chars.next());
    first == Some('\\') || second == Some('\'')
}

/// Returns each place of `word` in `code` as a word of its own.
pub(super) fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let in_word = |char: char| char.is_alphanumeric() || char == '_';
    code.match_indices(word).map(|(at, found)| at..at + found.len()).filter(move |place| {
        !code[..place.start].ends_with(in_word) && !code[place.end..].starts_with(in_word)
    })
}

/// Returns the identifier that `code` begins with.
pub(super) fn identifier(code: &str) -> Option<&str> {
    let end = code.find(|char: char| !char.is_alphanumeric() && char != '_');
    let name = &code[..end.unwrap_or(code.len())];
    let starts = name.starts_with(|char: char| char.is_alphabetic() || char == '_');
    starts.then_some(name)
}

/// Returns the item around a place, with its attributes, up to its body or its end.
pub(super) fn item_around(code: &str, at: usize) -> Range<usize> {
    let start = code[..at].rfind([';', '{', '}']).map_or(0, |end| end + 1);
    let end = code[at..].find([';', '{']).map_or(code.len(), |end| at + end);
    start..end
}

/// Returns the inside of the first `#[cfg(…)]` of an item, without white space.
pub(super) fn condition(text: &str, code: &str, item: Range<usize>) -> Option<String> {
    let at =
        item.start + code[item.clone()].find("cfg(").or_else(|| code[item].find("cfg_attr("))?;
    let inside = text[at..].split_once('(')?.1;
    let inside = inside.split_once(")]").map_or(inside, |(inside, _)| inside);
    Some(inside.split_whitespace().collect())
}

/// Returns `true` unless the crate's root says `#![no_std]` for every build.
pub(super) fn has_std(text: &str) -> bool {
    let code: String = code(text).split_whitespace().collect();
    !code.contains("#![no_std]")
}

/// Returns the number of the line that a place is in.
pub(super) fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_and_code_is_not() {
        for (text, expected) in [
            ("a // b\nc", "a     \nc"),
            ("a /* b /* c */ d */ e", "a                   e"),
            (r#"f("b \" // c") + d"#, "f(           ) + d"),
            (r##"r#"b " c"# + r#fn"##, r##"           + r#fn"##),
            ("'a' + '\\'' + b'\"' as &'a str", "    +      + b    as &'a str"),
            ("unended \"", "unended  "),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn only_an_attribute_for_every_build_leaves_std_out() {
        assert!(!has_std("//! Text.\n#![no_std]\n"));
        assert!(!has_std("# ! [ no_std ]"));
        assert!(has_std("#![cfg_attr(not(test), no_std)]\n"));
        assert!(has_std("// #![no_std]\n"));
    }

    #[test]
    fn a_word_stands_alone() {
        let places: Vec<_> = words("mod a; amod b; mod_c; mod", "mod").collect();
        assert_eq!(places, [0..3, 22..25]);
    }

    #[test]
    fn a_condition_is_the_items_own() {
        let text = "#[cfg(a)] mod a;\n#[cfg( not(test) )]\n#[global_allocator]\nstatic A: B = B;";
        let code = code(text);
        let at = code.find("global").unwrap();
        assert_eq!(condition(text, &code, item_around(&code, at)).as_deref(), Some("not(test)"));
        let text = "#[cfg(a)] mod a;\n#[global_allocator]\nstatic A: B = B;";
        let at = text.find("global").unwrap();
        assert_eq!(condition(text, text, item_around(text, at)), None);
        assert_eq!(line(text, at), 2);
    }

    proptest! {
        #[test]
        fn every_byte_keeps_its_place(text in r#"[a-z"'/*#r\\ \n→]{0,40}"#) {
            let code = code(&text);
            prop_assert_eq!(code.len(), text.len());
            for (before, after) in text.bytes().zip(code.bytes()) {
                prop_assert!(after == before || after == b' ');
                prop_assert_eq!(before == b'\n', after == b'\n');
            }
        }
    }
}
