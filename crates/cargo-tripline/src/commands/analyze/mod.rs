//! `analyze`: shows each allocation site of a profile.
//!
//! An [`AnalyzedProfile`] selects and sums; `table` and `json` only show it, so both honour every option alike.

mod args;
mod json;
mod table;
mod view;

use crate::commands::analyze::view::AnalyzedProfile;
use crate::outcome::Status;
use crate::output::{print, print_json, terminal_width};
use crate::profiles::{FlameStacks, OpenedProfile, SitePattern, draw, open};

pub use args::AnalyzeArgs;

/// Prints each site.
pub(crate) fn analyze(args: &AnalyzeArgs) -> anyhow::Result<Status> {
    let mut read = open(&args.file)?;
    let pattern = SitePattern::new(args.filter.as_deref());
    pattern.check(&[&read.breakdown])?;
    let view = view_of(args, &mut read, &pattern)?;
    if let Some(file) = &args.flamegraph {
        let flames = FlameStacks::read(&mut read, &pattern, args.sort_by.0)?;
        draw(file, args.sort_by, &flames, None)?;
    }
    match args.json {
        true => print_json(&json::analysis_json(args, &read, &pattern, &view))?,
        false => print(&table::analysis_table(args, &read, &pattern, &view, terminal_width())),
    }
    Ok(Status::Holds)
}

fn view_of(
    args: &AnalyzeArgs,
    read: &mut OpenedProfile,
    pattern: &SitePattern,
) -> anyhow::Result<AnalyzedProfile> {
    let mut view = AnalyzedProfile::of(&read.breakdown, args, pattern);
    if args.stacks {
        view.add_stacks(&mut read.profile, args.sort_by.0)?;
    }
    Ok(view)
}
