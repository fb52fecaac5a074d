//! Names of the tests that `suite!` adds to every suite, as paths below the crate.
//!
//! A tool runs them by name: one describes the suite, the other publishes layouts.

/// The test that compares budgets with tests, and publishes [`SUITE`](super::file_names::SUITE).
pub const BUDGETS: &str = "tripline_suite::budgets";

/// The test that holds types to their sizes, and publishes [`LAYOUTS`](super::file_names::LAYOUTS) on request.
pub const SIZES: &str = "tripline_suite::sizes";
