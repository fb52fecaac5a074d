//! Pairs of lines: each old line with the new line that is held to it.

use std::collections::BTreeMap;

use crate::builds::when::SpannedLines;
use crate::text::Spanned;

/// The base's lines and those under each `when`.
pub(super) struct LinesByWhen<'a, K, T> {
    pub(super) base: &'a SpannedLines<K, T>,
    pub(super) whens: BTreeMap<&'a str, &'a SpannedLines<K, T>>,
}

/// An old line, and the line that applies in its place.
pub(super) struct LinePair<'a, K, T> {
    pub(super) key: &'a K,
    /// The `when` under which the comparison holds.
    pub(super) when: Option<&'a str>,
    pub(super) old: &'a Spanned<T>,
    pub(super) new: Option<&'a Spanned<T>>,
    /// True if the old line itself is no longer there, so that it has no place for a reason.
    pub(super) gone: bool,
}

impl<'a, K: Ord, T> LinesByWhen<'a, K, T> {
    pub(super) fn get(&self, when: Option<&str>, key: &K) -> Option<&'a Spanned<T>> {
        match when {
            Some(when) => self.whens.get(when)?.get(key),
            None => self.base.get(key),
        }
    }

    /// Iterates over every line, the base's first.
    pub(super) fn all(&self) -> impl Iterator<Item = (Option<&'a str>, &'a K, &'a Spanned<T>)> {
        let base = self.base.iter().map(|(key, value)| (None, key, value));
        let whens = self.whens.iter();
        base.chain(
            whens.flat_map(|(when, lines)| {
                lines.iter().map(|(key, value)| (Some(*when), key, value))
            }),
        )
    }

    /// Iterates over every line of `key`, wherever it stands.
    pub(super) fn of<'b>(&'b self, key: &'b K) -> impl Iterator<Item = &'a T> + 'b {
        self.all().filter(move |(_, other, _)| *other == key).map(|(_, _, line)| &line.value)
    }
}

/// Returns each line of `old` with the one that applies in its place, and each new line under a `when` with the line of
/// the base that it replaces.
pub(super) fn pairs<'a, K: Ord, T>(
    old: &LinesByWhen<'a, K, T>,
    new: &LinesByWhen<'a, K, T>,
) -> Vec<LinePair<'a, K, T>> {
    let mut pairs = Vec::new();
    for (when, key, line) in old.all() {
        let own = new.get(when, key);
        let instead = own.or_else(|| when.and_then(|_| new.get(None, key)));
        pairs.push(LinePair { key, when, old: line, new: instead, gone: own.is_none() });
    }
    for (when, key, line) in new.all() {
        if when.is_some() && old.get(when, key).is_none() {
            let replaced = old.get(None, key);
            pairs.extend(replaced.map(|old| LinePair {
                key,
                when,
                old,
                new: Some(line),
                gone: false,
            }));
        }
    }
    pairs
}
