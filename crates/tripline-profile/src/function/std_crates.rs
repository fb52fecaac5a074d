//! The crates whose functions are never a site: std, and what stands in for it.

/// The crates between a program and its allocator, and the instruments themselves.
const STD: [&str; 16] = [
    "alloc",
    "allocator_api2",
    "compiler_builtins",
    "core",
    "dhat",
    "hashbrown",
    "panic_abort",
    "panic_unwind",
    "proc_macro",
    "rustc_std_workspace_alloc",
    "rustc_std_workspace_core",
    "std",
    "std_detect",
    "test",
    "tripline",
    "__rustc",
];

/// Returns `true` if a crate's functions are never a site.
pub(crate) fn is_std(name: &str) -> bool {
    STD.contains(&name)
}
