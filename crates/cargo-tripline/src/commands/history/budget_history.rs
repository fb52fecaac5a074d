//! The history of every limit, through renames.

use std::collections::{BTreeMap, BTreeSet};

use tripline_budget::relaxed::{StatedLimit, TreeFile, pair_renamed};
use tripline_budget::{Metric, Unit};

use crate::filter::Filter;

/// Workloads, and the types of suites, also those that are gone.
#[derive(Debug, Default)]
pub(super) struct BudgetHistory {
    /// Sorted by name, once the history is closed.
    pub(super) workloads: Vec<WorkloadHistory>,
    /// The files after the last commit, each with its workload's index.
    now: BTreeMap<String, (usize, TreeFile)>,
}

#[derive(Debug)]
pub(super) struct WorkloadHistory {
    /// Its last name.
    pub(super) name: String,
    pub(super) file: String,
    /// From the oldest on.
    pub(super) renames: Vec<WorkloadRename>,
    /// In the order of a file, once the history is closed.
    pub(super) tracks: Vec<LimitTrack>,
}

#[derive(Debug)]
pub(super) struct WorkloadRename {
    /// An index into the history's commits.
    pub(super) commit: usize,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) reason: Option<String>,
}

/// The moves of one limit.
#[derive(Debug)]
pub(super) struct LimitTrack {
    pub(super) key: String,
    pub(super) when: Option<String>,
    pub(super) unit: Unit,
    /// From the oldest on, at least one.
    pub(super) moves: Vec<LimitMove>,
}

#[derive(Debug)]
pub(super) struct LimitMove {
    pub(super) commit: usize,
    pub(super) old: Option<LimitState>,
    pub(super) new: Option<LimitState>,
    pub(super) reason: Option<String>,
}

/// A limit as its line states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LimitState {
    pub(super) amount: u64,
    /// The text with tolerance and ceiling.
    pub(super) text: String,
}

/// A limit within its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct LimitId {
    key: String,
    when: Option<String>,
}

/// The changes of one commit.
#[derive(Debug, Default)]
pub(super) struct CommitChanges {
    pub(super) commit: usize,
    /// The new contents, by name.
    pub(super) files: BTreeMap<String, TreeFile>,
    /// The names that are gone.
    pub(super) gone: BTreeSet<String>,
    /// The reasons that the defaults state for files that are gone.
    pub(super) reasons: BTreeMap<String, String>,
}

impl LimitTrack {
    /// Returns the limit's name as people say it.
    pub(super) fn name(&self) -> String {
        match &self.when {
            Some(when) => format!("{} under {when}", self.key),
            None => self.key.clone(),
        }
    }

    pub(super) fn first(&self) -> Option<u64> {
        self.moves.first()?.new.as_ref().map(|value| value.amount)
    }

    /// Returns the limit's figure after the last commit; `None` if it is gone.
    pub(super) fn now(&self) -> Option<u64> {
        self.moves.last()?.new.as_ref().map(|value| value.amount)
    }
}

impl WorkloadHistory {
    /// Returns every name that the workload had, the last first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let former = self.renames.iter().rev().map(|rename| rename.from.as_str());
        std::iter::once(self.name.as_str()).chain(former)
    }
}

impl BudgetHistory {
    /// Applies the next commit.
    pub(super) fn apply(&mut self, changed: &CommitChanges) {
        let mut gone = BTreeMap::new();
        for name in changed.gone.iter().filter(|name| !changed.files.contains_key(*name)) {
            gone.extend(self.now.remove(name).map(|former| (name.as_str(), former)));
        }
        let new = changed.files.iter().filter(|(name, _)| !self.now.contains_key(*name));
        let new: BTreeMap<&str, &TreeFile> =
            new.map(|(name, file)| (name.as_str(), file)).collect();
        let former = gone.iter().map(|(name, (_, file))| (*name, file)).collect();
        for (from, to) in pair_renamed(&former, &new) {
            if let Some((index, file)) = gone.remove(from) {
                self.rename(index, [from, to], changed);
                self.now.insert(to.to_owned(), (index, file));
            }
        }
        for (name, (index, file)) in gone {
            let reason = changed.reasons.get(name).map(String::as_str);
            self.workloads[index].record(changed.commit, Some(&file), None, reason);
        }
        for (name, file) in &changed.files {
            self.update(name, file, changed.commit);
        }
    }

