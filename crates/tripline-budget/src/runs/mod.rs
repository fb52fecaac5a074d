//! Runs: figures, and the files that tell other processes of them.
//!
//! A [`Measurement`] holds the [`Figures`] of a workload, of several sizes each as [`FiguresAtSize`]; a
//! [`SuiteDescription`] says what a test binary holds; the [`Ruler`] says what the figures were measured with, its
//! [`BuildProfile`] and its [`Dependencies`] among it. `file_format` is the JSON that all such files have in common. A
//! [`NameClash`] is a name that two suites or workloads would share.
//!
//! Deliberately absent: limits. Nothing here is divided by entities or judged.

pub(crate) mod build_profile;
pub(crate) mod dependencies;
pub(crate) mod dependency_digest;
pub(crate) mod engine;
pub(crate) mod figures;
pub(crate) mod figures_at_size;
pub(crate) mod file_format;
pub(crate) mod least_squares;
pub(crate) mod measurement;
pub(crate) mod name_clash;
pub(crate) mod ruler;
pub(crate) mod suite;

pub use build_profile::BuildProfile;
pub use dependencies::Dependencies;
pub use dependency_digest::DependencyDigest;
pub use engine::Engine;
pub use figures::{Blocks, Entities, Figures};
pub use figures_at_size::{FiguresAtSize, SizePoint};
pub use file_format::SCHEMA;
pub use measurement::{BreakdownStatus, Measurement, Outcome, PendingSnapshot};
pub use name_clash::{NameClash, name_clashes, workload_clashes};
pub use ruler::Ruler;
pub use suite::{CargoTarget, SuiteDescription, TypeLayout, WorkloadDescription};
