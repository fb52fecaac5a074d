//! `compare`: what became of each allocation site between two profiles.
//!
//! Which sites are one is `tripline-profile`'s to find. A [`View`] chooses and sums; `table` and `json` only
//! show it. Deliberately absent: a verdict. Nobody set a limit here.

mod json;
mod notes;
mod table;
mod view;

pub(crate) use table::percent;

use std::path::PathBuf;

use clap::Args;

use crate::output::print;
use crate::profile::{
    Flames, Pattern, SORT_BY_HELP, SortBy, draw, open, print_json, terminal_width,
};
use crate::status::Status;
use view::View;

/// What to show of two profiles.
#[derive(Args, Clone, Debug)]
pub struct CompareArgs {
    /// The profile from before: of dhat-rs or of valgrind's DHAT.
    #[arg(value_name = "BEFORE")]
    before: PathBuf,

    /// The profile from after.
    #[arg(value_name = "AFTER")]
    after: PathBuf,

    /// How many changed sites to show.
    #[arg(long, value_name = "N", default_value_t = 15)]
    top: usize,

    /// Only sites with this in their name, their callers' or their file's, before or after.
    #[arg(long, value_name = "PATTERN")]
    filter: Option<String>,

    #[arg(long, value_name = "KEY", default_value = "gb", help = SORT_BY_HELP)]
    sort_by: SortBy,

    /// Also draws a flame graph of AFTER, red where it grew and blue where it shrank.
    #[arg(long, value_name = "FILE.svg")]
    flamegraph: Option<PathBuf>,

    /// Prints JSON instead, with all six figures; its `schema` is 1.
    #[arg(long)]
    json: bool,
}

/// Prints what changed.
pub(crate) fn compare(args: &CompareArgs) -> anyhow::Result<Status> {
    let (mut before, mut after) = (open(&args.before)?, open(&args.after)?);
    let pattern = Pattern::new(args.filter.as_deref());
    pattern.check(&[&before.breakdown, &after.breakdown])?;
    let comparison = tripline_profile::compare(&before.breakdown, &after.breakdown);
    let view = View::of(&comparison, args, &pattern);
    if let Some(file) = &args.flamegraph {
        let was = Flames::read(&mut before, &pattern, args.sort_by.0)?;
        let is = Flames::read(&mut after, &pattern, args.sort_by.0)?;
        draw(file, args.sort_by, &is, Some(&was))?;
    }
    match args.json {
        true => print_json(&json::of(args, [&before, &after], &pattern, &view))?,
        false => print(&table::of(args, [&before, &after], &pattern, &view, terminal_width())),
    }
    Ok(Status::Holds)
}
