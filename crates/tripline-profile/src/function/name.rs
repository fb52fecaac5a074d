//! Reads the name of a function into one path, however a symbol or the debug information spells it.
//!
//! v0 symbols (`<alloc::raw_vec::RawVecInner>::grow_one`), legacy symbols
//! (`alloc::raw_vec::RawVecInner<A>::grow_one::h0123456789abcdef`, `_$LT$…$GT$`), the short names of
//! line tables (`grow_one<u8>`, `{closure#0}<…>`) and those of a program database (`alloc::vec::impl$5::clone<u8>`)
//! all become a path without hashes, generic arguments and closures. An impl of a foreign trait belongs to its type: `<turso::Value as core::clone::Clone>::clone` is
//! `turso::Value::clone`. If the type is std's and the trait is not, it belongs to the trait.
//!
//! A name of another language keeps what it is told apart by: `Tensor(f32).f` of Zig, `operator[]` of C++.
//!
//! Deliberately absent: demangling. The program that wrote the profile has done it.

use crate::function::made_up::{self, Body, MadeUp};
use crate::function::name_text::{self as text, segments};
use crate::function::std_crates::is_std;
use crate::rust_path::crate_of;

/// A function's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Function {
    /// Empty if the name was `{closure#0}` or nothing.
    pub(crate) path: String,
    /// True if the path begins with its crate.
    pub(crate) qualified: bool,
    /// The kind of body, if the name says that it is one within another function.
    pub(crate) body: Option<Body>,
}

impl Function {
    /// Reads a name. Any text is some name.
    pub(crate) fn parse(name: &str) -> Self {
        let unescaped = text::unescape(name.trim());
        let mut function = Self::default();
        let name = made_up::without_clone(text::without_hash(&unescaped));
        let path = function.path_of(name, 0);
        function.qualified = path.len() > 1 || path.first().is_some_and(|name| is_primitive(name));
        function.path = path.join("::");
        function
    }

    /// Returns `true` if it is std's. Only a qualified name can tell.
    pub(crate) fn is_std(&self) -> bool {
        let first = crate_of(&self.path);
        self.qualified && (is_std(first) || is_primitive(first))
    }

    fn path_of(&mut self, name: &str, depth: usize) -> Vec<String> {
        let mut path = Vec::new();
        // A hostile name may nest types within types without end.
        if depth > 8 {
            return path;
        }
        for (index, segment) in segments(name).into_iter().enumerate() {
            match (text::bracketed(segment), made_up::wrapped_type(segment)) {
                (Some(inner), _) => self.push_bracketed(inner, index, depth, &mut path),
                (None, Some(inner)) => path = self.type_path(inner, depth),
                (None, None) => self.push(segment, &mut path),
            }
        }
        path
    }

    /// Reads a segment in angle brackets: the type of an impl, or a function's generic arguments.
    fn push_bracketed(&mut self, inner: &str, index: usize, depth: usize, path: &mut Vec<String>) {
        let implementation = inner.strip_prefix("impl ");
        if index > 0 && implementation.is_none() {
            return;
        }
        let (type_name, trait_name) = text::split_impl(implementation.unwrap_or(inner));
        let owner = self.owner(type_name, trait_name, depth);
        // `alloc::slice::<impl [T]>::to_vec` keeps the module that it is written in.
        if index == 0 || owner.first().is_some_and(|name| !is_foreign(name)) {
            *path = owner;
        }
    }

    fn owner(&mut self, type_name: &str, trait_name: Option<&str>, depth: usize) -> Vec<String> {
        let type_path = self.type_path(type_name, depth);
        let Some(trait_name) = trait_name else {
            return type_path;
        };
        let foreign_type = type_path.first().is_none_or(|name| is_foreign(name));
        let trait_path = self.path_of(trait_name, depth + 1);
        let own_trait = trait_path.first().is_some_and(|name| !is_foreign(name));
        if type_path.is_empty() || foreign_type && (own_trait || type_path.len() == 1) {
            return trait_path;
        }
        type_path
    }

    fn type_path(&mut self, name: &str, depth: usize) -> Vec<String> {
        let name = text::without_pointers(name);
        match name.as_bytes().first() {
            Some(b'[') => vec!["slice".to_owned()],
            Some(b'(') | None => Vec::new(),
            _ if name.starts_with("fn(") || name.starts_with("unsafe ") => Vec::new(),
            _ if name.starts_with("extern ") || name.starts_with("for<") => Vec::new(),
            _ => self.path_of(text::first_bound(name), depth + 1),
        }
    }

    fn push(&mut self, segment: &str, path: &mut Vec<String>) {
        let name = text::without_arguments(segment);
        match MadeUp::of(&name) {
            Some(MadeUp::Body(body)) => self.body = Some(body),
            Some(MadeUp::Other) => {}
            // The `{{vtable.shim}}` at the end of a name, and the `_` of an unnamed constant.
            None => match name.split('{').next().unwrap_or_default() {
                "" | "_" | "???" => {}
                name => path.push(name.to_owned()),
            },
        }
    }
}

/// Returns `true` if the name is that of a primitive type, which has no crate.
fn is_primitive(name: &str) -> bool {
    const PRIMITIVES: [&str; 18] = [
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "slice", "str",
        "u8", "u16", "u32", "u64", "u128", "usize",
    ];
    PRIMITIVES.contains(&name)
}

