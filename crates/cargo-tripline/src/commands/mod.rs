//! The commands, one file or folder each: the command line, the order of the steps, the printed text.
//!
//! A command knows every room below and no other command.

mod analyze;
mod check;
mod command;
mod compare;
mod history;
mod init;
mod layout;
mod merge;
mod prove;
mod run;
mod update;

pub use analyze::AnalyzeArgs;
pub use check::CheckArgs;
pub use command::Command;
pub use compare::CompareArgs;
pub use history::HistoryArgs;
pub use init::InitArgs;
pub use layout::LayoutArgs;
pub use merge::MergeArgs;
pub use prove::ProveArgs;
pub use run::run_command;
pub use update::UpdateArgs;
