//! A workload's settings that decide what its limits mean, before and now.

use std::ops::Range;

use super::relaxation::{Relaxation, RelaxationKind, Remedy, new_reason};
use crate::files::{BudgetFile, BudgetReasonKey};
use crate::text::spanned::line_of;

/// A file, and the default for its breakdown.
#[derive(Clone, Copy)]
pub(super) struct FileSettings<'a> {
    pub(super) file: &'a BudgetFile,
    pub(super) default: bool,
}

impl FileSettings<'_> {
    fn breakdown(&self) -> bool {
        self.file.breakdown.as_ref().map_or(self.default, |on| on.value)
    }
}

/// Returns the settings that were relaxed: call sites are no longer compared, or entities are counted otherwise.
/// With `share_defaults`, a change of the defaults is left out, because their own line says it.
pub(super) fn compare(
    name: &str,
    old: FileSettings<'_>,
    new: FileSettings<'_>,
    share_defaults: bool,
) -> Vec<Relaxation> {
    let mut found = Vec::new();
    if let (Some(was), Some(is)) = (&old.file.entity, &new.file.entity)
        && was.value != is.value
    {
        let states = [was.value.clone(), is.value.clone()];
        let about = &BudgetReasonKey::Entity;
        found.push(setting(
            name,
            [old.file, new.file],
            about,
            RelaxationKind::Changed,
            &is.span,
            states,
        ));
    }
    let unsaid = old.file.breakdown.is_none() && new.file.breakdown.is_none();
    if old.breakdown() && !new.breakdown() && !(unsaid && share_defaults) {
        let states = ["true", "false"].map(str::to_owned);
        let span = new.file.breakdown.as_ref().map_or(0..0, |on| on.span.clone());
        let about = &BudgetReasonKey::Breakdown;
        found.push(setting(
            name,
            [old.file, new.file],
            about,
            RelaxationKind::SwitchedOff,
            &span,
            states,
        ));
    }
    found
}

fn setting(
    name: &str,
    [old, new]: [&BudgetFile; 2],
    about: &BudgetReasonKey,
    kind: RelaxationKind,
    span: &Range<usize>,
    states: [String; 2],
) -> Relaxation {
    let [was, is] = states;
    Relaxation {
        name: name.to_owned(),
        key: about.to_string(),
        when: None,
        kind,
        file: new.file.clone(),
        line: line_of(&new.text, span.start),
        old: was,
        new: is,
        reason: new_reason(new.reasons.get(about), [old.reasons.get(about)]),
        remedy: Remedy::in_reasons(&new.file, &about.to_string()),
    }
}
