//! The defaults of every workload, before and now.

use super::relaxation::{Relaxation, RelaxationKind, Remedy, new_reason};
use crate::files::ConfigFile;
use crate::text::spanned::line_of;

/// Returns the defaults that `new` relaxes; `file` names them if no file states them any more.
pub(super) fn compare(file: &str, old: &ConfigFile, new: &ConfigFile) -> Vec<Relaxation> {
    let (was, is) = (&old.config, &new.config);
    let mut found = Vec::new();
    if was.breakdown && !is.breakdown {
        let start = new.breakdown.as_ref().map_or(0, |on| on.span.start);
        let states = ["true", "false"].map(str::to_owned);
        found.push(setting(
            file,
            [old, new],
            "breakdown",
            RelaxationKind::SwitchedOff,
            start,
            states,
        ));
    }
    if is.tolerance > was.tolerance {
        let start = new.tolerance.as_ref().map_or(0, |tolerance| tolerance.span.start);
        let states = [was.tolerance.to_string(), is.tolerance.to_string()];
        found.push(setting(file, [old, new], "tolerance", RelaxationKind::Raised, start, states));
    }
    found
}

fn setting(
    file: &str,
    [old, new]: [&ConfigFile; 2],
    key: &str,
    kind: RelaxationKind,
    start: usize,
    states: [String; 2],
) -> Relaxation {
    let [was, is] = states;
    let about = key.to_owned();
    Relaxation {
        name: file.to_owned(),
        key: about.clone(),
        when: None,
        kind,
        file: file.to_owned(),
        line: line_of(&new.text, start),
        old: was,
        new: is,
        reason: new_reason(new.reasons.get(&about), [old.reasons.get(&about)]),
        remedy: Remedy::in_reasons(file, key),
    }
}
