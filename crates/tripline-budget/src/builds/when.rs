//! The base's lines, replaced by those of the `when`s that match.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use crate::builds::Cfgs;
use crate::error::{Error, Problem, Sink, printable};
use crate::text::Spanned;

/// Lines by their key, with the spans of the keys.
pub(crate) type SpannedLines<K, T> = BTreeMap<K, Spanned<T>>;

/// A line that applies, with the `when` it comes from.
pub(crate) struct EffectiveLine<'a, K, T> {
    pub(crate) key: &'a K,
    pub(crate) value: &'a Spanned<T>,
    pub(crate) when: Option<&'a str>,
}

/// Returns the `when`s that hold under `cfgs`, with their sections.
pub(crate) fn matching<'a, S>(
    whens: &'a BTreeMap<String, Spanned<S>>,
    cfgs: &Cfgs,
    sink: &mut Sink,
) -> Vec<(&'a str, &'a S)> {
    let mut matching = Vec::new();
    for (when, section) in whens {
        if holds(cfgs, when, &section.span, sink) {
            matching.push((when.as_str(), &section.value));
        }
    }
    matching
}

fn holds(cfgs: &Cfgs, when: &str, span: &Range<usize>, sink: &mut Sink) -> bool {
    cfgs.evaluate(when).unwrap_or_else(|error| {
        let title = format!("`{}` cannot be evaluated", printable(when));
        let problem = Problem::new(span.clone(), title, error.to_string());
        sink.push(match error {
            Error::UnknownFeature(_) => {
                problem.help("the features are those of the package that holds the suite")
            }
            _ => problem,
        });
        false
    })
}

/// Returns the base's lines, each replaced by that of a matching `when`, in the order of their keys.
/// Two `when`s that state one key differently are a problem, because neither takes precedence.
pub(crate) fn merge<'a, K: Ord + fmt::Display, T: PartialEq>(
    base: &'a SpannedLines<K, T>,
    whens: impl IntoIterator<Item = (&'a str, &'a SpannedLines<K, T>)>,
    sink: &mut Sink,
) -> Vec<EffectiveLine<'a, K, T>> {
    let mut merged: BTreeMap<&K, EffectiveLine<'_, K, T>> = BTreeMap::new();
    for (key, value) in base {
        merged.insert(key, EffectiveLine { key, value, when: None });
    }
    for (when, lines) in whens {
        for (key, value) in lines {
            let line = EffectiveLine { key, value, when: Some(when) };
            match merged.get(key) {
                Some(other) if other.when.is_some() => {
                    if other.value != value {
                        sink.push(conflict(other, &line));
                    }
                }
                _ => {
                    merged.insert(key, line);
                }
            }
        }
    }
    merged.into_values().collect()
}

fn conflict<K: fmt::Display, T>(
    one: &EffectiveLine<'_, K, T>,
    other: &EffectiveLine<'_, K, T>,
) -> Problem {
    let (first, second) =
        if one.value.span.start <= other.value.span.start { (one, other) } else { (other, one) };
    let by = |line: &EffectiveLine<'_, K, T>| {
        format!("by `{}`", printable(line.when.unwrap_or_default()))
    };
    let title = format!("two matching `when` set `{}` differently", one.key);
    Problem::new(second.value.span.clone(), title, by(second))
        .and_at(first.value.span.clone(), by(first))
        .help("no `when` takes precedence: tell them apart with `all(…)` and `not(…)`")
}
