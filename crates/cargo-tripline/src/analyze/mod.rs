//! `analyze`: what each allocation site of a profile took.
//!
//! A [`View`] chooses and sums; `table` and `json` only show it, so that both honour every option alike.

mod json;
mod table;
mod view;

use std::path::PathBuf;

use clap::Args;

use crate::output::print;
use crate::profile::{
    Flames, Pattern, Read, SORT_BY_HELP, SortBy, draw, open, print_json, terminal_width,
};
use crate::status::Status;
use view::View;

/// What to show of a profile.
#[derive(Args, Clone, Debug)]
pub struct AnalyzeArgs {
    /// A heap profile of dhat-rs or of valgrind's DHAT.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// How many sites, or modules, to show.
    #[arg(long, value_name = "N", default_value_t = 15)]
    top: usize,

    /// Only sites with this in their name, their callers' or their file's.
    #[arg(long, value_name = "PATTERN")]
    filter: Option<String>,

    /// Also shows where the sites were called from: the heaviest stacks, with lines.
    #[arg(long)]
    stacks: bool,

    /// Puts the sites of each module together.
    #[arg(long)]
    modules: bool,

    #[arg(long, value_name = "KEY", default_value = "gb", help = SORT_BY_HELP)]
    sort_by: SortBy,

    /// Also draws a flame graph of the figure that is sorted by.
    #[arg(long, value_name = "FILE.svg")]
    flamegraph: Option<PathBuf>,

    /// Prints JSON instead, with all six figures; its `schema` is 1.
    #[arg(long)]
    json: bool,
}

/// Prints what each site took.
pub(crate) fn analyze(args: &AnalyzeArgs) -> anyhow::Result<Status> {
    let mut read = open(&args.file)?;
    let pattern = Pattern::new(args.filter.as_deref());
    pattern.check(&[&read.breakdown])?;
    let view = view_of(args, &mut read, &pattern)?;
    if let Some(file) = &args.flamegraph {
        let flames = Flames::read(&mut read, &pattern, args.sort_by.0)?;
        draw(file, args.sort_by, &flames, None)?;
    }
    match args.json {
        true => print_json(&json::of(args, &read, &pattern, &view))?,
        false => print(&table::of(args, &read, &pattern, &view, terminal_width())),
    }
    Ok(Status::Holds)
}

fn view_of(args: &AnalyzeArgs, read: &mut Read, pattern: &Pattern) -> anyhow::Result<View> {
    let mut view = View::of(&read.breakdown, args, pattern);
    if args.stacks {
        view.add_stacks(&mut read.profile, args.sort_by.0)?;
    }
    Ok(view)
}
