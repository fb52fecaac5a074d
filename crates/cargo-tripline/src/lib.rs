//! The tool around tripline's budgets, as a library that `cargo tripline` and `cargo xtask` share.
//!
//! In order of use: a [`Project`] is what cargo says of a workspace; it builds the test binaries and
//! has each describe its [suite](Project::suites); a [`Selection`] is what a [`Filter`] leaves of
//! them; [`measure`] runs workloads and reads what they published. Upon that stand four commands: `check` shows
//! every limit, `update` plans new ones and writes them, `init` gives a package its first, and `prove` sees each
//! trip. Three run no test: `merge` judges what runs on other machines published, `check --base` holds budgets to
//! an earlier commit's, and `history` tells how they came about. Two more, `analyze` and `compare`, need no
//! workspace: they show what DHAT profiles hold.
//!
//! Deliberately absent: measuring, which is the test's own business, and judging, which is
//! `tripline-budget`'s: a limit means here what it means in `cargo test`.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may panic"))]

mod analyze;
mod binary;
mod budgets;
mod cargo_args;
mod check;
mod command;
mod compare;
mod filter;
mod git;
mod grid;
mod history;
mod home;
mod init;
mod interrupt;
mod latest;
mod layout;
mod load;
mod lock;
mod measure;
mod merge;
mod output;
mod process;
mod profile;
mod progress;
mod project;
mod prove;
mod published;
mod replace;
mod report;
mod revision;
mod run_id;
mod selection;
mod status;
mod svg;
mod tool;
mod update;

pub use analyze::AnalyzeArgs;
pub use binary::Binary;
pub use budgets::Loaded;
pub use cargo_args::CargoArgs;
pub use check::CheckArgs;
pub use command::Command;
pub use compare::CompareArgs;
pub use filter::Filter;
pub use history::HistoryArgs;
pub use home::Home;
pub use init::InitArgs;
pub use latest::measurement;
pub use layout::LayoutArgs;
pub use load::Load;
pub use lock::Lock;
pub use measure::{Asked, Measured, Sample, measure};
pub use merge::MergeArgs;
pub use output::print;
pub use process::{Finished, run};
pub use progress::Step;
pub use project::Project;
pub use prove::ProveArgs;
pub use run_id::fresh_id;
pub use selection::{Selected, Selection};
pub use status::{Status, run_command};
pub use svg::{Svg, pixels};
pub use tool::Tool;
pub use update::UpdateArgs;
