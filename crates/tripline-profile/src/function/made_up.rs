//! Knows the parts of a name that a compiler made up: numbers of impls and closures, brackets around types, clones.
//!
//! DWARF and symbols say `{impl#3}`, `{closure#0}` and `{{closure}}`. A program database (Windows) says `impl$3` and
//! `closure$0`, and `enum2$<a::B>` for the type `a::B`. None of the numbers means anything: a closure that is added
//! above renumbers those below it. A clone of a C function ends in `.isra.0`, a generic function of Zig in `__anon_4815`.
//!
//! Deliberately absent: the path of a function, which `name` puts together from what is left.

/// A body within a function that has no name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Body {
    Closure,
    AsyncBlock,
    AsyncFn,
}

impl Body {
    /// Returns the text that stands for the name if no enclosing function is known.
    pub(crate) fn placeholder(self) -> &'static str {
        match self {
            Self::Closure => "{closure}",
            Self::AsyncBlock | Self::AsyncFn => "{async}",
        }
    }
}

/// A segment that no programmer wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MadeUp {
    Body(Body),
    /// An impl, a foreign block, a constant.
    Other,
}

/// rustc's words for what has a number instead of a name. A type adds `_env` to the word of its body.
const LABELS: [(&str, MadeUp); 17] = [
    ("async_block", MadeUp::Body(Body::AsyncBlock)),
    ("async_closure", MadeUp::Body(Body::AsyncBlock)),
    ("async_fn", MadeUp::Body(Body::AsyncFn)),
    ("async_gen_block", MadeUp::Body(Body::AsyncBlock)),
    ("async_gen_closure", MadeUp::Body(Body::AsyncBlock)),
    ("async_gen_fn", MadeUp::Body(Body::AsyncFn)),
    ("closure", MadeUp::Body(Body::Closure)),
    ("constant", MadeUp::Other),
    ("constructor", MadeUp::Other),
    ("coroutine", MadeUp::Body(Body::Closure)),
    ("extern", MadeUp::Other),
    ("gen_block", MadeUp::Body(Body::Closure)),
    ("gen_closure", MadeUp::Body(Body::Closure)),
    ("gen_fn", MadeUp::Body(Body::Closure)),
    ("generator", MadeUp::Body(Body::Closure)),
    ("impl", MadeUp::Other),
    ("use", MadeUp::Other),
];

impl MadeUp {
    /// Reads a segment. `None` if a programmer wrote it: `$` and a number are no part of a name in Rust, but in C.
    pub(crate) fn of(segment: &str) -> Option<Self> {
        if let Some(inner) = segment.strip_prefix('{') {
            let inner = inner.trim_start_matches('{');
            let end = inner.find(['#', '}', ':']).unwrap_or(inner.len());
            return Some(Self::labelled(&inner[..end]).unwrap_or(Self::Other));
        }
        let (label, number) = segment.split_once('$')?;
        is_number(number).then(|| Self::labelled(label)).flatten()
    }

    fn labelled(label: &str) -> Option<Self> {
        let label = label.strip_suffix("_env").unwrap_or(label);
        LABELS.iter().find(|(known, _)| *known == label).map(|(_, made_up)| *made_up)
    }
}

/// Returns the type within a program database's words for a type: `a::B` of `enum2$<a::B>` and of `ref$<a::B>`, `[`
/// for a slice. `None` if the segment is none of these.
pub(crate) fn wrapped_type(segment: &str) -> Option<&str> {
    let (word, rest) = segment.split_once('$')?;
    match word {
        "slice" | "slice2" | "array" if rest.starts_with('<') => Some("["),
        "tuple" if rest.starts_with('<') => Some(""),
        "str" if rest.is_empty() => Some("str"),
        "never" if rest.is_empty() => Some(""),
        "enum" | "enum2" | "ref" | "ref_mut" | "ptr_const" | "ptr_mut" | "dyn" => {
            Some(first_argument(rest.strip_prefix('<')?.strip_suffix('>')?).trim())
        }
        _ => None,
    }
}

