//! `update-budgets`: records limits that are missing, lowers loose ones, and adds or raises those that a
//! person names. It names the files that belong to no test, and removes them if it is told to.

mod args;

pub use args::UpdateArgs;

use crate::filter::Filter;
use crate::findings::RepeatedOptions;
use crate::outcome::Status;
use crate::output::Tool;
use crate::recording::{FigureSource, RecordingOutcome, finish, orphaned, planned};
use crate::workspace::{Project, names};

/// Plans the changes, then writes, checks or shows them.
pub(crate) fn update(args: &UpdateArgs, tool: Tool) -> anyhow::Result<Status> {
    let mode = args.mode();
    mode.refuse_in_ci(std::env::var_os("CI").as_deref())?;
    let request = args.request();
    let project = Project::load(&args.cargo)?;
    let _lock = project.lock()?;
    let source = match args.ruler {
        true => FigureSource::of_ruler(&project, &args.cargo)?,
        false => FigureSource::open(&project, &args.from)?,
    };
    let suites = source.suites()?;
    let filter = Filter::new(args.filter.as_deref());
    let options = RepeatedOptions { cargo: args.cargo.typed(), source: source.typed() };
    let selection = source.selection(&suites, &filter);
    // Only a build of this checkout knows every test.
    let orphaned = match args.ruler || args.shrinks() || !args.from.is_empty() {
        true => Vec::new(),
        false => orphaned(&project, &suites, &filter)?,
    };
    let mut outcome = match selection.suites.is_empty() {
        true if orphaned.is_empty() => {
            return Err(filter.matches_nothing(&names(&project, &suites)));
        }
        true => RecordingOutcome::default(),
        false => planned(&source, &selection, &request, &options, tool)?,
    };
    (outcome.orphaned, outcome.removes_orphans) = (orphaned, args.remove_orphans);
    let RepeatedOptions { cargo, source } = &options;
    let command =
        |request: &str| format!("{tool} update-budgets{}{request}{cargo}{source}", filter.typed());
    outcome.note_orphaned(&command(" --remove-orphans"));
    finish(mode, &outcome, &command(&args.typed_request()))
}
