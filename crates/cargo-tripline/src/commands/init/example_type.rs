//! A type of the user's crate that an example can name: concrete, at the crate's root, and public unless the example
//! stands in the crate.
//!
//! It is read as text, so it is a guess; if it does not compile, `init` writes a plain example instead.

use crate::commands::init::source::{code, identifier, item_around};

/// A type, and how to make one without arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ExampleType {
    pub(super) name: String,
    /// `new` or `default`.
    pub(super) constructor: Option<&'static str>,
}

/// The types that an example can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Public,
    /// Private ones too.
    Crate,
}

/// Returns the first type with a constructor, or else the first.
pub(super) fn find(text: &str, reach: Reach) -> Option<ExampleType> {
    let code = code(text);
    let mut types = Vec::new();
    let lines = code.match_indices('\n').map(|(end, _)| end + 1);
    for start in std::iter::once(0).chain(lines) {
        types.extend(known_type(&code, start, reach));
    }
    let made = types.iter().position(|known| known.constructor.is_some());
    let index = made.unwrap_or_default();
    (index < types.len()).then(|| types.swap_remove(index))
}

fn known_type(code: &str, at: usize, reach: Reach) -> Option<ExampleType> {
    let line = &code[at..];
    let private = || Some(line).filter(|_| reach == Reach::Crate);
    let declaration = line.strip_prefix("pub ").or_else(private)?;
    let rest = ["struct ", "enum "].iter().find_map(|kind| declaration.strip_prefix(kind))?;
    let name = identifier(rest)?;
    let is_concrete = rest[name.len()..].trim_start().starts_with(['{', '(', ';']);
    let item = &code[item_around(code, at)];
    if !is_concrete || item.contains("#[cfg(") {
        return None;
    }
    let constructor = constructor(code, item, name);
    Some(ExampleType { name: name.to_owned(), constructor })
}

fn constructor(code: &str, item: &str, name: &str) -> Option<&'static str> {
    let derives = item.split_once("derive(").and_then(|(_, traits)| traits.split_once(')'));
    let is_default = |traits: &str| traits.split(',').any(|one| one.trim() == "Default");
    if derives.is_some_and(|(traits, _)| is_default(traits))
        || code.contains(&format!("\nimpl Default for {name} {{"))
    {
        return Some("default");
    }
    let (_, own) = code.split_once(&format!("\nimpl {name} {{"))?;
    let own = own.split_once("\n}").map_or(own, |(own, _)| own);
    let makes = |line: &str| {
        let line = line.trim_start().replace("const fn", "fn");
        [format!("pub fn new() -> {name} {{"), "pub fn new() -> Self {".to_owned()]
            .iter()
            .any(|new| line.starts_with(new))
    };
    own.lines().any(makes).then_some("new")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> Option<(String, Option<&'static str>)> {
        find(text, Reach::Public).map(|known| (known.name, known.constructor))
    }

    #[test]
    fn a_type_with_a_constructor_is_preferred() {
        let text = "pub struct A(u8);\n\n#[derive(Debug, Default)]\npub struct B {\n}\n";
        assert_eq!(known(text), Some(("B".to_owned(), Some("default"))));
        assert_eq!(known("pub struct A(u8);\n"), Some(("A".to_owned(), None)));
    }

    #[test]
    fn a_constructor_takes_no_argument_and_is_public() {
        let made = |new: &str| {
            let text = format!("pub enum A {{ X }}\n\nimpl A {{\n    {new} {{ A::X }}\n}}\n");
            known(&text).unwrap().1
        };
        assert_eq!(made("pub fn new() -> Self"), Some("new"));
        assert_eq!(made("pub const fn new() -> A"), Some("new"));
        assert_eq!(made("fn new() -> Self"), None);
        assert_eq!(made("pub fn new(x: u8) -> Self"), None);
        assert_eq!(made("pub fn new() -> Result<Self, E>"), None);
        let text = "pub struct A;\nimpl Default for A {\n}\n";
        assert_eq!(known(text), Some(("A".to_owned(), Some("default"))));
    }

    #[test]
    fn what_is_generic_private_conditional_or_no_code_is_not_known() {
        for text in [
            "pub struct A<T>(T);",
            "struct A;",
            "pub(crate) struct A;",
            "#[cfg(unix)]\npub struct A;",
            "mod m {\n    pub struct A;\n}",
            "/*\npub struct A;\n*/",
            "pub fn a() {}",
        ] {
            assert_eq!(known(text), None, "{text}");
        }
    }

    #[test]
    fn an_example_in_the_crate_can_name_what_is_private() {
        let known = |text| find(text, Reach::Crate).map(|known| known.name);
        assert_eq!(known("struct A;"), Some("A".to_owned()));
        assert_eq!(known("use b::B;\nenum A { X }"), Some("A".to_owned()));
        for text in ["struct A<T>(T);", "mod m {\n    struct A;\n}", "structs! {}"] {
            assert_eq!(known(text), None, "{text}");
        }
    }
}
