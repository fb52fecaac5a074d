//! What is measured to tell what measuring costs: programs that every allocator runs, one process each.
//!
//! `cargo xtask bench overhead` builds the binaries of this package in release mode, runs them in turn and
//! compares. Here there is only what runs inside such a process: the programs, the clock around them, and the
//! line that a process prints.
//!
//! Deliberately absent: comparing, and the peers themselves. A peer is named by its own binary (`src/bin`), so
//! that no process links two of them.

pub mod overhead;
pub mod workloads;
