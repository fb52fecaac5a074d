//! Which source files are std's, hashbrown's or allocator_api2's, as `std_files.txt` lists them.
//!
//! dhat-rs shows the last three parts of a path, valgrind the last one. With three parts a name of the
//! list is taken for std's, whoever else may have such a file: that is rare and listed files are many.

use std::collections::HashMap;
use std::sync::LazyLock;

static LIST: &str = include_str!("std_files.txt");

/// Each listed file by its last three parts, and by its last.
static MODULES: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    let mut modules = HashMap::new();
    for path in LIST.lines().filter(|line| !line.starts_with('#')) {
        for parts in [1, 3] {
            modules.entry(last(path, parts)).or_insert_with(|| module(path));
        }
    }
    modules
});

/// Names that every crate has, and what std's own are called in the functions that allocate.
const COMMON: [&str; 3] = ["mod.rs", "lib.rs", "main.rs"];
const GROWING: [&str; 22] = [
    "allocate",
    "do_reserve_and_handle",
    "extend_desugared",
    "extend_from_slice",
    "extend_trusted",
    "finish_grow",
    "from_elem",
    "from_iter",
    "grow_amortized",
    "grow_exact",
    "grow_one",
    "insert",
    "push",
    "push_mut",
    "reserve",
    "reserve_exact",
    "reserve_for_push",
    "shrink_to_fit",
    "try_allocate_in",
    "try_with_capacity_in",
    "with_capacity",
    "with_capacity_in",
];

/// The module of a file whose path was cut to three parts, if it is listed.
pub(crate) fn module_of(path: &str) -> Option<&'static str> {
    (path.matches('/').count() == 2).then(|| MODULES.get(path)).flatten().map(String::as_str)
}

/// The module of a file of which only the name is known, if a listed one is called so.
pub(crate) fn module_of_name(file: &str, function: &str) -> Option<&'static str> {
    let known = !COMMON.contains(&file) || GROWING.contains(&function);
    known.then(|| MODULES.get(file)).flatten().map(String::as_str)
}

/// The same of hashbrown within std, whose sources valgrind shows as `src/map.rs`. Its functions name their
/// allocator; another crate's `src/map.rs` seldom has one.
pub(crate) fn module_of_hashbrown(path: &str, name: &str) -> Option<&'static str> {
    let file = path.strip_prefix("src/").filter(|file| HASHBROWN.contains(file))?;
    let listed = || MODULES.get(format!("hashbrown/src/{file}").as_str()).map(String::as_str);
    name.contains("alloc::alloc::Global").then(listed).flatten()
}

const HASHBROWN: [&str; 6] =
    ["map.rs", "raw_entry.rs", "rustc_entry.rs", "set.rs", "table.rs", "raw.rs"];

fn last(path: &str, parts: usize) -> &str {
    path.rmatch_indices('/').nth(parts - 1).map_or(path, |(at, _)| &path[at + 1..])
}

/// `alloc/src/raw_vec/mod.rs` is `alloc::raw_vec`.
fn module(path: &str) -> String {
    let (name, rest) = path.split_once("/src/").unwrap_or((path, ""));
    crate::frame::origin::join(name, &crate::frame::origin::modules(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_files_are_std_and_their_like_are_not() {
        for (path, module) in [
            ("src/raw_vec/mod.rs", "alloc::raw_vec"),
            ("collections/hash/map.rs", "std::collections::hash::map"),
            ("iter/adapters/map.rs", "core::iter::adapters::map"),
            ("alloc/src/alloc.rs", "alloc::alloc"),
            ("src/raw/mod.rs", "hashbrown::raw"),
        ] {
            assert_eq!(module_of(path), Some(module), "{path}");
        }
        for path in
            ["alloc/collections/hash_map.rs", "src/raw_vec.rs", "x/src/raw_vec/mod.rs", "mod.rs"]
        {
            assert_eq!(module_of(path), None, "{path}");
        }
        let generic = "insert<u32, u8, std::hash::random::RandomState, alloc::alloc::Global>";
        assert_eq!(module_of_hashbrown("src/map.rs", generic), Some("hashbrown::map"));
        assert_eq!(module_of_hashbrown("src/map.rs", "insert<u32>"), None);
        assert_eq!(module_of_name("boxed.rs", "new"), Some("alloc::boxed"));
        assert!(module_of_name("mod.rs", "with_capacity_in").is_some());
        assert_eq!(module_of_name("mod.rs", "translate"), None);
    }
}
