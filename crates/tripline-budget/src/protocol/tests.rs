//! Tests that `suite!` adds to every suite, by the path below the crate.
//!
//! A tool runs them by name: one describes the suite, the other publishes layouts.

/// The test that compares budgets with tests, and publishes [`SUITE`](super::files::SUITE).
pub const BUDGETS: &str = "tripline_suite::budgets";

/// The test that holds types to their sizes, and publishes [`LAYOUTS`](super::files::LAYOUTS) on request.
pub const SIZES: &str = "tripline_suite::sizes";
