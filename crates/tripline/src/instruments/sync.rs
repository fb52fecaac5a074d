//! The atomics that run inside the allocator, in one place: `tests/interleavings` compiles the same
//! sources with loom's, which try every order that a processor may choose.

pub(crate) use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, AtomicUsize, fence};
pub(crate) use std::thread::yield_now;
