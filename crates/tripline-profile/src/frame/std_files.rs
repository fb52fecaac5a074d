//! Knows the source files of std, hashbrown and allocator_api2, which `std_files.txt` lists.
//!
//! dhat-rs shows the last three parts of a path, valgrind the last one. A path of three parts that is on the list
//! counts as std's. Another crate may have such a file, but seldom does.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::frame::source_modules::source_modules;
use crate::rust_path::join;

static LIST: &str = include_str!("std_files.txt");

/// The module of each listed file, by the last three parts of its path and by the last one.
static MODULES: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    let mut modules = HashMap::new();
    for path in LIST.lines().filter(|line| !line.starts_with('#')) {
        for parts in [1, 3] {
            modules.entry(last_parts(path, parts)).or_insert_with(|| module(path));
        }
    }
    modules
});

/// File names that every crate has.
const COMMON: [&str; 3] = ["mod.rs", "lib.rs", "main.rs"];

/// The functions of std that allocate, in files with such a name.
const ALLOCATING: [&str; 22] = [
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

/// Returns the module of a listed file by the last three parts of its path.
pub(crate) fn module_of(path: &str) -> Option<&'static str> {
    (path.matches('/').count() == 2).then(|| MODULES.get(path)).flatten().map(String::as_str)
}

/// Returns the module of a listed file by its name alone.
pub(crate) fn module_of_name(file: &str, function: &str) -> Option<&'static str> {
    let known = !COMMON.contains(&file) || ALLOCATING.contains(&function);
    known.then(|| MODULES.get(file)).flatten().map(String::as_str)
}

/// Returns the module of one of hashbrown's files within std, which valgrind shows as `src/map.rs`.
///
/// hashbrown's functions name their allocator. Those in another crate's `src/map.rs` seldom do.
pub(crate) fn module_of_hashbrown(path: &str, name: &str) -> Option<&'static str> {
    let file = path.strip_prefix("src/").filter(|file| HASHBROWN.contains(file))?;
    let listed = || MODULES.get(format!("hashbrown/src/{file}").as_str()).map(String::as_str);
    name.contains("alloc::alloc::Global").then(listed).flatten()
}

/// The files of hashbrown that allocate.
const HASHBROWN: [&str; 6] =
    ["map.rs", "raw_entry.rs", "rustc_entry.rs", "set.rs", "table.rs", "raw.rs"];

fn last_parts(path: &str, parts: usize) -> &str {
    path.rmatch_indices('/').nth(parts - 1).map_or(path, |(at, _)| &path[at + 1..])
}

/// Returns `alloc::raw_vec` of `alloc/src/raw_vec/mod.rs`.
fn module(path: &str) -> String {
    let (name, rest) = path.split_once("/src/").unwrap_or((path, ""));
    join(name, &source_modules(rest))
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
