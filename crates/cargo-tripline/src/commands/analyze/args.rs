//! The command line of `analyze`.

use std::path::PathBuf;

use clap::Args;

use crate::profiles::{SORT_BY_HELP, SortBy};

/// The profile to show, and the rows of it.
#[derive(Args, Clone, Debug)]
pub struct AnalyzeArgs {
    /// A heap profile of dhat-rs or of valgrind's DHAT.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// Shows N sites, or modules.
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub(super) top: usize,

    /// Shows only sites with this in their name, their callers' names or their file's name.
    #[arg(long, value_name = "PATTERN")]
    pub(super) filter: Option<String>,

    /// Also shows the callers of the sites: the heaviest stacks, with lines.
    #[arg(long)]
    pub(super) stacks: bool,

    /// Puts the sites of each module together.
    #[arg(long)]
    pub(super) modules: bool,

    #[arg(long, value_name = "KEY", default_value = "gb", help = SORT_BY_HELP)]
    pub(super) sort_by: SortBy,

    /// Also draws a flame graph of the figure that is sorted by.
    #[arg(long, value_name = "FILE.svg")]
    pub(super) flamegraph: Option<PathBuf>,

    /// Prints JSON instead, with all six figures; its `schema` is 1.
    #[arg(long)]
    pub(super) json: bool,
}
