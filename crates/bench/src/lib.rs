//! Programs that show the cost of measuring: every allocator runs them, each in a process of its own.
//!
//! `cargo xtask bench overhead` builds the binaries of this package in release mode, runs them in turn and
//! compares. This package holds only the part inside such a process: the programs, the clock around them, and
//! the report that a process prints.
//!
//! Deliberately absent: comparing, and the peers themselves. A peer is named by its own binary (`src/bin`), so
//! that no process links two of them.

pub mod overhead;
pub mod workloads;
