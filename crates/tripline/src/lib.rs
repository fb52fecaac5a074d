//! Size and allocation budgets as ordinary Rust tests.
//!
//! A budget is a small TOML file that says how many blocks and bytes a workload may cost, in total, at
//! its peak, for each entity, and when it has ended. `cargo test` runs the workload in a process of its
//! own under [dhat](https://docs.rs/dhat)'s testing mode, or with counters alone, and holds it to the file.
//!
//! ```no_run
//! use tripline::Probe;
//!
//! tripline::suite!(); // installs the allocator, guards budgets/<this crate>/
//!
//! tripline::sizes! { Vec<u8>, Option<Box<u8>> <= 16 } // budgets/<this crate>/sizes.toml
//!
//! #[tripline::test] // budgets/<this crate>/collects.toml
//! fn collects(probe: &Probe) {
//!     let input = "one two three"; // set-up: not measured
//!     let words = probe.measure(|| input.split(' ').map(str::to_owned).collect::<Vec<_>>());
//!     assert_eq!(words.len(), 3); // not measured
//! }
//! # fn main() {}
//! ```
//!
//! The stages, each a module: a test is a *judge* (`judge`), which starts its own executable again as the
//! *meter* (`child`, `meter`); the workload marks a region ([`Probe`]); the allocator ([`Alloc`]) passes
//! what happens in it to dhat and to a ledger of its own (`gate`, `profiled`, `ledger`, `recording`), or to counters
//! alone (`count`; which of the two, `engine` decides); the judge
//! reads what the meter wrote, compares it with the budget (`tripline-budget`), and the call sites with those
//! that were recorded (`evidence`, `tripline-profile`), and these with types that grew (`stored`); it leaves a page (`report`), and panics once with
//! everything that is wrong (`render`).
//!
//! Deliberately absent: writing a budget (that is the tool's, `cargo tripline update-budgets`) and a
//! variable that turns a verdict off.

mod case;
mod entry;
mod error;
mod growth;
mod instruments;
mod judge;
mod layouts;
mod meter;
mod render;
mod report;
mod run;
mod sites;

pub use crate::instruments::alloc::Alloc;
pub use crate::meter::probe::Probe;

/// Makes a test crate a suite. It stands once, at the crate's root:
///
/// ```no_run
/// tripline::suite!();
/// # fn main() {}
/// ```
///
/// It installs [`Alloc`] as the global allocator, captures the package's features and
/// `debug_assertions` for the budget files' `when`, and emits two tests: `tripline_suite::budgets`, which
/// fails on a budget without a test and a test without a budget, and `tripline_suite::sizes`, which holds
/// every type of [`sizes!`] to `budgets/<suite>/sizes.toml`. A suite is named after its crate.
///
/// - `suite!(allocator = mimalloc::MiMalloc)`: around another allocator than the system's, given as a constant
///   expression; see [`Alloc::around`].
/// - `suite!(allocator = none)`: the crate installs [`Alloc`] itself.
/// - `suite!(name = "…")`: where two packages' test targets would share a name.
pub use tripline_macros::suite;

/// Budgets the size of types, in `budgets/<suite>/sizes.toml`.
///
/// ```no_run
/// tripline::suite!();
/// tripline::sizes! { String, Vec<u8> <= 32 }
/// # fn main() {}
/// ```
///
/// `Type` takes its limit from the file and explains itself when the test runs. `Type <= 32` adds a wall
/// at compile time, meant to stand above the budget, because a compile error can explain nothing:
///
/// ```compile_fail
/// tripline::sizes! { [u64; 5] <= 32 }
/// ```
///
/// Types are concrete. A private type is budgeted from a unit test of its own crate.
pub use tripline_macros::sizes;

/// Turns a function into a test that holds a workload to `budgets/<suite>/<path>.toml`.
///
/// The function takes `probe: &`[`Probe`] and returns `()` or any `Result`. It may be `async` (feature
/// `tokio`, on by default), with tokio's own options: `flavor = "current_thread"` (the default) or
/// `"multi_thread"`, `worker_threads`, and `start_paused` (feature `start-paused`).
///
/// ```no_run
/// # use tripline::Probe;
/// tripline::suite!();
///
/// #[tripline::test(flavor = "multi_thread", worker_threads = 2)]
/// async fn joins(probe: &Probe) -> Result<(), tokio::task::JoinError> {
///     let sum = probe.measure_async(async || tokio::spawn(async { 1 + 1 }).await).await?;
///     assert_eq!(sum, 2);
///     Ok(())
/// }
/// # fn main() {}
/// ```
///
/// It is an ordinary `#[test]`: filters, `#[ignore]`, nextest and an editor's Run button work.
/// `#[should_panic]` is refused.
///
/// # Panics
/// When the test runs: if the workload crosses a limit, has none, or could not be measured.
pub use tripline_macros::test;

/// The book's examples, compiled.
#[cfg(doctest)]
mod book {
    #[doc = include_str!("../../../docs/src/first-budget.md")]
    mod first_budget {}
    #[doc = include_str!("../../../docs/src/async.md")]
    mod asynchronous {}
    #[doc = include_str!("../../../docs/src/allocators.md")]
    mod allocators {}
}

/// What the macros' expansions name. Not public API: anything here may change in any version.
#[doc(hidden)]
pub mod __private {
    pub use insta;
    pub use inventory;
    pub use static_assertions::const_assert;

    pub use crate::case::registry::{
        RegisteredWorkload, SizedType, Suite, Workload, assert_at_crate_root, witness,
    };
    #[cfg(feature = "tokio")]
    pub use crate::entry::run_async;
    pub use crate::entry::{check_budgets, check_sizes, run};
    pub use crate::instruments::alloc::DynAllocator;
    pub use crate::instruments::count::{Counting, Watching};
    pub use crate::instruments::ledger::LedgerReading;
    pub use crate::instruments::recording::{
        BlockBalance, HeapFigures, PeakPrecision, Reading, Recording,
    };
    #[cfg(feature = "tokio")]
    pub use crate::meter::runtime::Runtime;
    pub use crate::render::{
        BlameRow, BlameSection, CoherenceRow, LimitDifference, LimitRow, TextTable,
    };
    pub use crate::report::{Report, SiteTable, TypeRow};
    pub use crate::{
        __assert_snapshot as assert_snapshot, __require_start_paused as require_start_paused,
        __require_tokio as require_tokio,
    };
}

/// insta's own macro takes the caller's package from where it is expanded.
#[doc(hidden)]
#[macro_export]
macro_rules! __assert_snapshot {
    ($folder:expr, $name:expr, $text:expr) => {
        $crate::__private::insta::with_settings!({
            snapshot_path => $folder,
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            $crate::__private::insta::assert_snapshot!($name, $text);
        });
    };
}

#[doc(hidden)]
#[macro_export]
#[cfg(feature = "tokio")]
macro_rules! __require_tokio {
    () => {};
}

#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "tokio"))]
macro_rules! __require_tokio {
    () => {
        compile_error!("an `async fn` workload needs tripline's feature `tokio`");
    };
}

#[doc(hidden)]
#[macro_export]
#[cfg(feature = "start-paused")]
macro_rules! __require_start_paused {
    () => {};
}

#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "start-paused"))]
macro_rules! __require_start_paused {
    () => {
        compile_error!("`start_paused` needs tripline's feature `start-paused`");
    };
}
