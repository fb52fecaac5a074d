//! Decides which part a frame can have in a stack.

use crate::frame::origin::SourceOrigin;
use crate::frame::table::Frame;
use crate::rust_path::last_part;

/// The part that a frame can have in a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameRole {
    /// It can be a site.
    Site,
    /// A function of std or of what stands in for it, or a frame without a name.
    Skipped,
    /// An allocator's entry. It and everything that it calls belong to the allocator.
    Allocator,
    /// The start of a thread or a program: neither a site nor a caller.
    Start,
    /// A `main` without a source. In a Rust program it is a start. In a program in C that has no debug information it
    /// may be all that is known.
    Main,
}

/// The functions that a compiler calls for `alloc`, and the allocators of C and C++.
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

/// The functions that start a thread or a program, in C's runtime or without a source.
const STARTS: [&str; 13] = [
    "BaseThreadInitThunk",
    "RtlUserThreadStart",
    "__GI___call_tls_dtors",
    "__clone",
    "__libc_start_call_main",
    "__libc_start_main",
    "__libc_start_main_impl",
    "_start",
    "clone",
    "clone3",
    "invoke_main",
    "mainCRTStartup",
    "start_thread",
];

impl FrameRole {
    /// Decides the role of a frame; `std` is true if its source is std's.
    pub(crate) fn of(frame: &Frame, std: bool) -> Self {
        if is_allocator(frame) {
            return Self::Allocator;
        }
        let name = frame.function.path.as_str();
        let rust_source = has_rust_source(frame);
        if !rust_source && !frame.function.qualified {
            if name == "main" && frame.place.is_none() {
                return Self::Main;
            }
            if STARTS.contains(&name) {
                return Self::Start;
            }
            if name.is_empty() || is_libc(name) {
                return Self::Skipped;
            }
        }
        if std || frame.function.is_std() { Self::Skipped } else { Self::Site }
    }
}

fn has_rust_source(frame: &Frame) -> bool {
    !matches!(frame.origin, SourceOrigin::C | SourceOrigin::Unknown)
}

/// Returns `true` if the name is that of one of the C library's own functions.
fn is_libc(name: &str) -> bool {
    const NAMES: [&str; 4] = ["fdopen", "fopen", "getdelim", "opendir"];
    name.starts_with('_')
        || name.starts_with("pthread_")
        || name.contains("@GLIBC")
        || NAMES.contains(&name)
}

fn is_allocator(frame: &Frame) -> bool {
    let last = last_part(&frame.function.path);
    let entry =
        ALLOCATORS.contains(&last) && (last.starts_with("__r") || !frame.function.qualified);
    let namesake = !last.starts_with("__r") && has_rust_source(frame);
    entry && !namesake
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
            FrameRole::of(&frame, matches!(frame.origin, SourceOrigin::Std(_)))
        };
        for (text, expected) in [
            ("0x1: __rust_alloc (bin/probe/main.rs:1:1)", FrameRole::Allocator),
            ("0x1: __rustc::__rust_alloc (???:0:0)", FrameRole::Allocator),
            (
                "0x1: <my::Alloc as core::alloc::global::GlobalAlloc>::alloc (my/src/lib.rs:1:1)",
                FrameRole::Allocator,
            ),
            (
                "0x1: malloc (in /usr/libexec/valgrind/vgpreload_dhat-amd64-linux.so)",
                FrameRole::Allocator,
            ),
            (
                "0x1: operator new(unsigned long) (in /usr/libexec/valgrind/vgpreload.so)",
                FrameRole::Allocator,
            ),
            ("0x1: malloc (my/src/lib.rs:1:1)", FrameRole::Site),
            ("0x1: clone (turso_parser-0.8.3/src/ast.rs:1:1)", FrameRole::Site),
            ("0x1: clone (???:0:0)", FrameRole::Start),
            ("0x1: main (probe/src/main.rs:60:5)", FrameRole::Site),
            ("0x1: main (in /tmp/probe)", FrameRole::Main),
            ("0x1: main (???:0:0)", FrameRole::Main),
            ("0x1: main (probe.c:60)", FrameRole::Site),
            ("0x1: domain (in /tmp/probe)", FrameRole::Site),
            ("0x1: invoke_main (D:\\a\\exe_common.inl:78:0)", FrameRole::Start),
            ("0x1: (below main) (libc_start_call_main.h:58)", FrameRole::Skipped),
            ("0x1: _IO_file_doallocate (filedoalloc.c:101)", FrameRole::Skipped),
            ("0x1: pthread_getattr_np@@GLIBC_2.32 (pthread_getattr_np.c:180)", FrameRole::Skipped),
            ("0x1: sqlite3MemMalloc (sqlite3.c:26500)", FrameRole::Site),
            ("0x1: alloc (dhat-0.3.3/src/lib.rs:1176:9)", FrameRole::Skipped),
            ("0x1: with_capacity_in<u8> (src/raw_vec/mod.rs:1:1)", FrameRole::Skipped),
            ("0x1: ???", FrameRole::Skipped),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }
}
