//! A file with its new text, computed in memory and read back before anything is written.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::{fmt, fs};

use anyhow::{Context as _, anyhow};
use tripline_budget::protocol::file_names::SIZES;
use tripline_budget::{
    Budget, DisplayScale, Edit, FieldChange, LimitChange, PendingSnapshot, RecordedRuler, Ruler,
    RulerChange, Sizes, TypeChange, TypeValue, Unit, new_budget, new_sizes,
};

use crate::recording::band::Band;
use crate::recording::candidate::{TypesCandidate, WorkloadCandidate};
use crate::recording::plan::{ChangeCause, LimitsPlan, SetLimit};
use crate::recording::plan_types::{SetType, TypesPlan};
use crate::workspace::SuiteHome;

/// A file to write.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) path: PathBuf,
    pub(crate) shown: String,
    /// `None` where there is no file yet.
    pub(crate) before: Option<String>,
    pub(crate) after: String,
    pub(super) lines: Vec<ChangedLine>,
}

impl Draft {
    /// Returns a draft whose changes are not listed line by line.
    pub(crate) fn new(path: PathBuf, shown: String, before: Option<String>, after: String) -> Self {
        Self { path, shown, before, after, lines: Vec::new() }
    }
}

/// One changed line, for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChangedLine {
    pub(super) key: String,
    pub(super) old: Option<String>,
    pub(super) new: String,
    pub(super) why: ChangeCause,
    pub(super) reason: Option<String>,
}

/// Returns the new file of a workload, and its budget.
pub(super) fn budget(
    candidate: &WorkloadCandidate<'_>,
    plan: &LimitsPlan,
) -> anyhow::Result<(Draft, Budget)> {
    let (home, ruler) = (candidate.home, &candidate.home.suite.ruler);
    let path = home.budget(&candidate.registered.workload);
    let shown = home.shown(&path);
    let before = candidate.budget.as_ref().map(|budget| budget.text.clone());
    let entity = candidate.samples.entities().map(|entities| entities.name.as_str());
    let after = match &before {
        None => {
            let limits = plan.sets.iter().map(|set| (set.metric.clone(), set.value()));
            new_budget(&shown, entity, limits, ruler).map_err(|why| unreadable(&shown, &why))?
        }
        Some(text) => edited(candidate, plan, &shown, text)
            .with_context(|| format!("failed to edit {shown}"))?,
    };
    let budget = home.resolve_budget(&shown, &after).map_err(|why| unreadable(&shown, &why))?;
    let recorded = candidate.budget.as_ref().map(|budget| &budget.applies.ruler);
    let recorded = recorded.filter(|_| !plan.keeps_ruler);
    let ruler = recorded.into_iter().flat_map(|recorded| ruler_lines(recorded, ruler));
    let lines = ruler.chain(plan.sets.iter().map(limit_line)).collect();
    Ok((Draft { path, shown, before, after, lines }, budget))
}

fn edited(
    candidate: &WorkloadCandidate<'_>,
    plan: &LimitsPlan,
    shown: &str,
    text: &str,
) -> anyhow::Result<String> {
    let mut edit = Edit::new(shown, text)?;
    // First, because a limit per entity needs one.
    let entity = candidate.budget.as_ref().and_then(|budget| budget.applies.entity.as_ref());
    if let (None, Some(entities)) = (entity, candidate.samples.entities())
        && plan.sets.iter().any(|set| set.metric.counts_entities())
    {
        edit.set_entity(&entities.name)?;
    }
    for set in &plan.sets {
        let when = set.when.as_deref();
        match set.old {
            None => edit.add_limit(when, &set.metric, &set.value())?,
            Some(old) => edit.set_limit(when, &set.metric, &change(set, old))?,
        }
    }
    if !plan.keeps_ruler {
        edit.set_ruler(&candidate.home.suite.ruler)?;
    }
    Ok(edit.finish())
}

fn change(set: &SetLimit, old: Band) -> LimitChange {
    let tolerance = match set.new.tolerance {
        new if new == old.tolerance => FieldChange::Keep,
        Some(new) => FieldChange::Set(new),
        None => FieldChange::Remove,
    };
    LimitChange { max: Some(set.new.max), tolerance, reason: set.reason.clone() }
}

fn ruler_lines(recorded: &RecordedRuler, now: &Ruler) -> Vec<ChangedLine> {
    let line = |change: RulerChange| ChangedLine {
        key: change.part.to_owned(),
        old: Some(change.recorded),
        new: change.now,
        why: ChangeCause::Ruler,
        reason: None,
    };
    recorded.changes(now).into_iter().map(line).collect()
}