/// Returns `A` of `A,B`: the variants of an enum and the auto traits of an object follow its type.
fn first_argument(arguments: &str) -> &str {
    let mut depth = 0_i32;
    let end = arguments.bytes().position(|byte| {
        depth += match byte {
            b'<' | b'(' | b'[' => 1,
            b'>' | b')' | b']' => -1,
            _ => 0,
        };
        depth == 0 && byte == b','
    });
    &arguments[..end.unwrap_or(arguments.len())]
}

/// The marks of a clone that a compiler makes of a C function. All but `cold` have a number.
const CLONES: [&str; 6] = ["cold", "constprop", "isra", "llvm", "lto_priv", "part"];

/// The marks of a generic function or a type without a name, in Zig.
const ANONYMOUS: [&str; 4] = ["__anon_", "__enum_", "__struct_", "__union_"];

/// Returns a name without what a compiler put at its end: `f` of `f.isra.0`, of `f.constprop.1.cold` and of
/// `f__anon_4815`.
pub(crate) fn without_clone(mut name: &str) -> &str {
    while let Some((rest, mark)) = name.rsplit_once('.') {
        name = match rest.rsplit_once('.') {
            _ if mark == "cold" => rest,
            Some((rest, word)) if is_number(mark) && CLONES.contains(&word) => rest,
            _ => break,
        };
    }
    let numbered = |mark: &&str| name.rsplit_once(*mark).filter(|(_, number)| is_number(number));
    ANONYMOUS.iter().find_map(numbered).map_or(name, |(rest, _)| rest)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_label_is_one_in_every_spelling() {
        for (label, made_up) in LABELS {
            for segment in [
                format!("{{{label}#0}}"),
                format!("{{{label}_env#12}}"),
                format!("{{{{{label}}}}}"),
                format!("{label}$0"),
                format!("{label}_env$12"),
            ] {
                assert_eq!(MadeUp::of(&segment), Some(made_up), "{segment}");
            }
            for segment in [format!("{label}$"), format!("{label}$x"), label.to_owned()] {
                assert_eq!(MadeUp::of(&segment), None, "{segment}");
            }
        }
        assert_eq!(MadeUp::of("{vtable.shim}"), Some(MadeUp::Other));
        // A function of C may be called so.
        assert_eq!(MadeUp::of("grow$1"), None);
    }

    #[test]
    fn a_type_is_what_its_brackets_hold() {
        for (segment, inner) in [
            ("enum2$<a::B<u8,u16> >", Some("a::B<u8,u16>")),
            ("enum$<a::B, 0, 1, Some>", Some("a::B")),
            ("ref$<a::B>", Some("a::B")),
            ("ref_mut$<enum2$<a::B> >", Some("enum2$<a::B>")),
            ("ptr_mut$<a::B>", Some("a::B")),
            ("ptr_const$<a::B>", Some("a::B")),
            ("dyn$<a::T<assoc$<Out,u8> >,core::marker::Send>", Some("a::T<assoc$<Out,u8> >")),
            ("slice2$<u8>", Some("[")),
            ("array$<u8,4>", Some("[")),
            ("tuple$<u8,a::B>", Some("")),
            ("str$", Some("str")),
            ("never$", Some("")),
            ("tuple$", None),
            ("ref$", None),
            ("Vec<u8>", None),
            ("mine$<u8>", None),
        ] {
            assert_eq!(wrapped_type(segment), inner, "{segment}");
        }
    }

    #[test]
    fn a_clone_is_the_function_that_it_was_made_of() {
        for (name, function) in [
            ("f.isra.0", "f"),
            ("f.constprop.12.cold", "f"),
            ("f.llvm.1234567890", "f"),
            ("mem.Allocator.alloc__anon_4815", "mem.Allocator.alloc"),
            ("Buffer.part", "Buffer.part"),
            ("array.part.f", "array.part.f"),
            ("f.0", "f.0"),
            ("f__anon_x", "f__anon_x"),
            ("f.llvm.", "f.llvm."),
            ("", ""),
        ] {
            assert_eq!(without_clone(name), function, "{name}");
        }
    }
}
