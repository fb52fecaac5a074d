//! A suite's types, before and now.

use std::collections::BTreeMap;

use super::describe;
use super::limits::is_loosened;
use super::line::{GONE, OPEN, Relaxed, Remedy, What, fresh};
use super::pairs::{Layers, Pair, pairs};
use crate::render::{quote, type_line};
use crate::spanned::line_of;
use crate::{SizesFile, TypeValue};

/// Every type of `old` that `new` relaxes, whatever the two suites are called.
pub(super) fn compare(name: &str, old: &SizesFile, new: &SizesFile) -> Vec<Relaxed> {
    let (before, now) = (types(old), types(new));
    let mut found = Vec::new();
    for pair in pairs(&before, &now) {
        if let Some(what) = ty(&pair.old.value, pair.new.map(|new| &new.value)) {
            found.push(relaxed(name, [old, new], &before, &pair, what));
        }
    }
    found
}

pub(super) fn types(file: &SizesFile) -> Layers<'_, String, TypeValue> {
    let whens = file.whens.iter().map(|(when, types)| (when.as_str(), &types.value));
    Layers { base: &file.types, whens: whens.collect::<BTreeMap<_, _>>() }
}

fn ty(old: &TypeValue, new: Option<&TypeValue>) -> Option<What> {
    let Some(new) = new else {
        return Some(What::Removed);
    };
    if new.size > old.size {
        Some(What::Raised)
    } else if old.align.is_some() && new.align != old.align {
        Some(What::Changed)
    } else {
        is_loosened(old.ceiling, new.ceiling).then_some(What::Widened)
    }
}

fn relaxed(
    name: &str,
    [old, new]: [&SizesFile; 2],
    before: &Layers<'_, String, TypeValue>,
    pair: &Pair<'_, String, TypeValue>,
    what: What,
) -> Relaxed {
    let now = pair.new.map(|line| &line.value);
    let known = before.of(pair.key).map(|line| line.reason.as_deref());
    let own = fresh(now.and_then(|line| line.reason.as_deref()), known);
    let tabled = || fresh(new.reasons.get(pair.key), [old.reasons.get(pair.key)]);
    let remedy = match now.filter(|_| !pair.gone) {
        Some(line) => {
            let line = TypeValue { reason: Some(OPEN.to_owned()), ..line.clone() };
            Remedy::in_line(&new.file, &type_line(pair.key, &line))
        }
        None => Remedy::in_reasons(&new.file, &quote(pair.key)),
    };
    let (file, span) = pair.new.map_or((old, &pair.old.span), |line| (new, &line.span));
    Relaxed {
        name: name.to_owned(),
        key: pair.key.clone(),
        when: pair.when.map(str::to_owned),
        what,
        file: file.file.clone(),
        line: line_of(&file.text, span.start),
        old: describe::size(&pair.old.value, now),
        new: now.map_or(GONE.to_owned(), |now| describe::size(now, Some(&pair.old.value))),
        reason: own.or_else(|| tabled().filter(|_| pair.gone)),
        remedy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_may_shrink_and_not_grow() {
        let what = |old: &str, new: &str| {
            let parse =
                |line: &str| SizesFile::parse("sizes.toml", &format!("[types]\n{line}")).unwrap();
            compare("s::sizes", &parse(old), &parse(new)).first().map(|relaxed| relaxed.what)
        };
        for (old, new, expected) in [
            ("T = 8", "T = 9", Some(What::Raised)),
            ("T = 8", "T = 7", None),
            ("T = 8", "", Some(What::Removed)),
            ("", "T = 8", None),
            ("T = { size = 8, align = 8 }", "T = { size = 8, align = 4 }", Some(What::Changed)),
            ("T = { size = 8, align = 8 }", "T = 8", Some(What::Changed)),
            ("T = 8", "T = { size = 8, align = 8 }", None),
            ("T = { size = 8, ceiling = 8 }", "T = { size = 8, ceiling = 9 }", Some(What::Widened)),
            ("T = { size = 8, ceiling = 8 }", "T = 8", Some(What::Widened)),
            ("T = { size = 8, ceiling = 9 }", "T = { size = 8, ceiling = 8 }", None),
        ] {
            assert_eq!(what(old, new), expected, "{old} → {new}");
        }
    }
}
