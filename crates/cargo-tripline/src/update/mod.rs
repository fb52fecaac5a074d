//! `update-budgets`: records what has no limit, lowers what is loose, and adds or raises what a
//! person asks for.
//!
//! The stages: every workload that matches runs once ([`subject`]); what has to be recorded or
//! changed runs twice more; from the figures and the budgets come plans ([`plan`], [`plan_types`]);
//! from the plans, texts that are read back ([`draft`]); and only then is anything written
//! ([`write`]), or shown instead.
//!
//! Deliberately absent: raising a ceiling, and removing a limit or a file. Those are a person's.

mod action;
mod args;
mod band;
mod book;
mod changes;
mod draft;
mod keys;
mod outcome;
mod patch;
mod plan;
mod plan_types;
mod request;
mod samples;
mod subject;
mod write;

pub use args::UpdateArgs;

use crate::filter::Filter;
use crate::interrupt;
use crate::output::{print, print_to_stderr};
use crate::project::Project;
use crate::report::{Group, table};
use crate::selection::{Selection, names};
use crate::status::Status;
use crate::tool::Tool;
use crate::update::action::Action;
use crate::update::book::Book;
use crate::update::outcome::Outcome;

/// Plans, and does with the plan what was asked.
pub(crate) fn update(args: &UpdateArgs, tool: Tool) -> anyhow::Result<Status> {
    let action = args.action();
    action.refuse_in_ci(std::env::var("CI").ok().as_deref())?;
    let request = args.request();
    let project = Project::load(&args.cargo)?;
    project.build()?;
    let suites = project.suites()?;
    let filter = Filter::new(args.filter.as_deref());
    let selection = Selection::new(&project, &suites, &filter);
    if selection.suites.is_empty() {
        return Err(filter.matches_nothing(&names(&project, &suites)));
    }
    let mut book = Book::open(&project, &selection, &request)?;
    request.check(&book.workloads, &book.types)?;
    book.measure_again(&project, &request)?;
    let outcome = Outcome::of(&book, &request, tool)?;
    // The last chance to stop: from here on every file is written, or none.
    interrupt::check()?;
    finish(action, &outcome, &format!("{tool} update-budgets{}", filter.typed()))
}

fn finish(action: Action, outcome: &Outcome, command: &str) -> anyhow::Result<Status> {
    let Outcome { drafts, left, notes, .. } = outcome;
    // What is printed beside a patch must not become part of it.
    let say = if action == Action::DryRun { print_to_stderr } else { print };
    match action {
        Action::Write => write::write(drafts)?,
        Action::DryRun => print(&patch::patch(drafts)),
        Action::Check => {}
    }
    if action != Action::DryRun {
        print(&changes::changes(drafts));
    }
    for note in notes {
        say(&format!("note: {note}\n"));
    }
    if !left.is_empty() {
        say(&format!("{}\n", table(left).trim_start_matches('\n')));
    }
    let files = match drafts.len() {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    say(&match (action, drafts.is_empty()) {
        (Action::Write, true) if left.is_empty() => "nothing to change\n".to_owned(),
        (Action::Write, true) => "no file was changed\n".to_owned(),
        (_, true) => "nothing would change\n".to_owned(),
        (Action::Write, _) => format!("{files} written\n"),
        (Action::Check, _) => format!("{files} would change: run `{command}`\n"),
        (Action::DryRun, _) => format!("{files} would change\n"),
    });
    let unfinished = action == Action::Check && !drafts.is_empty();
    let own = if unfinished { Status::Breach } else { Status::Holds };
    Ok(left.iter().map(Group::status).fold(own, Status::max))
}
