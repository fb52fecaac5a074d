//! A suite's types, before and now.

use std::collections::BTreeMap;

use super::describe;
use super::limits::is_loosened;
use super::pairs::{LinePair, LinesByWhen, pairs};
use super::relaxation::{ABSENT, PLACEHOLDER, Relaxation, RelaxationKind, Remedy, new_reason};
use crate::files::render::{quote, type_line};
use crate::files::{SizesFile, TypeValue};
use crate::text::spanned::line_of;

/// Returns every type of `old` that `new` relaxes, whatever the two suites are called.
pub(super) fn compare(name: &str, old: &SizesFile, new: &SizesFile) -> Vec<Relaxation> {
    let (before, now) = (types(old), types(new));
    let mut found = Vec::new();
    for pair in pairs(&before, &now) {
        if let Some(kind) = ty(&pair.old.value, pair.new.map(|new| &new.value)) {
            found.push(relaxed(name, [old, new], &before, &pair, kind));
        }
    }
    found
}

pub(super) fn types(file: &SizesFile) -> LinesByWhen<'_, String, TypeValue> {
    let whens = file.whens.iter().map(|(when, types)| (when.as_str(), &types.value));
    LinesByWhen { base: &file.types, whens: whens.collect::<BTreeMap<_, _>>() }
}

fn ty(old: &TypeValue, new: Option<&TypeValue>) -> Option<RelaxationKind> {
    let Some(new) = new else {
        return Some(RelaxationKind::Removed);
    };
    if new.size > old.size {
        Some(RelaxationKind::Raised)
    } else if old.align.is_some() && new.align != old.align {
        Some(RelaxationKind::Changed)
    } else {
        is_loosened(old.ceiling, new.ceiling).then_some(RelaxationKind::Widened)
    }
}

fn relaxed(
    name: &str,
    [old, new]: [&SizesFile; 2],
    before: &LinesByWhen<'_, String, TypeValue>,
    pair: &LinePair<'_, String, TypeValue>,
    kind: RelaxationKind,
) -> Relaxation {
    let now = pair.new.map(|line| &line.value);
    let known = before.of(pair.key).map(|line| line.reason.as_deref());
    let own = new_reason(now.and_then(|line| line.reason.as_deref()), known);
    let reason_in_table = || new_reason(new.reasons.get(pair.key), [old.reasons.get(pair.key)]);
    let remedy = match now.filter(|_| !pair.gone) {
        Some(line) => {
            let line = TypeValue { reason: Some(PLACEHOLDER.to_owned()), ..line.clone() };
            Remedy::in_line(&new.file, &type_line(pair.key, &line))
        }
        None => Remedy::in_reasons(&new.file, &quote(pair.key)),
    };
    let (file, span) = pair.new.map_or((old, &pair.old.span), |line| (new, &line.span));
    Relaxation {
        name: name.to_owned(),
        key: pair.key.clone(),
        when: pair.when.map(str::to_owned),
        kind,
        file: file.file.clone(),
        line: line_of(&file.text, span.start),
        old: describe::size(&pair.old.value, now),
        new: now.map_or(ABSENT.to_owned(), |now| describe::size(now, Some(&pair.old.value))),
        reason: own.or_else(|| reason_in_table().filter(|_| pair.gone)),
        remedy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_may_shrink_and_not_grow() {
        let kind = |old: &str, new: &str| {
            let parse =
                |line: &str| SizesFile::parse("sizes.toml", &format!("[types]\n{line}")).unwrap();
            compare("s::sizes", &parse(old), &parse(new)).first().map(|relaxed| relaxed.kind)
        };
        for (old, new, expected) in [
            ("T = 8", "T = 9", Some(RelaxationKind::Raised)),
            ("T = 8", "T = 7", None),
            ("T = 8", "", Some(RelaxationKind::Removed)),
            ("", "T = 8", None),
            (
                "T = { size = 8, align = 8 }",
                "T = { size = 8, align = 4 }",
                Some(RelaxationKind::Changed),
            ),
            ("T = { size = 8, align = 8 }", "T = 8", Some(RelaxationKind::Changed)),
            ("T = 8", "T = { size = 8, align = 8 }", None),
            (
                "T = { size = 8, ceiling = 8 }",
                "T = { size = 8, ceiling = 9 }",
                Some(RelaxationKind::Widened),
            ),
            ("T = { size = 8, ceiling = 8 }", "T = 8", Some(RelaxationKind::Widened)),
            ("T = { size = 8, ceiling = 9 }", "T = { size = 8, ceiling = 8 }", None),
        ] {
            assert_eq!(kind(old, new), expected, "{old} → {new}");
        }
    }
}
