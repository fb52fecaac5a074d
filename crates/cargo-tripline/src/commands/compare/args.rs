//! The command line of `compare`.

use std::path::PathBuf;

use clap::Args;

use crate::profiles::{SORT_BY_HELP, SortBy};

/// The two profiles to compare, and the rows to show.
#[derive(Args, Clone, Debug)]
pub struct CompareArgs {
    /// The profile from before: of dhat-rs or of valgrind's DHAT.
    #[arg(value_name = "BEFORE")]
    pub(super) before: PathBuf,

    /// The profile from after.
    #[arg(value_name = "AFTER")]
    pub(super) after: PathBuf,

    /// Shows N changed sites.
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub(super) top: usize,

    /// Shows only sites with this in their name, their callers' names or their file's name, before or after.
    #[arg(long, value_name = "PATTERN")]
    pub(super) filter: Option<String>,

    #[arg(long, value_name = "KEY", default_value = "gb", help = SORT_BY_HELP)]
    pub(super) sort_by: SortBy,

    /// Also draws a flame graph of AFTER, red where it grew and blue where it shrank.
    #[arg(long, value_name = "FILE.svg")]
    pub(super) flamegraph: Option<PathBuf>,

    /// Prints JSON instead, with all six figures; its `schema` is 1.
    #[arg(long)]
    pub(super) json: bool,
}
