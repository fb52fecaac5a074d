//! The workspace that a command works on: its packages, test binaries, suites and their files.
//!
//! In order: a [`Project`] is cargo's view of a workspace; it builds the test binaries and has each that bears a suite's `mark`
//! describe it, which `latest` reads; a [`Selection`] holds the suites that a filter matches; a [`SuiteHome`] is one suite
//! and its files. It may not know a figure: it builds tests and finds files.

mod binary;
mod budgets;
mod cargo_args;
mod home;
pub(crate) mod latest;
mod lock;
mod mark;
mod project;
mod run_id;
mod runner;
mod selection;
mod starter;
mod twins;
mod unanswered;

pub use binary::Binary;
pub use budgets::LoadedFile;
pub use cargo_args::CargoArgs;
pub use home::SuiteHome;
pub(crate) use home::name;
pub use lock::Lock;
pub use project::Project;
pub use run_id::fresh_id;
pub(crate) use selection::names;
pub use selection::{SelectedSuite, Selection};
pub use starter::StartArgs;
pub(crate) use starter::start;
