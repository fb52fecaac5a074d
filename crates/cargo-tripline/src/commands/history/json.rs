//! The history as JSON, versioned: a key is renamed or dropped only under another number.

use serde::Serialize;
use tripline_budget::Unit;

use crate::commands::history::budget_history::{
    LimitMove, LimitState, LimitTrack, WorkloadHistory, WorkloadRename,
};
use crate::commands::history::drift::{Drift, DriftStart, Drifts};
use crate::commands::history::read::History;
use crate::repository::Commit;

/// The version of the JSON document.
const SCHEMA: u32 = 1;

#[derive(Debug, Serialize)]
pub(super) struct HistoryJson<'a> {
    schema: u32,
    /// The start of the drift; null without a tag, where it is each limit's beginning.
    since: Option<DriftStartJson<'a>>,
    workloads: Vec<WorkloadJson<'a>>,
    unread: &'a [String],
}

#[derive(Debug, Serialize)]
struct DriftStartJson<'a> {
    tag: &'a str,
    commit: &'a str,
}

#[derive(Debug, Serialize)]
struct WorkloadJson<'a> {
    name: &'a str,
    file: &'a str,
    /// From the oldest on, like all that follows.
    renames: Vec<WorkloadRenameJson<'a>>,
    limits: Vec<LimitJson<'a>>,
}

#[derive(Debug, Serialize)]
struct WorkloadRenameJson<'a> {
    #[serde(flatten)]
    commit: CommitJson<'a>,
    from: &'a str,
    to: &'a str,
    reason: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct LimitJson<'a> {
    limit: &'a str,
    when: Option<&'a str>,
    unit: &'static str,
    moves: Vec<MoveJson<'a>>,
    drift: DriftJson,
}

#[derive(Debug, Serialize)]
struct MoveJson<'a> {
    #[serde(flatten)]
    commit: CommitJson<'a>,
    old: Option<LimitStateJson<'a>>,
    new: Option<LimitStateJson<'a>>,
    reason: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct CommitJson<'a> {
    commit: &'a str,
    date: &'a str,
    subject: &'a str,
}

#[derive(Debug, Serialize)]
struct LimitStateJson<'a> {
    max: u64,
    /// The text for people, with tolerance and ceiling.
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct DriftJson {
    then: Option<u64>,
    now: Option<u64>,
}

pub(super) fn history_json<'a>(history: &'a History, drifts: &'a Drifts) -> HistoryJson<'a> {
    let since = match &drifts.since {
        DriftStart::Tag { tag, commit } => Some(DriftStartJson { tag, commit }),
        DriftStart::Beginning => None,
    };
    let workloads = history.budgets.workloads.iter().zip(&drifts.limits);
    let workloads = workloads.map(|(of, drifts)| workload(of, drifts, &history.commits)).collect();
    HistoryJson { schema: SCHEMA, since, workloads, unread: &history.unread }
}

fn workload<'a>(
    workload: &'a WorkloadHistory,
    drifts: &[Drift],
    commits: &'a [Commit],
) -> WorkloadJson<'a> {
    let rename =
        |WorkloadRename { commit, from, to, reason }: &'a WorkloadRename| WorkloadRenameJson {
            commit: of_commit(&commits[*commit]),
            from,
            to,
            reason: reason.as_deref(),
        };
    let limits = workload.tracks.iter().zip(drifts);
    WorkloadJson {
        name: &workload.name,
        file: &workload.file,
        renames: workload.renames.iter().map(rename).collect(),
        limits: limits.map(|(track, drift)| limit(track, *drift, commits)).collect(),
    }
}

fn limit<'a>(
    track: &'a LimitTrack,
    Drift { then, now }: Drift,
    commits: &'a [Commit],
) -> LimitJson<'a> {
    let step = |LimitMove { commit, old, new, reason }: &'a LimitMove| MoveJson {
        commit: of_commit(&commits[*commit]),
        old: old.as_ref().map(value),
        new: new.as_ref().map(value),
        reason: reason.as_deref(),
    };
    LimitJson {
        limit: &track.key,
        when: track.when.as_deref(),
        unit: match track.unit {
            Unit::Bytes => "bytes",
            Unit::Count => "count",
        },
        moves: track.moves.iter().map(step).collect(),
        drift: DriftJson { then, now },
    }
}

fn of_commit(commit: &Commit) -> CommitJson<'_> {
    CommitJson { commit: &commit.id, date: &commit.date, subject: &commit.subject }
}

fn value(value: &LimitState) -> LimitStateJson<'_> {
    LimitStateJson { max: value.amount, text: &value.text }
}
