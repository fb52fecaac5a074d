//! `update-budgets`: records limits that are missing, lowers loose ones, and adds or raises those that a
//! person names.

mod args;

pub use args::UpdateArgs;

use crate::filter::Filter;
use crate::outcome::Status;
use crate::output::Tool;
use crate::recording::{FigureSource, finish, planned};
use crate::workspace::{Project, names};

/// Plans the changes, then writes, checks or shows them.
pub(crate) fn update(args: &UpdateArgs, tool: Tool) -> anyhow::Result<Status> {
    let mode = args.mode();
    mode.refuse_in_ci(std::env::var("CI").ok().as_deref())?;
    let request = args.request();
    let project = Project::load(&args.cargo)?;
    let _lock = project.lock()?;
    let source = match args.ruler {
        true => FigureSource::of_ruler(&project, &args.cargo)?,
        false => FigureSource::open(&project, &args.from)?,
    };
    let suites = source.suites()?;
    let filter = Filter::new(args.filter.as_deref());
    let selection = source.selection(&suites, &filter);
    if selection.suites.is_empty() {
        return Err(filter.matches_nothing(&names(&project, &suites)));
    }
    let outcome = planned(&source, &selection, &request, tool)?;
    let command = format!("{tool} update-budgets{}{}", filter.typed(), source.typed());
    finish(mode, &outcome, &command)
}
