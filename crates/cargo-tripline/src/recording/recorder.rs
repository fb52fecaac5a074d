//! Runs the stages of recording.

use tripline_budget::SuiteDescription;

use crate::filter::Filter;
use crate::findings::{BudgetFindings, RepeatedOptions};
use crate::outcome::Status;
use crate::output::{Tool, print, print_to_stderr};
use crate::recording::candidates::Candidates;
use crate::recording::changes::{changes, removals};
use crate::recording::figure_source::FigureSource;
use crate::recording::orphaned::remove;
use crate::recording::outcome::RecordingOutcome;
use crate::recording::patch::{patch, removal_patch};
use crate::recording::refusals::refuse_unmatched;
use crate::recording::request::RecordingRequest;
use crate::recording::ruler_and_code::ruler_and_code;
use crate::recording::write::write;
use crate::recording::write_mode::WriteMode;
use crate::reports::table;
use crate::system::interrupt;
use crate::workspace::{Project, Selection};

/// Records one suite, as `update-budgets` with no more than `options` would.
pub(crate) fn record(
    project: &Project,
    suite: &SuiteDescription,
    options: &RepeatedOptions,
    tool: Tool,
) -> anyhow::Result<Status> {
    let suite = std::slice::from_ref(suite);
    let selection = Selection::new(project, suite, &Filter::default());
    let (source, request) = (FigureSource::tests(project), RecordingRequest::default());
    let outcome = planned(&source, &selection, &request, options, tool)?;
    finish(WriteMode::Write, &outcome, &format!("{tool} update-budgets"))
}

pub(crate) fn planned(
    source: &FigureSource<'_>,
    selection: &Selection<'_>,
    request: &RecordingRequest,
    options: &RepeatedOptions,
    tool: Tool,
) -> anyhow::Result<RecordingOutcome> {
    let mut candidates = Candidates::open(source, selection, request)?;
    if candidates.holds_nothing() {
        source.refuse_nothing(&candidates.absent)?;
    }
    refuse_unmatched(request, &candidates.workloads, &candidates.types)?;
    candidates.measure_again(source, request)?;
    let mut outcome = RecordingOutcome::of(&candidates, request, tool)?;
    if source.is_last_commit() {
        outcome.ruler_and_code = ruler_and_code(source.project, &candidates)?;
    }
    outcome.add_skipped(selection, tool);
    outcome.repeat(options);
    // The last chance to stop: from here on every file is written, or none.
    interrupt::check()?;
    Ok(outcome)
}

pub(crate) fn finish(
    mode: WriteMode,
    outcome: &RecordingOutcome,
    command: &str,
) -> anyhow::Result<Status> {
    let RecordingOutcome { drafts, left, notes, .. } = outcome;
    // Text beside a patch must not become part of it.
    let say = if mode == WriteMode::DryRun { print_to_stderr } else { print };
    let removed = outcome.removed();
    match mode {
        WriteMode::Write => {
            write(drafts)?;
            remove(removed)?;
        }
        WriteMode::DryRun => print(&(patch(drafts) + &removal_patch(removed))),
        WriteMode::Check => {}
    }
    if mode != WriteMode::DryRun {
        print(&(changes(drafts) + &removals(removed)));
    }
    if !outcome.ruler_and_code.is_empty() {
        say(&format!("{}\n", outcome.ruler_and_code));
    }
    for note in notes {
        say(&format!("note: {note}\n"));
    }
    if !left.is_empty() {
        say(&format!("{}\n", table(left).trim_start_matches('\n')));
    }
    say(&format!("{}\n", last_line(mode, outcome, command)));
    let changes = !drafts.is_empty() || !removed.is_empty();
    let unfinished = mode == WriteMode::Check && changes;
    let own = if unfinished { Status::Breach } else { Status::Holds };
    Ok(left.iter().map(BudgetFindings::status).fold(own, Status::max))
}

fn last_line(mode: WriteMode, outcome: &RecordingOutcome, command: &str) -> String {
    let files = |count: usize| match count {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    };
    let (written, removed) = (outcome.drafts.len(), outcome.removed().len());
    match mode {
        WriteMode::Write => match (written, removed) {
            (0, 0) if outcome.left.is_empty() => "nothing to change".to_owned(),
            (0, 0) => "no file was changed".to_owned(),
            (_, 0) => format!("{} written", files(written)),
            (0, _) => format!("{} removed", files(removed)),
            _ => format!("{} written, {removed} removed", files(written)),
        },
        _ if written + removed == 0 => "nothing would change".to_owned(),
        WriteMode::Check => {
            format!("{} would change: run `{command}`", files(written + removed))
        }
        WriteMode::DryRun => format!("{} would change", files(written + removed)),
    }
}
