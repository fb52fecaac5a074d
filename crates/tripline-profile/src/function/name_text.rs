//! Takes the text of a function's name apart: brackets, escapes, hashes.
//!
//! Accepts any text, in time that is linear in its length.

use std::borrow::Cow;

/// The escapes of legacy symbols for characters that a linker would not accept.
const ESCAPES: [(&str, &str); 17] = [
    ("$LT$", "<"),
    ("$GT$", ">"),
    ("$RF$", "&"),
    ("$BP$", "*"),
    ("$LP$", "("),
    ("$RP$", ")"),
    ("$SP$", "@"),
    ("$C$", ","),
    ("$u20$", " "),
    ("$u27$", "'"),
    ("$u2b$", "+"),
    ("$u3b$", ";"),
    ("$u5b$", "["),
    ("$u5d$", "]"),
    ("$u7b$", "{"),
    ("$u7d$", "}"),
    ("$u7e$", "~"),
];

/// Returns the text without the escapes of legacy symbols. A `$` alone is none.
pub(crate) fn unescape(name: &str) -> Cow<'_, str> {
    if !name.contains('$') || !ESCAPES.iter().any(|(escape, _)| name.contains(escape)) {
        return Cow::Borrowed(name);
    }
    let mut text =
        name.strip_prefix('_').filter(|rest| rest.starts_with('$')).unwrap_or(name).to_owned();
    for (escape, character) in ESCAPES {
        text = text.replace(escape, character);
    }
    Cow::Owned(text.replace("..", "::"))
}

/// Returns the text without `::h0123456789abcdef` at its end.
pub(crate) fn without_hash(name: &str) -> &str {
    match name.rsplit_once("::h") {
        Some((rest, hash)) if hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            rest
        }
        _ => name,
    }
}

/// Returns the change of bracket depth at a byte. The `>` of an arrow closes nothing.
fn depth_change(bytes: &[u8], index: usize) -> i32 {
    match bytes[index] {
        b'<' | b'(' | b'[' | b'{' => 1,
        b'>' if index > 0 && bytes[index - 1] == b'-' => 0,
        b'>' | b')' | b']' | b'}' => -1,
        _ => 0,
    }
}

/// Returns the first index of `pattern` outside all brackets.
fn find_outside(text: &str, pattern: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0;
    for index in 0..bytes.len() {
        if depth == 0 && bytes[index..].starts_with(pattern.as_bytes()) {
            return Some(index);
        }
        depth += depth_change(bytes, index);
    }
    None
}

/// Splits a name at each `::` outside all brackets.
pub(crate) fn segments(name: &str) -> Vec<&str> {
    let bytes = name.as_bytes();
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0);
    for index in 0..bytes.len() {
        if depth == 0 && index >= start && bytes[index..].starts_with(b"::") {
            parts.push(&name[start..index]);
            start = index + 2;
        }
        depth += depth_change(bytes, index);
    }
    parts.push(&name[start..]);
    parts
}

/// Returns the inside of a segment that is in angle brackets as a whole.
pub(crate) fn bracketed(segment: &str) -> Option<&str> {
    segment.strip_prefix('<')?.strip_suffix('>')
}

/// Returns the type and the trait of `Type as Trait` or of `Trait for Type`.
pub(crate) fn split_impl(inner: &str) -> (&str, Option<&str>) {
    if let Some(at) = find_outside(inner, " as ") {
        return (&inner[..at], Some(&inner[at + 4..]));
    }
    match find_outside(inner, " for ") {
        Some(at) => (&inner[at + 5..], Some(&inner[..at])),
        None => (inner, None),
    }
}

/// Returns a type without `&mut`, `*const`, `dyn` and lifetimes in front.
pub(crate) fn without_pointers(mut name: &str) -> &str {
    const PREFIXES: [&str; 6] = ["&", "mut ", "*const ", "*mut ", "dyn ", " "];
    loop {
        let rest = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix));
        let lifetime = || name.starts_with('\'').then(|| name.split_once(' ')).flatten();
        match rest.or_else(|| lifetime().map(|(_, rest)| rest)) {
            Some(rest) => name = rest,
            None => return name,
        }
    }
}