fn limit_line(set: &SetLimit) -> ChangedLine {
    let unit = set.metric.unit();
    ChangedLine {
        key: set.metric.to_string(),
        old: set.old.map(|band| shown_band(band, unit)),
        new: shown_band(set.new, unit),
        why: set.why,
        reason: set.reason.clone(),
    }
}

fn shown_band(band: Band, unit: Unit) -> String {
    let max = DisplayScale::exact(unit).format(band.max);
    match band.tolerance {
        Some(tolerance) => format!("{max} (tolerance {})", tolerance.describe(unit)),
        None => max,
    }
}

/// Returns the new file of a suite's types, and its sizes.
pub(super) fn sizes(
    candidate: &TypesCandidate<'_>,
    plan: &TypesPlan,
) -> anyhow::Result<(Draft, Sizes)> {
    let (home, ruler) = (candidate.home, &candidate.home.suite.ruler);
    let path = home.budget(SIZES);
    let shown = home.shown(&path);
    let before = candidate.file.as_ref().map(|file| file.text.clone());
    let after = match &before {
        None => {
            let sized = |set: &SetType| Some((set.name.clone(), TypeValue::of_size(set.size?)));
            new_sizes(&shown, plan.sets.iter().filter_map(sized), ruler)
                .map_err(|why| unreadable(&shown, &why))?
        }
        Some(text) => edited_sizes(candidate, plan, &shown, text)
            .with_context(|| format!("failed to edit {shown}"))?,
    };
    let sizes = home.resolve_sizes(&shown, &after).map_err(|why| unreadable(&shown, &why))?;
    let recorded = candidate.file.as_ref().map(|file| &file.applies.ruler);
    let recorded = recorded.filter(|_| !plan.keeps_ruler);
    let ruler = recorded.into_iter().flat_map(|recorded| ruler_lines(recorded, ruler));
    let lines = ruler.chain(plan.sets.iter().flat_map(type_lines)).collect();
    Ok((Draft { path, shown, before, after, lines }, sizes))
}

fn edited_sizes(
    candidate: &TypesCandidate<'_>,
    plan: &TypesPlan,
    shown: &str,
    text: &str,
) -> anyhow::Result<String> {
    let mut edit = Edit::new(shown, text)?;
    for set in &plan.sets {
        let when = set.when.as_deref();
        match (&set.old, set.size) {
            (None, Some(size)) => edit.add_type(when, &set.name, &TypeValue::of_size(size))?,
            (None, None) => {}
            (Some(_), size) => {
                let change = TypeChange { size, align: set.align, reason: set.reason.clone() };
                edit.set_type(when, &set.name, &change)?;
            }
        }
    }
    if !plan.keeps_ruler {
        edit.set_ruler(&candidate.home.suite.ruler)?;
    }
    Ok(edit.finish())
}

/// Returns a line for the size and one for the alignment: both may change.
fn type_lines(set: &SetType) -> Vec<ChangedLine> {
    let line = |key: String, old: Option<u64>, new: u64| ChangedLine {
        key,
        old: old.map(|old| DisplayScale::exact(Unit::Bytes).format(old)),
        new: DisplayScale::exact(Unit::Bytes).format(new),
        why: set.why,
        reason: set.reason.clone(),
    };
    let old = set.old.as_ref();
    let size = set.size.map(|size| line(set.name.clone(), old.map(|old| old.size), size));
    let align = set.align.map(|align| {
        line(format!("{}, alignment", set.name), old.and_then(|old| old.align), align)
    });
    size.into_iter().chain(align).collect()
}

/// Returns the new file of a workload's breakdown by call site, if it changes.
pub(super) fn snapshot(
    home: SuiteHome<'_>,
    snapshot: &PendingSnapshot,
) -> anyhow::Result<Option<Draft>> {
    let path = PathBuf::from(&snapshot.file);
    let shown = home.shown(&path);
    let before = match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("failed to read {shown}")),
    };
    let after = snapshot.text.clone();
    let is_new = before.as_ref() != Some(&after);
    Ok(is_new.then_some(Draft { path, shown, before, after, lines: Vec::new() }))
}

fn unreadable(shown: &str, why: &dyn fmt::Display) -> anyhow::Error {
    anyhow!("the new text of {shown} would not be a budget, so nothing is written\n\n{why}")
}
