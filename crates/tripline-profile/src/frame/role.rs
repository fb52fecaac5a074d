//! What a frame can be for the blocks below it.

use crate::frame::origin::Origin;
use crate::frame::table::Frame;

/// A frame's part in a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It can be a site.
    Site,
    /// Of std and the like, or without a name.
    Passed,
    /// The door of an allocator: it and everything further in is the allocator's own.
    Allocator,
    /// What starts a thread or a program: neither a site nor a caller.
    Start,
}

/// What a compiler calls for `alloc`, and C's and C++'s own.
const ALLOCATORS: [&str; 20] = [
    "__rdl_alloc",
    "__rdl_alloc_zeroed",
    "__rdl_realloc",
    "__rg_alloc",
    "__rg_alloc_zeroed",
    "__rg_realloc",
    "__rust_alloc",
    "__rust_alloc_zeroed",
    "__rust_realloc",
    "aligned_alloc",
    "calloc",
    "malloc",
    "memalign",
    "operator new",
    "posix_memalign",
    "realloc",
    "strdup",
    "valloc",
    "xmalloc",
    "xrealloc",
];

/// In C's runtime or without a source.
const STARTS: [&str; 11] = [
    "(below main)",
    "__GI___call_tls_dtors",
    "__clone",
    "__libc_start_call_main",
    "__libc_start_main",
    "__libc_start_main_impl",
    "_start",
    "clone",
    "clone3",
    "main",
    "start_thread",
];

pub(crate) fn role(frame: &Frame, std: bool) -> Role {
    let name = frame.function.path.as_str();
    if is_allocator(frame) {
        return Role::Allocator;
    }
    let rust_source = !matches!(frame.origin, Origin::C | Origin::Unknown);
    if !rust_source && !frame.function.qualified && (STARTS.contains(&name) || name.is_empty()) {
        return if name.is_empty() { Role::Passed } else { Role::Start };
    }
    if !rust_source && !frame.function.qualified && is_libc(name) {
        return Role::Passed;
    }
    if std || frame.function.is_std() { Role::Passed } else { Role::Site }
}

/// The C library's own functions, so far as their names say it.
fn is_libc(name: &str) -> bool {
    const NAMES: [&str; 4] = ["fdopen", "fopen", "getdelim", "opendir"];
    name.starts_with('_')
        || name.starts_with("pthread_")
        || name.contains("@GLIBC")
        || NAMES.contains(&name)
}

fn is_allocator(frame: &Frame) -> bool {
    let name = frame.function.path.as_str();
    let last = name.rsplit("::").next().unwrap_or_default();
    let door = ALLOCATORS.contains(&last) && (last.starts_with("__r") || !frame.function.qualified);
    let rust_source = !matches!(frame.origin, Origin::C | Origin::Unknown);
    let of_c = !last.starts_with("__r") && rust_source;
    door && !of_c
        || frame.text.contains("::GlobalAlloc>::")
        || frame.text.starts_with("operator new")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_frame_has_its_part() {
        let of = |text: &str| {
            let frame = Frame::parse(text);
            role(&frame, matches!(frame.origin, Origin::Std(_)))
        };
        for (text, expected) in [
            ("0x1: __rust_alloc (bin/probe/main.rs:1:1)", Role::Allocator),
            ("0x1: __rustc::__rust_alloc (???:0:0)", Role::Allocator),
            (
                "0x1: <my::Alloc as core::alloc::global::GlobalAlloc>::alloc (my/src/lib.rs:1:1)",
                Role::Allocator,
            ),
            (
                "0x1: malloc (in /usr/libexec/valgrind/vgpreload_dhat-amd64-linux.so)",
                Role::Allocator,
            ),
            (
                "0x1: operator new(unsigned long) (in /usr/libexec/valgrind/vgpreload.so)",
                Role::Allocator,
            ),
            ("0x1: malloc (my/src/lib.rs:1:1)", Role::Site),
            ("0x1: clone (turso_parser-0.8.3/src/ast.rs:1:1)", Role::Site),
            ("0x1: clone (???:0:0)", Role::Start),
            ("0x1: main (probe/src/main.rs:60:5)", Role::Site),
            ("0x1: main (in /tmp/probe)", Role::Start),
            ("0x1: _IO_file_doallocate (filedoalloc.c:101)", Role::Passed),
            ("0x1: pthread_getattr_np@@GLIBC_2.32 (pthread_getattr_np.c:180)", Role::Passed),
            ("0x1: sqlite3MemMalloc (sqlite3.c:26500)", Role::Site),
            ("0x1: alloc (dhat-0.3.3/src/lib.rs:1176:9)", Role::Passed),
            ("0x1: with_capacity_in<u8> (src/raw_vec/mod.rs:1:1)", Role::Passed),
            ("0x1: ???", Role::Passed),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }
}
