//! Paths of functions and modules as text: `a::b::f`.
//!
//! Knows no profile and no file. Deliberately absent: generic arguments and other brackets, which `function`
//! removes.

/// Returns the first part of a path: `a` of `a::b::f`.
pub(crate) fn crate_of(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

/// Returns everything before the last part: `a::b` of `a::b::f`. Empty if there is one part only.
pub(crate) fn parent(path: &str) -> &str {
    path.rsplit_once("::").map_or("", |(parent, _)| parent)
}

/// Returns the last part: `f` of `a::b::f`.
pub(crate) fn last_part(path: &str) -> &str {
    path.rsplit_once("::").map_or(path, |(_, last)| last)
}

/// Returns `first::m::n` of `first` and the modules `m` and `n`.
pub(crate) fn join(first: &str, modules: &[String]) -> String {
    let mut path = first.to_owned();
    for module in modules {
        path.push_str("::");
        path.push_str(module);
    }
    path
}

/// Returns `true` if `path` lies in `module`.
pub(crate) fn is_in(path: &str, module: &str) -> bool {
    path.strip_prefix(module).is_some_and(|rest| rest.starts_with("::"))
}

/// Returns the paths within a text, each from its crate on: `a::b::C` in `f<a::b::C<u8>>`. A path ends before a part
/// that a compiler made up: `a::b` in `a::b::impl$6::poll`.
pub(crate) fn paths_in(text: &str) -> impl Iterator<Item = &str> {
    let is_in_path = |character: char| character.is_alphanumeric() || "_:$".contains(character);
    text.split(move |character| !is_in_path(character)).filter_map(|part| {
        let named = part.split_once('$').map_or(part, |(start, _)| parent(start));
        let named = named.trim_end_matches(':');
        let starts = named.starts_with(|first: char| first.is_ascii_lowercase());
        (starts && named.contains("::")).then_some(named)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_a_crate_a_parent_and_a_last_part() {
        assert_eq!(["a::b::f", "f", ""].map(crate_of), ["a", "f", ""]);
        assert_eq!(["a::b::f", "f", ""].map(parent), ["a::b", "", ""]);
        assert_eq!(["a::b::f", "f", ""].map(last_part), ["f", "f", ""]);
    }

    #[test]
    fn a_longer_name_is_not_in_the_module() {
        assert!(is_in("a::b::f", "a::b") && !is_in("a::bc::f", "a::b") && !is_in("a::b", "a::b"));
    }

    #[test]
    fn paths_in_a_text_begin_with_a_crate() {
        let found: Vec<_> =
            paths_in("f<a::b::{impl#6}::poll::{closure_env#0}<C::D>, e::F>").collect();
        assert_eq!(found, ["a::b", "e::F"]);
        let found: Vec<_> =
            paths_in("f<a::b::impl$6::poll::closure_env$0<C::D>, enum2$<e::g::F> >").collect();
        assert_eq!(found, ["a::b", "e::g::F"]);
    }
}
