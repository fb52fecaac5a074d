//! The tool around tripline's budgets, as a library that `cargo tripline` and `cargo xtask` share.
//!
//! Each room imports only from those below it:
//!
//! | room | holds |
//! |---|---|
//! | `commands` | the commands, one file or folder each |
//! | `recording` | records budgets: figures make plans, plans make files |
//! | `reports` | findings as a table, JSON, JUnit, Markdown, CSV, HTML, annotations |
//! | `findings` | limits held to figures, as rows and groups |
//! | `published` | measurements of other machines |
//! | `measuring` | runs workloads and reads their measurements |
//! | `workspace` | packages, test binaries, suites, budget files |
//! | `repository` | git, and the budgets of a commit |
//! | `profiles` | DHAT profiles |
//! | `filter` | names chosen by a part of them |
//! | `system` | processes, signals, files |
//! | `output` | printing, progress, tables, drawings |
//! | `outcome` | the end of a command: a status or a failure |
//!
//! Deliberately absent: measuring and judging. The tests measure, and `tripline-budget` judges, so a limit means
//! here what it means in `cargo test`.

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
pub use measuring::{Load, MeasureOptions, Sample, SampleResult, WithoutFigures, measure};
pub use outcome::{Failure, Status};
pub use output::{Step, Svg, Tool, pixels, print};
pub use system::process::{Finished, run};
pub use workspace::latest::{TargetFolders, measurement};
pub use workspace::{
    Binary, CargoArgs, LoadedFile, Lock, Project, SelectedSuite, Selection, StartArgs, SuiteHome,
    fresh_id,
};
