//! `compare`: shows how each allocation site changed between two profiles.
//!
//! `tripline-profile` pairs the sites. [`ComparedProfiles`] selects and sums; `table` and `json` only show it.
//! Deliberately absent: a verdict, because nobody set a limit here.

mod args;
mod json;
mod notes;
mod table;
mod view;

use crate::commands::compare::view::ComparedProfiles;
use crate::outcome::Status;
use crate::output::{print, print_json, terminal_width};
use crate::profiles::{FlameStacks, SitePattern, draw, open};

pub use args::CompareArgs;

/// Prints what changed.
pub(crate) fn compare(args: &CompareArgs) -> anyhow::Result<Status> {
    let (mut before, mut after) = (open(&args.before)?, open(&args.after)?);
    let pattern = SitePattern::new(args.filter.as_deref());
    pattern.check(&[&before.breakdown, &after.breakdown])?;
    let comparison = tripline_profile::compare(&before.breakdown, &after.breakdown);
    let view = ComparedProfiles::of(&comparison, args, &pattern);
    if let Some(file) = &args.flamegraph {
        let was = FlameStacks::read(&mut before, &pattern, args.sort_by.0)?;
        let is = FlameStacks::read(&mut after, &pattern, args.sort_by.0)?;
        draw(file, args.sort_by, &is, Some(&was))?;
    }
    match args.json {
        true => print_json(&json::comparison_json(args, [&before, &after], &pattern, &view))?,
        false => print(&table::comparison_table(
            args,
            [&before, &after],
            &pattern,
            &view,
            terminal_width(),
        )),
    }
    Ok(Status::Holds)
}
