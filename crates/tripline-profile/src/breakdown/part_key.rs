//! The key of a part of a site: what one caller took through a wrapper of the allocator.
//!
//! `yaml::parser::scan (through yaml::malloc)` is what `scan` took of all that `malloc` allocates. Where one
//! wrapper calls another, both are named, the caller's nearest first: `(through yaml::copy, yaml::malloc)`; the
//! last is the site. The caller stands in front, because it is to blame: groups and roles go by it. Small parts
//! are one line for each way: `other (12 sites through yaml::malloc)`.
//!
//! No function's path holds a blank or a parenthesis, so none is mistaken for a part, and a text that keeps
//! the keys alone still says what was split.

use crate::breakdown::site::Site;

/// The caller of a stack that ends at the wrapper.
const UNKNOWN: &str = "unknown";

const THROUGH: &str = "through ";
const SEPARATOR: &str = ", ";

/// The key of what `caller` took through the wrappers, its nearest first.
pub(crate) fn key(caller: Option<&str>, wrappers: &[&str]) -> String {
    through(caller.unwrap_or(UNKNOWN), &wrappers.join(SEPARATOR))
}

/// The key of what `caller` took the same way as another.
pub(crate) fn through(caller: &str, wrappers: &str) -> String {
    format!("{caller} ({THROUGH}{wrappers})")
}

/// Through which wrappers a part, or the line of small ones, was taken; none of any other key.
pub(crate) fn wrappers(key: &str) -> Option<&str> {
    let (_, inside) = key.strip_suffix(')')?.rsplit_once(" (")?;
    match inside.strip_prefix(THROUGH) {
        None => inside.split_once(" through ").map(|(_, wrappers)| wrappers),
        wrappers => wrappers,
    }
}

/// The site that was split, of its parts' wrappers.
pub(crate) fn site(wrappers: &str) -> &str {
    wrappers.rsplit_once(SEPARATOR).map_or(wrappers, |(_, site)| site)
}

/// The path of the function that a key begins with; of a part without a caller, the wrapper's.
pub(crate) fn path(key: &str) -> &str {
    match (wrappers(key), key.split_once(" (")) {
        (Some(wrappers), Some((UNKNOWN, _))) => site(wrappers),
        (Some(_), Some((caller, _))) => caller,
        _ => key,
    }
}

/// The keys under which the blocks of a site may be found where it is inlined, the likeliest first. A part
/// may go to the caller that it names, or with that to the next, through the wrapper still or not.
pub(crate) fn outward(site: &Site) -> Vec<String> {
    let Some(wrappers) = wrappers(&site.key) else { return site.callers.clone() };
    let callers = site.callers.iter();
    let further = callers.flat_map(|caller| [through(caller, wrappers), caller.clone()]);
    std::iter::once(path(&site.key).to_owned()).chain(further).collect()
}

/// Those of them that are one call away.
pub(crate) fn nearest(site: &Site) -> Vec<String> {
    let mut keys = outward(site);
    keys.truncate(if wrappers(&site.key).is_some() { 2 } else { 1 });
    keys
}

/// The callers of the whole site, of the stacks that a part or a site is described by: the nearest first.
pub(crate) fn callers(site: &Site) -> Vec<String> {
    let Some(wrappers) = wrappers(&site.key) else { return site.callers.clone() };
    let between = wrappers.rsplit(SEPARATOR).skip(1).map(str::to_owned);
    let caller = site.key.split_once(" (").map(|(caller, _)| caller.to_owned());
    let caller = caller.filter(|caller| caller != UNKNOWN);
    between.chain(caller).chain(site.callers.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_who_took_it_and_through_what() {
        let one = key(Some("y::scan"), &["y::malloc"]);
        assert_eq!(one, "y::scan (through y::malloc)");
        assert_eq!((path(&one), wrappers(&one)), ("y::scan", Some("y::malloc")));
        let two = key(Some("y::scan"), &["y::copy", "y::malloc"]);
        assert_eq!(two, "y::scan (through y::copy, y::malloc)");
        assert_eq!(wrappers(&two).map(site), Some("y::malloc"));
        let nobody = key(None, &["y::copy", "y::malloc"]);
        assert_eq!(nobody, "unknown (through y::copy, y::malloc)");
        assert_eq!(path(&nobody), "y::malloc");
    }

    #[test]
    fn the_site_was_called_by_the_wrappers_and_then_by_the_parts_caller() {
        let part = |key: &str| Site {
            key: key.to_owned(),
            callers: vec!["y::load".to_owned()],
            ..Site::folded(0, Default::default())
        };
        let two = part("y::scan (through y::copy, y::malloc)");
        assert_eq!(callers(&two), ["y::copy", "y::scan", "y::load"]);
        assert_eq!(callers(&part("y::malloc")), ["y::load"]);
        assert_eq!(callers(&part("unknown (through y::malloc)")), ["y::load"]);
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
            assert_eq!((path(key), wrappers(key)), (key, None), "{key}");
        }
    }
}