    fn rename(&mut self, index: usize, [from, to]: [&str; 2], changed: &CommitChanges) {
        let workload = &mut self.workloads[index];
        to.clone_into(&mut workload.name);
        workload.renames.push(WorkloadRename {
            commit: changed.commit,
            from: from.to_owned(),
            to: to.to_owned(),
            reason: changed.reasons.get(from).cloned(),
        });
    }

    fn update(&mut self, name: &str, file: &TreeFile, commit: usize) {
        let (index, former) = match self.now.remove(name) {
            Some((index, former)) => (index, Some(former)),
            None => (self.open(name), None),
        };
        let workload = &mut self.workloads[index];
        file.file().clone_into(&mut workload.file);
        workload.record(commit, former.as_ref(), Some(file), None);
        self.now.insert(name.to_owned(), (index, file.clone()));
    }

    fn open(&mut self, name: &str) -> usize {
        let (name, file) = (name.to_owned(), String::new());
        self.workloads.push(WorkloadHistory {
            name,
            file,
            renames: Vec::new(),
            tracks: Vec::new(),
        });
        self.workloads.len() - 1
    }

    /// Sorts everything. No commit comes after.
    pub(super) fn close(&mut self) {
        self.now.clear();
        self.workloads.retain(|workload| !workload.tracks.is_empty());
        self.workloads.sort_by(|one, other| one.name.cmp(&other.name));
        for workload in &mut self.workloads {
            let order = |track: &LimitTrack| {
                (track.key.parse::<Metric>().ok(), track.key.clone(), track.when.clone())
            };
            workload.tracks.sort_by_key(order);
        }
    }

    /// Keeps the workloads that `filter` matches by any of their names.
    pub(super) fn retain(&mut self, filter: &Filter) -> anyhow::Result<()> {
        let names: Vec<String> = self.workloads.iter().map(|w| w.name.clone()).collect();
        self.workloads.retain(|workload| workload.names().any(|name| filter.matches(name)));
        if self.workloads.is_empty() {
            return Err(filter.matches_nothing(&names));
        }
        Ok(())
    }
}

impl WorkloadHistory {
    fn record(
        &mut self,
        commit: usize,
        old: Option<&TreeFile>,
        new: Option<&TreeFile>,
        gone: Option<&str>,
    ) {
        let (before, after) = (lines(old), lines(new));
        let ids: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        for id in ids {
            let (was, is) = (before.get(id), after.get(id));
            let values = [was, is].map(|line| line.map(value));
            if values[0] == values[1] {
                continue;
            }
            let own = is.and_then(|line| line.reason.as_deref());
            let own = own.filter(|own| was.and_then(|was| was.reason.as_deref()) != Some(*own));
            let tabled = || new.and_then(|file| file.reason(&id.key)).filter(|_| is.is_none());
            let reason = own.or_else(tabled).or(gone).map(str::to_owned);
            let unit = is.or(was).map_or(Unit::Count, |line| line.unit);
            let [old, new] = values;
            self.track(id, unit).moves.push(LimitMove { commit, old, new, reason });
        }
    }

    fn track(&mut self, id: &LimitId, unit: Unit) -> &mut LimitTrack {
        let LimitId { key, when } = id;
        let known = self.tracks.iter().position(|track| track.key == *key && track.when == *when);
        let index = known.unwrap_or_else(|| {
            let (key, when) = (key.clone(), when.clone());
            self.tracks.push(LimitTrack { key, when, unit, moves: Vec::new() });
            self.tracks.len() - 1
        });
        &mut self.tracks[index]
    }
}

fn lines(file: Option<&TreeFile>) -> BTreeMap<LimitId, StatedLimit> {
    let stated = file.map(TreeFile::stated).unwrap_or_default();
    stated
        .into_iter()
        .map(|line| (LimitId { key: line.key.clone(), when: line.when.clone() }, line))
        .collect()
}

fn value(line: &StatedLimit) -> LimitState {
    LimitState { amount: line.amount, text: line.text.clone() }
}