/// Returns `true` if a type or a trait belongs to no crate that can be blamed: std's, a primitive, a type parameter.
fn is_foreign(name: &str) -> bool {
    let parameter = name.len() <= 2 && name.starts_with(|first: char| first.is_ascii_uppercase());
    is_std(name) || is_primitive(name) || parameter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_function_is_one_name() {
        for (spelling, path) in [
            (
                "<alloc::raw_vec::RawVecInner>::try_allocate_in",
                "alloc::raw_vec::RawVecInner::try_allocate_in",
            ),
            (
                "alloc::raw_vec::RawVecInner<A>::try_allocate_in",
                "alloc::raw_vec::RawVecInner::try_allocate_in",
            ),
            (
                "alloc::raw_vec::RawVecInner<A>::try_allocate_in::h0123456789abcdef",
                "alloc::raw_vec::RawVecInner::try_allocate_in",
            ),
            (
                "alloc::raw_vec::RawVec$LT$T$C$A$GT$::grow_one::h0123456789abcdef",
                "alloc::raw_vec::RawVec::grow_one",
            ),
            (
                "<turso_core::schema::Schema as core::clone::Clone>::clone",
                "turso_core::schema::Schema::clone",
            ),
            (
                "_$LT$turso_core..schema..Schema$u20$as$u20$core..clone..Clone$GT$::clone::h0123456789abcdef",
                "turso_core::schema::Schema::clone",
            ),
            ("<alloc::vec::Vec<T> as my_crate::MyTrait>::f", "my_crate::MyTrait::f"),
            ("<alloc::vec::Vec<my::T> as core::clone::Clone>::clone", "alloc::vec::Vec::clone"),
            (
                "<T as alloc::slice::<impl [T]>::to_vec_in::ConvertVec>::to_vec",
                "alloc::slice::to_vec_in::ConvertVec::to_vec",
            ),
            (
                "<u8 as <[_]>::to_vec_in::ConvertVec>::to_vec::<alloc::alloc::Global>",
                "slice::to_vec_in::ConvertVec::to_vec",
            ),
            ("alloc::slice::<impl [T]>::to_vec", "alloc::slice::to_vec"),
            ("<str>::to_lowercase", "str::to_lowercase"),
            (
                "<&[u8] as core::convert::Into<alloc::boxed::Box<[u8]>>>::into",
                "core::convert::Into::into",
            ),
            (
                "<&str as <alloc::ffi::c_str::CString>::new::SpecNewImpl>::spec_new_impl",
                "alloc::ffi::c_str::CString::new::SpecNewImpl::spec_new_impl",
            ),
            (
                "std::thread::current::try_with_current::<std::thread::local::F, ()>",
                "std::thread::current::try_with_current",
            ),
            ("turso_core[9f3a]::vdbe::execute::op_insert", "turso_core::vdbe::execute::op_insert"),
            (
                "core::ops::function::FnOnce::call_once{{vtable.shim}}",
                "core::ops::function::FnOnce::call_once",
            ),
            (
                "<fn(u64) -> u8 as core::ops::function::FnOnce<(u64,)>>::call_once",
                "core::ops::function::FnOnce::call_once",
            ),
            ("a::b::{impl#3}::f<fn(&u8) -> core::option::Option<u8>, 3>", "a::b::f"),
            ("a::_::<impl serde::ser::Serialize for a::Row>::serialize", "a::Row::serialize"),
            (
                "<dyn turso_core::io::File + core::marker::Send as core::fmt::Debug>::fmt",
                "turso_core::io::File::fmt",
            ),
            (
                "<alloc::boxed::Box<dyn core::ops::function::Fn()> as core::ops::function::Fn<()>>::call",
                "alloc::boxed::Box::call",
            ),
        ] {
            let function = Function::parse(spelling);
            assert_eq!(function.path, path, "{spelling}");
            assert!(function.qualified, "{spelling}");
        }
    }

    #[test]
    fn a_body_folds_into_the_function_around_it() {
        for (spelling, path, body) in [
            ("a::f::{{closure}}::h0123456789abcdef", "a::f", Body::Closure),
            ("a::f::{closure#0}::{closure#1}::<u8>", "a::f", Body::Closure),
            ("a::f::{async_fn#0}", "a::f", Body::AsyncFn),
            ("{async_block#2}<&str>", "", Body::AsyncBlock),
            ("{closure#0}<(alloc::string::String, u8)>", "", Body::Closure),
        ] {
            let function = Function::parse(spelling);
            assert_eq!((function.path.as_str(), function.body), (path, Some(body)), "{spelling}");
        }
        assert_eq!(Function::parse("a::closure").body, None);
    }

    #[test]
    fn a_name_of_line_tables_is_not_qualified() {
        let function = Function::parse("new<alloc::sync::ArcInner<u8>>");
        assert_eq!((function.path.as_str(), function.qualified), ("new", false));
        assert!(!function.is_std());
        assert!(Function::parse("alloc::f").is_std() && !Function::parse("allocs::f").is_std());
    }

    #[test]
    fn nonsense_is_some_name_and_no_panic() {
        for name in
            ["", "<", ">", "<<<<>", "::", "a::", "<a as", "$LT$", "{", "fn(", "é<ü>::ß", "->", "[;"]
        {
            let _ = Function::parse(name);
        }
        let _ = Function::parse(&"<".repeat(100_000));
        let _ = Function::parse(&format!("{}u8{}", "<&".repeat(20_000), ">::f".repeat(20_000)));
    }
}
