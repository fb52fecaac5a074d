//! Coherence: a figure that a program reports must agree with one that was measured.

use crate::error::{Problem, Sink};
use crate::files::settings::percent;
use crate::metrics::Metric;
use crate::text::toml::{TomlEntry, entries};
use crate::values::Percent;

/// A coherence as a file states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoherenceValue {
    pub equals: Metric,
    pub within: Percent,
}

/// A coherence that applies, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coherence {
    /// Always a `reported.*`.
    pub reported: Metric,
    pub equals: Metric,
    pub within: Percent,
    /// The `when` key it stands under, as the file spells it.
    pub when: Option<String>,
    /// The line of its key, counted from 1.
    pub line: usize,
}

const FIELDS: [&str; 2] = ["equals", "within"];

/// Reads `{ equals = "<metric>", within = "<percentage>" }`.
pub(crate) fn read_coherence(line: &TomlEntry<'_>, sink: &mut Sink) -> Option<CoherenceValue> {
    let Some(table) = line.item.as_table_like() else {
        line.mismatch("a table `{ equals = \"<metric>\", within = \"<percentage>\" }`", sink);
        return None;
    };
    let (mut equals, mut within) = (None, None);
    for entry in entries(table) {
        match entry.name {
            "equals" => equals = entry.string("a metric", sink, str::parse::<Metric>),
            "within" => within = percent(&entry, sink),
            _ => entry.unknown(&format!("the coherence `{}`", line.shown), &FIELDS, sink),
        }
    }
    for field in FIELDS.into_iter().filter(|field| !table.contains_key(field)) {
        let title = format!("the coherence `{}` has no `{field}`", line.shown);
        sink.push(Problem::new(line.value_span(), title, format!("add `{field} = \"…\"`")));
    }
    Some(CoherenceValue { equals: equals?.value, within: within?.value })
}
