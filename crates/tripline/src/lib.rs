//! Size and allocation budgets as ordinary Rust tests.
//!
//! A budget is a small TOML file that limits the blocks and bytes of a workload: in total, at its peak, for each entity,
//! and after it has ended. `cargo test` runs the workload in a process of its own, under
//! [dhat](https://docs.rs/dhat)'s testing mode or with counters alone, and fails if a limit is exceeded.
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
//! Start with [`suite!`], write a workload with [`test`](macro@test) and [`Probe`], and have `cargo tripline
//! update-budgets` record the files.
//!
//! # Inside
//!
//! A test is a *judge*. It starts its own executable again as the *meter*, in which the workload marks a region with its
//! probe. The allocator passes the region's calls to dhat and a ledger of tripline's own, or to counters alone. The judge
//! reads the meter's figures, holds them to the budget (`tripline-budget`), and compares the call sites
//! (`tripline-profile`). The test leaves a page, and fails once with everything that is wrong.
//!
//! The modules are rooms in an order of dependence. Each imports only from those after it:
//!
//! | room | holds |
//! |---|---|
//! | `entry` | the functions that the macros' expansions call; the roles of a process; publication |
//! | `report` | the page of a workload |
//! | `render` | the texts of failures |
//! | `judge` | the verdict on a workload, and the suite's own tests |
//! | `growth` | workloads at several sizes, and the sites that grow faster than the size |
//! | `sites` | call sites: measured, recorded, compared |
//! | `layouts` | the types of `sizes!`: their limits and layouts |
//! | `meter` | the process that runs a workload and measures it |
//! | `instruments` | the allocator, dhat, the ledger, the counters |
//! | `run` | the folder of a run, its publication, and a tool's requests |
//! | `case` | a workload's test as plain data |
//! | `error` | the reasons why there is no verdict |
//!
//! Only `render` and `report` lay out text for a person; all others return data.
//!
//! Deliberately absent: writing a budget (`cargo tripline update-budgets` does that), and a variable that turns a verdict
//! off.

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

/// Makes a test crate a suite. Write it once, at the crate's root:
///
/// ```no_run
/// tripline::suite!();
/// # fn main() {}
/// ```
///
/// The suite has the crate's name, and its budgets are in `budgets/<crate>/`. The macro
///
/// - installs [`Alloc`] as the global allocator;
/// - emits the test `tripline_suite::budgets`, which fails on a budget without a test and on a test without a budget;
/// - emits the test `tripline_suite::sizes`, which holds every type of [`sizes!`] to `budgets/<crate>/sizes.toml`;
/// - captures the package's features and `debug_assertions`, for `when` in budget files.
///
/// It takes these options:
///
/// - `suite!(allocator = mimalloc::MiMalloc)` installs [`Alloc`] around another allocator than the system's, given as a
///   constant expression; see [`Alloc::around`].
/// - `suite!(allocator = none)` installs none: the crate installs [`Alloc`] itself.
/// - `suite!(name = "…")` names the suite, where the test targets of two packages would share a name.
#[macro_export]
macro_rules! suite {
    ($($options:tt)*) => {
        $crate::__private::macros::suite! { $crate; $($options)* }
    };
}

/// Budgets the sizes of types, in `budgets/<suite>/sizes.toml`.
///
/// ```no_run
/// tripline::suite!();
/// tripline::sizes! { String, Vec<u8> <= 32 }
/// # fn main() {}
/// ```
///
/// - `Type` takes its limit from the file. A failure shows the type's fields and padding.
/// - `Type <= 32` also fails to compile above 32 bytes. Set it well above the budget: a compile error explains nothing.
///
/// ```compile_fail
/// tripline::sizes! { [u64; 5] <= 32 }
/// ```
///
/// Types are concrete. Budget a private type from a unit test of its own crate.
#[macro_export]
macro_rules! sizes {
    ($($types:tt)*) => {
        $crate::__private::macros::sizes! { $crate; $($types)* }
    };
}

/// Makes a function a test that holds a workload to `budgets/<suite>/<path>.toml`.
///
/// The function takes `probe: &`[`Probe`] and returns `()` or any `Result`:
///
/// ```no_run
/// # use tripline::Probe;
/// tripline::suite!();
///
/// #[tripline::test] // budgets/<suite>/collects.toml
/// fn collects(probe: &Probe) {
///     let squares = probe.measure(|| (0..1_000_u64).map(|n| n * n).collect::<Vec<_>>());
///     assert_eq!(squares[9], 81);
/// }
/// # fn main() {}
/// ```
///
/// It may be `async` (feature `tokio`, on by default), with tokio's own options: `flavor = "current_thread"` (the
/// default) or `"multi_thread"`, `worker_threads`, and `start_paused` (feature `start-paused`):
///
/// ```no_run
/// # use tripline::Probe;
/// # tripline::suite!();
/// #[tripline::test(flavor = "multi_thread", worker_threads = 2)]
/// async fn joins(probe: &Probe) -> Result<(), tokio::task::JoinError> {
///     let sum = probe.measure_async(async || tokio::spawn(async { 1 + 1 }).await).await?;
///     assert_eq!(sum, 2);
///     Ok(())
/// }
/// # fn main() {}
/// ```
///
/// It finds `tripline` under the name that the package's `Cargo.toml` gives it. Where another crate re-exports it,
/// say where: `#[support::tripline::test(crate = support::tripline)]`. The other macros need no such option.
///
/// It is an ordinary `#[test]`: filters, `#[ignore]`, nextest and an editor's Run button work. `#[should_panic]` is
/// refused.
///
/// # Panics
/// When the test runs: if the workload exceeds a limit, has no budget, or could not be measured.
pub use tripline_macros::test;

/// The book's examples, compiled.
#[cfg(all(doctest, book))]
mod book {
    #[doc = include_str!("../../../docs/src/first-budget.md")]
    mod first_budget {}
    #[doc = include_str!("../../../docs/src/async.md")]
    mod asynchronous {}
    #[doc = include_str!("../../../docs/src/allocators.md")]
    mod allocators {}
}

/// Items that the macros' expansions name. They are not public API, and may change in any version.
#[doc(hidden)]
pub mod __private {
    pub use insta;
    pub use inventory;
    pub use static_assertions::const_assert;
    pub use tripline_budget::protocol::suite_mark::MARK;
    pub use tripline_macros as macros;

    pub use crate::case::registry::{
        RegisteredWorkload, SizedType, Suite, Workload, assert_at_crate_root, witness,
    };
    #[cfg(feature = "tokio")]
    pub use crate::entry::run_async;
    pub use crate::entry::{check_budgets, check_sizes, run};
    pub use crate::instruments::count::{Counting, OutsideBlockWatch};
    pub use crate::instruments::dhat_region::{
        BlockBalance, DhatRegion, HeapFigures, PeakPrecision, Reading,
    };
    pub use crate::instruments::dyn_allocator::{DynAllocator, kept, placed};
    pub use crate::instruments::ledger::LedgerReading;
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

/// Expands insta's own macro, which takes the caller's package from its place.
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
