//! The history as text: the moves of each workload, newest first, and the drift of each limit.

use owo_colors::OwoColorize as _;
use tripline_budget::DisplayScale;

use crate::commands::history::budget_history::{LimitState, LimitTrack, WorkloadHistory};
use crate::commands::history::drift::{Drift, DriftStart, Drifts};
use crate::commands::history::read::History;
use crate::output::{Grid, GridColumn, counted, shown};
use crate::repository::{Commit, short};

/// The heading of the moves.
const MOVES: [&str; 5] =
    ["commit", "date", "limit", "old → new", "reason, or (the commit's subject)"];
/// The heading of the drifts.
const DRIFT: [&str; 3] = ["limit", "then → now", ""];
const MOVE_COLUMNS: [GridColumn; MOVES.len()] = [
    GridColumn::left(2),
    GridColumn::left(3),
    GridColumn::left(3),
    GridColumn::left(3),
    GridColumn::left(3),
];
const DRIFT_COLUMNS: [GridColumn; DRIFT.len()] =
    [GridColumn::left(2), GridColumn::left(3), GridColumn::left(3)];
const NOTHING: &str = "—";

/// Returns the text, with styles.
pub(super) fn history_table(history: &History, drifts: &Drifts) -> String {
    let groups: Vec<_> =
        history.budgets.workloads.iter().map(|w| (w, moves(w, &history.commits))).collect();
    let heading = MOVES.map(str::to_owned);
    let rows = groups.iter().flat_map(|(_, rows)| rows.iter().map(|(_, cells)| cells));
    let grid = Grid::new(&MOVE_COLUMNS, rows.chain([&heading]));
    let mut text = format!("{}\n", grid.line(&heading).dimmed());
    for (workload, rows) in &groups {
        let (name, file) = (shown(&workload.name), shown(&workload.file));
        text.push_str(&format!("\n{}   {}\n", name.bold(), file.dimmed()));
        for (_, cells) in rows {
            text.push_str(&format!("{}\n", grid.line(cells)));
        }
    }
    text.push_str(&drift(history, drifts));
    text
}

/// Returns the moves, newest first; those of one commit in the order of a file.
fn moves(workload: &WorkloadHistory, commits: &[Commit]) -> Vec<(usize, [String; 5])> {
    let row = |index: usize, limit: String, change: String, reason: Option<&String>| {
        let Commit { id, date, subject, .. } = &commits[index];
        let reason = reason.map_or_else(|| format!("({subject})"), String::clone);
        let cells = [short(id).to_owned(), date.clone(), limit, change, reason];
        (index, cells.map(|cell| shown(&cell)))
    };
    let renames = workload.renames.iter().map(|rename| {
        let change = format!("{} → {}", rename.from, rename.to);
        row(rename.commit, "its name".to_owned(), change, rename.reason.as_ref())
    });
    let limits = workload.tracks.iter().flat_map(|track| {
        track.moves.iter().map(|step| {
            let change = format!("{} → {}", text(step.old.as_ref()), text(step.new.as_ref()));
            row(step.commit, track.name(), change, step.reason.as_ref())
        })
    });
    let mut rows: Vec<_> = renames.chain(limits).collect();
    rows.sort_by_key(|(commit, _)| std::cmp::Reverse(*commit));
    rows
}

fn text(value: Option<&LimitState>) -> &str {
    value.map_or(NOTHING, |value| &value.text)
}

/// Returns the limits that moved or are gone.
fn drift(history: &History, drifts: &Drifts) -> String {
    let mut groups = Vec::new();
    let mut unmoved = 0;
    for (workload, drifts) in history.budgets.workloads.iter().zip(&drifts.limits) {
        let there = workload.tracks.iter().zip(drifts).filter(|(_, drift)| drift.is_shown());
        let (moved, same): (Vec<_>, Vec<_>) = there.partition(|(_, drift)| drift.moved());
        unmoved += same.len();
        let rows: Vec<_> = moved.into_iter().map(|(track, drift)| drifted(track, *drift)).collect();
        if !rows.is_empty() {
            groups.push((workload, rows));
        }
    }
    let heading = DRIFT.map(str::to_owned);
    let grid =
        Grid::new(&DRIFT_COLUMNS, groups.iter().flat_map(|(_, rows)| rows).chain([&heading]));
    let mut text = format!("\n{}\n", since(&drifts.since).bold());
    for (workload, rows) in groups {
        text.push_str(&format!("\n{}\n", shown(&workload.name).bold()));
        for cells in rows {
            text.push_str(&format!("{}\n", grid.line(&cells)));
        }
    }
    text.push_str(&format!("\n{} where they were\n", counted(unmoved, "limit")));
    text
}

fn drifted(track: &LimitTrack, drift: Drift) -> [String; 3] {
    let scale = DisplayScale::exact(track.unit);
    let amount =
        |amount: Option<u64>| amount.map_or(NOTHING.to_owned(), |amount| scale.format(amount));
    let change = format!("{} → {}", amount(drift.then), amount(drift.now));
    let part = match (drift.then, drift.now) {
        (None, _) => "new".to_owned(),
        (_, None) => "gone".to_owned(),
        _ => drift.percent(),
    };
    [shown(&track.name()), change, part]
}

/// Returns the line that names the start of the drift.
pub(super) fn since(since: &DriftStart) -> String {
    match since {
        DriftStart::Tag { tag, commit } => {
            format!("drift since {} ({})", shown(tag), short(commit))
        }
        DriftStart::Beginning => {
            "drift since each limit's beginning, as there is no tag".to_owned()
        }
    }
}