/// Returns `A` of `A + B`.
pub(crate) fn first_bound(name: &str) -> &str {
    find_outside(name, " + ").map_or(name, |at| &name[..at])
}

/// Returns a segment without generic arguments, parameters and the disambiguator of a crate.
///
/// Parentheses before a dot are no parameters but the arguments of a type: Zig's `Tensor(f32).f`. They stay, without
/// their blanks.
pub(crate) fn without_arguments(segment: &str) -> Cow<'_, str> {
    let mut from = end_of_operator(segment);
    loop {
        let end = segment[from..].find(['<', '[', '(']).map_or(segment.len(), |at| from + at);
        match type_arguments(&segment[end..]) {
            Some(length) => from = end + length,
            None => return without_blanks_in_parentheses(segment[..end].trim()),
        }
    }
}

/// Returns the length of parentheses that a dot follows, at the start of a text.
fn type_arguments(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0;
    let opens = bytes.first() == Some(&b'(');
    let closes = |index: &usize| {
        depth += depth_change(bytes, *index);
        depth == 0
    };
    let end = if opens { (0..bytes.len()).find(closes)? } else { return None };
    (bytes.get(end + 1) == Some(&b'.')).then_some(end + 1)
}

/// Returns the length of the name of a C++ operator whose name holds brackets. 0 for any other segment.
fn end_of_operator(segment: &str) -> usize {
    const WORD: &str = "operator";
    const SYMBOLS: [&str; 7] = ["()", "[]", "<<=", "<=>", "<<", "<=", "<"];
    let symbol = |rest: &str| SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)).copied();
    segment.strip_prefix(WORD).and_then(symbol).map_or(0, |symbol| WORD.len() + symbol.len())
}

/// No blank is left before a parenthesis or after a comma, where the key of a part of a site has them.
fn without_blanks_in_parentheses(name: &str) -> Cow<'_, str> {
    match name.contains('(') {
        true => Cow::Owned(name.split_whitespace().collect()),
        false => Cow::Borrowed(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_of_sixteen_digits_is_one() {
        assert_eq!(without_hash("a::f::h0123456789abcdef"), "a::f");
        assert_eq!(without_hash("a::f::h0123456789abcde"), "a::f::h0123456789abcde");
        assert_eq!(without_hash("a::f::hash_of_all_rows_"), "a::f::hash_of_all_rows_");
    }

    #[test]
    fn separators_within_brackets_separate_nothing() {
        assert_eq!(segments("a::<b::c>::d<e::f>"), ["a", "<b::c>", "d<e::f>"]);
        assert_eq!(segments("<fn() -> b::c as d::e>::f"), ["<fn() -> b::c as d::e>", "f"]);
        assert_eq!(split_impl("a<x as y> as b"), ("a<x as y>", Some("b")));
        assert_eq!(split_impl("b for a"), ("a", Some("b")));
        assert_eq!(split_impl("a"), ("a", None));
    }

    #[test]
    fn parentheses_are_parameters_unless_a_dot_follows() {
        for (segment, name) in [
            ("f(u8)", "f"),
            ("f(u8) const", "f"),
            ("f<u8>(u8)", "f"),
            ("Tensor(f32).f", "Tensor(f32).f"),
            ("Tensor(f32, 3).f", "Tensor(f32,3).f"),
            ("Map(K,Pair(V)).Iter(u8).next(u8)", "Map(K,Pair(V)).Iter(u8).next"),
            ("main.(*T).f", "main.(*T).f"),
            ("Array(u8).f<u8>", "Array(u8).f"),
            ("f(.x)", "f"),
            ("(anonymous namespace)", ""),
            ("f(", "f"),
            ("f().", "f()."),
            ("operator()(u8) const", "operator()"),
            ("operator[](u8)", "operator[]"),
            ("operator<<<u8>(u8)", "operator<<"),
            ("operator<(u8)", "operator<"),
            ("operator+(u8)", "operator+"),
            ("operators(u8)", "operators"),
            ("a[9f3a]", "a"),
        ] {
            assert_eq!(without_arguments(segment), name, "{segment}");
        }
    }
}
