//! `update-budgets`: records what has no limit, lowers what is loose, and adds or raises what a
//! person asks for.
//!
//! The stages: every workload that matches runs once ([`subject`]); what has to be recorded or
//! changed runs again ([`runs`]), unless others ran it and published what it cost ([`source`]); from
//! the figures and the budgets come plans ([`plan`], [`plan_types`]); from the plans, texts that are
//! read back ([`draft`]); and only then is anything written ([`write`]), or shown instead.
//!
//! Deliberately absent: raising a ceiling, and removing a limit or a file. Those are a person's.

mod action;
mod args;
mod band;
mod book;
mod changes;
mod draft;
mod keys;
mod moved;
mod old_source;
mod outcome;
mod patch;
mod plan;
mod plan_types;
mod request;
mod runs;
mod samples;
mod source;
mod split;
mod subject;
mod write;

pub use args::UpdateArgs;

pub(crate) use action::Action;
pub(crate) use draft::Draft;
pub(crate) use patch::patch;
pub(crate) use write::write;

use tripline_budget::SuiteDescription;

use crate::filter::Filter;
use crate::interrupt;
use crate::output::{print, print_to_stderr};
use crate::project::Project;
use crate::report::{Group, table};
use crate::selection::{Selection, names};
use crate::status::Status;
use crate::tool::Tool;
use crate::update::book::Book;
use crate::update::changes::changes;
use crate::update::outcome::Outcome;
use crate::update::request::Request;
use crate::update::source::Source;

/// Plans, and does with the plan what was asked.
pub(crate) fn update(args: &UpdateArgs, tool: Tool) -> anyhow::Result<Status> {
    let action = args.action();
    action.refuse_in_ci(std::env::var("CI").ok().as_deref())?;
    let request = args.request();
    let project = Project::load(&args.cargo)?;
    let _lock = project.lock()?;
    let source = match args.ruler {
        true => Source::of_ruler(&project, &args.cargo)?,
        false => Source::open(&project, &args.from)?,
    };
    let suites = source.suites()?;
    let filter = Filter::new(args.filter.as_deref());
    let selection = source.selection(&suites, &filter);
    if selection.suites.is_empty() {
        return Err(filter.matches_nothing(&names(&project, &suites)));
    }
    let outcome = planned(&source, &selection, &request, tool)?;
    let command = format!("{tool} update-budgets{}{}", filter.typed(), source.typed());
    finish(action, &outcome, &command)
}

/// Records one suite, as `update-budgets` without options would.
pub(crate) fn record(
    project: &Project,
    suite: &SuiteDescription,
    tool: Tool,
) -> anyhow::Result<Status> {
    let suite = std::slice::from_ref(suite);
    let selection = Selection::new(project, suite, &Filter::default());
    let outcome = planned(&Source::tests(project), &selection, &Request::default(), tool)?;
    finish(Action::Write, &outcome, &format!("{tool} update-budgets"))
}

fn planned(
    source: &Source<'_>,
    selection: &Selection<'_>,
    request: &Request,
    tool: Tool,
) -> anyhow::Result<Outcome> {
    let mut book = Book::open(source, selection, request)?;
    if book.holds_nothing() {
        source.refuse_nothing(&book.absent)?;
    }
    request.check(&book.workloads, &book.types)?;
    book.measure_again(source, request)?;
    let mut outcome = Outcome::of(&book, request, tool)?;
    if source.old.is_some() {
        outcome.split = split::split(source.project, &book)?;
    }
    outcome.add_skipped(selection, tool);
    outcome.end_commands_in(&source.typed(), tool);
    // The last chance to stop: from here on every file is written, or none.
    interrupt::check()?;
    Ok(outcome)
}

fn finish(action: Action, outcome: &Outcome, command: &str) -> anyhow::Result<Status> {
    let Outcome { drafts, left, notes, .. } = outcome;
    // What is printed beside a patch must not become part of it.
    let say = if action == Action::DryRun { print_to_stderr } else { print };
    match action {
        Action::Write => write(drafts)?,
        Action::DryRun => print(&patch(drafts)),
        Action::Check => {}
    }
    if action != Action::DryRun {
        print(&changes(drafts));
    }
    if !outcome.split.is_empty() {
        say(&format!("{}\n", outcome.split));
    }
    for note in notes {
        say(&format!("note: {note}\n"));
    }
    if !left.is_empty() {
        say(&format!("{}\n", table(left).trim_start_matches('\n')));
    }
    say(&format!("{}\n", last_line(action, outcome, command)));
    let unfinished = action == Action::Check && !drafts.is_empty();
    let own = if unfinished { Status::Breach } else { Status::Holds };
    Ok(left.iter().map(Group::status).fold(own, Status::max))
}

fn last_line(action: Action, outcome: &Outcome, command: &str) -> String {
    let files = match outcome.drafts.len() {
        0 if action != Action::Write => return "nothing would change".to_owned(),
        0 if outcome.left.is_empty() => return "nothing to change".to_owned(),
        0 => return "no file was changed".to_owned(),
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    match action {
        Action::Write => format!("{files} written"),
        Action::Check => format!("{files} would change: run `{command}`"),
        Action::DryRun => format!("{files} would change"),
    }
}
