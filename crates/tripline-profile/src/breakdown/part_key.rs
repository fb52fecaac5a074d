//! The key of a part of a split site: what one caller took through a wrapper of the allocator.
//!
//! `yaml::parser::scan (through yaml::malloc)` is the part of `scan` in everything that `malloc` allocates. If one
//! wrapper calls another, both are named, the one nearest to the caller first: `(through yaml::copy, yaml::malloc)`.
//! The last is the site. The caller stands in front, because it is to blame: groups and roles go by it. Small parts
//! are one line for each list of wrappers: `other (12 sites through yaml::malloc)`.
//!
//! No function's path holds a blank or a parenthesis, so none is mistaken for a part. A text that keeps the keys
//! alone still tells which sites were split.

use crate::breakdown::site::Site;
use crate::rust_path::{last_part, parent};

/// Stands for the caller if a stack ends at the wrapper.
const UNKNOWN: &str = "unknown";

/// Stands before the wrappers in the key of a part.
const THROUGH: &str = "through ";

/// Stands between the count and the wrappers in the key of a line of small parts.
pub(crate) const SMALL_THROUGH: &str = " through ";

/// Stands between two wrappers.
const SEPARATOR: &str = ", ";

/// Returns the key of the part that `caller` took through the wrappers, its nearest first.
pub(crate) fn key(caller: Option<&str>, wrappers: &[&str]) -> String {
    through(caller.unwrap_or(UNKNOWN), &wrappers.join(SEPARATOR))
}

/// Returns the key of the part of `caller`, with the wrappers as in another part's key.
fn through(caller: &str, wrappers: &str) -> String {
    format!("{caller} ({THROUGH}{wrappers})")
}

/// Returns the wrappers in the key of a part, or of the line of small parts. `None` for any other key.
pub(crate) fn wrappers(key: &str) -> Option<&str> {
    let (_, inside) = key.strip_suffix(')')?.rsplit_once(" (")?;
    match inside.strip_prefix(THROUGH) {
        None => inside.split_once(SMALL_THROUGH).map(|(_, wrappers)| wrappers),
        wrappers => wrappers,
    }
}

/// Returns the site that was split, from the wrappers of a part.
pub(crate) fn split_site(wrappers: &str) -> &str {
    wrappers.rsplit_once(SEPARATOR).map_or(wrappers, |(_, site)| site)
}

/// Returns the path of the function that a key begins with. For a part without a caller, that of the wrapper.
pub(crate) fn function_path(key: &str) -> &str {
    match (wrappers(key), key.split_once(" (")) {
        (Some(wrappers), Some((UNKNOWN, _))) => split_site(wrappers),
        (Some(_), Some((caller, _))) => caller,
        _ => key,
    }
}

/// Returns the keys that may hold the blocks of a site after it was inlined, the likeliest first.
///
/// The blocks of a part may go to the caller that its key names, or together with that to the next caller, still
/// through the wrapper or not.
pub(crate) fn inlined_into(site: &Site) -> Vec<String> {
    let Some(wrappers) = wrappers(&site.key) else { return site.callers.clone() };
    let callers = site.callers.iter();
    let further = callers.flat_map(|caller| [through(caller, wrappers), caller.clone()]);
    std::iter::once(function_path(&site.key).to_owned()).chain(further).collect()
}

/// Returns those of [`inlined_into`] that are one call away.
pub(crate) fn nearest_inlined_into(site: &Site) -> Vec<String> {
    let mut keys = inlined_into(site);
    keys.truncate(if wrappers(&site.key).is_some() { 2 } else { 1 });
    keys
}

/// Returns the callers of the whole site in the stack that describes the part or the site, the nearest first.
pub(crate) fn callers_of_whole(site: &Site) -> Vec<String> {
    let Some(wrappers) = wrappers(&site.key) else { return site.callers.clone() };
    let between = wrappers.rsplit(SEPARATOR).skip(1).map(str::to_owned);
    let caller = site.key.split_once(" (").map(|(caller, _)| caller.to_owned());
    let caller = caller.filter(|caller| caller != UNKNOWN);
    between.chain(caller).chain(site.callers.iter().cloned()).collect()
}

/// Returns the module in a key: `a::b` of `a::b::f` and of `a::b::f (through c::malloc)`.
pub(crate) fn module(key: &str) -> &str {
    parent(function_path(key))
}

/// Returns the function in a key: `f` of `a::b::f` and of `a::b::f (through c::malloc)`.
pub(crate) fn function(key: &str) -> &str {
    last_part(function_path(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_who_took_it_and_through_what() {
        let one = key(Some("y::scan"), &["y::malloc"]);
        assert_eq!(one, "y::scan (through y::malloc)");
        assert_eq!((function_path(&one), wrappers(&one)), ("y::scan", Some("y::malloc")));
        let two = key(Some("y::scan"), &["y::copy", "y::malloc"]);
        assert_eq!(two, "y::scan (through y::copy, y::malloc)");
        assert_eq!(wrappers(&two).map(split_site), Some("y::malloc"));
        let nobody = key(None, &["y::copy", "y::malloc"]);
        assert_eq!(nobody, "unknown (through y::copy, y::malloc)");
        assert_eq!(function_path(&nobody), "y::malloc");
    }

    #[test]
    fn the_site_was_called_by_the_wrappers_and_then_by_the_parts_caller() {
        let part = |key: &str| Site {
            key: key.to_owned(),
            callers: vec!["y::load".to_owned()],
            ..Site::folded(0, Default::default())
        };
        let two = part("y::scan (through y::copy, y::malloc)");
        assert_eq!(callers_of_whole(&two), ["y::copy", "y::scan", "y::load"]);
        assert_eq!(callers_of_whole(&part("y::malloc")), ["y::load"]);
        assert_eq!(callers_of_whole(&part("unknown (through y::malloc)")), ["y::load"]);
    }

    #[test]
    fn the_line_of_small_parts_says_through_what() {
        assert_eq!(wrappers("other (12 sites through y::malloc)"), Some("y::malloc"));
        assert_eq!(wrappers("other (12 sites)"), None);
    }

    #[test]
    fn a_function_is_no_part() {
        for key in ["through::f", "a::through", "a::{closure}", "unknown", "", "a (b)", "(through"]
        {
            assert_eq!((function_path(key), wrappers(key)), (key, None), "{key}");
        }
    }
}
