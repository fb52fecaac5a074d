//! The tool around tripline's budgets, as a library that `cargo tripline` and `cargo xtask` share.
//!
//! The rooms, each of which imports only from those below it:
//!
//! | room | holds |
//! |---|---|
//! | `commands` | the commands, one file or folder each |
//! | `recording` | what records budgets: figures to plans to files |
//! | `reports` | findings as a table, JSON, JUnit, Markdown, CSV, HTML, annotations |
//! | `findings` | limits held to figures, as rows and groups |
//! | `published` | measurements of other machines |
//! | `measuring` | runs workloads and reads what they published |
//! | `workspace` | packages, test binaries, suites, budget files |
//! | `repository` | git, and the budgets of a commit |
//! | `profiles` | DHAT profiles |
//! | `filter` | FILTER: a part of a name |
//! | `system` | processes, signals, files |
//! | `output` | printing, progress, tables, drawings |
//! | `outcome` | how a command ends |
//!
//! Deliberately absent: measuring, which is the test's own business, and judging, which is
//! `tripline-budget`'s: a limit means here what it means in `cargo test`.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may panic"))]

mod commands;
mod filter;
mod findings;
mod measuring;
mod outcome;
mod output;
mod profiles;
mod published;
mod recording;
mod reports;
mod repository;
mod system;
mod workspace;

pub use commands::{
    AnalyzeArgs, CheckArgs, Command, CompareArgs, HistoryArgs, InitArgs, LayoutArgs, MergeArgs,
    ProveArgs, UpdateArgs, run_command,
};
pub use filter::Filter;
pub use measuring::{Load, MeasureOptions, Measured, Sample, measure};
pub use outcome::Status;
pub use output::{Step, Svg, Tool, pixels, print};
pub use system::process::{Finished, run};
pub use workspace::latest::{TargetFolders, measurement};
pub use workspace::{
    Binary, CargoArgs, LoadedFile, Lock, Project, SelectedSuite, Selection, SuiteHome, fresh_id,
};
