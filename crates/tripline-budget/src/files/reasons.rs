//! `[reasons]`: the reasons for changes that have no line of their own.
//!
//! A limit's own line states its reason. This table is for lines and files that are gone, and for
//! settings. Only `relaxed` reads it: no reason changes a limit.

use std::collections::BTreeMap;
use std::fmt;

use toml_edit::Table;

use crate::error::{Error, Problem, Sink};
use crate::files::limit::read_reason;
use crate::files::section::section_entries;
use crate::metrics::Metric;
use crate::text::Spanned;
use crate::text::suggest::nearest;
use crate::text::toml::{TomlEntry, entries, not_blank};

/// Reasons by what they are about. Spans are those of the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasons<K: Ord>(pub BTreeMap<K, Spanned<String>>);

impl<K: Ord> Default for Reasons<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// The subject of a budget file's reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BudgetReasonKey {
    Entity,
    Breakdown,
    /// A limit that is gone, or a coherence.
    Line(Metric),
}

/// Formats the key as the file spells it.
impl fmt::Display for BudgetReasonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entity => f.write_str("entity"),
            Self::Breakdown => f.write_str("breakdown"),
            Self::Line(metric) => metric.fmt(f),
        }
    }
}

const HEADER: &str = "[reasons]";
const SETTINGS: [&str; 2] = ["entity", "breakdown"];
const DEFAULTS: [&str; 2] = ["breakdown", "tolerance"];

impl<K: Ord> Reasons<K> {
    /// Returns the reason for `key`.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&str> {
        self.0.get(key).map(|reason| reason.value.as_str())
    }

    fn take(
        &mut self,
        key: K,
        shown: &str,
        entry: &TomlEntry<'_>,
        at: Spanned<()>,
        sink: &mut Sink,
    ) {
        let reason = read_reason(entry, sink);
        if let Some(first) = self.0.get(&key) {
            let title = format!("the reason for `{shown}` is given twice");
            let problem = Problem::new(at.span, title, "given again")
                .and_at(first.span.clone(), "first given here");
            sink.push(problem.help("quoted and dotted keys mean the same: keep one"));
        } else if let Some(reason) = reason {
            self.0.insert(key, Spanned::new(reason, at.span));
        }
    }
}

/// Reads a budget file's reasons: keys as in `[limits]` and `[coherence]`, or a setting.
pub(crate) fn read_budget_reasons(
    section: &TomlEntry<'_>,
    text: &str,
    sink: &mut Sink,
) -> Reasons<BudgetReasonKey> {
    let mut reasons = Reasons::default();
    let Some(table) = section.section(HEADER, sink) else {
        return reasons;
    };
    for line in section_entries(table, text) {
        match budget_reason(&line.path) {
            Ok(key) => {
                let at = Spanned::new((), line.key_span.clone());
                reasons.take(key, &line.entry.shown, &line.entry, at, sink);
            }
            Err(label) => {
                let title = format!("unknown key `{}` in `{HEADER}`", line.entry.shown);
                let help = "the keys are those of `[limits]` and `[coherence]`, entity, breakdown";
                sink.push(Problem::new(line.key_span.clone(), title, label).help(help));
            }
        }
    }
    reasons
}

fn budget_reason(path: &str) -> Result<BudgetReasonKey, String> {
    match path {
        "entity" => return Ok(BudgetReasonKey::Entity),
        "breakdown" => return Ok(BudgetReasonKey::Breakdown),
        _ => {}
    }
    path.parse().map(BudgetReasonKey::Line).map_err(|error| match error {
        Error::UnknownMetric { nearest: metric, .. } => {
            metric.or_else(|| nearest(path, &SETTINGS.map(str::to_owned))).map_or_else(
                || "neither a metric nor a setting".to_owned(),
                |key| format!("did you mean `{key}`?"),
            )
        }
        other => other.to_string(),
    })
}

/// Those of a sizes file: keys are types. One that is gone cannot be told from one that never was.
pub(crate) fn read_type_reasons(section: &TomlEntry<'_>, sink: &mut Sink) -> Reasons<String> {
    read_named(section, sink, |entry, sink| {
        let named = not_blank(entry.name);
        if let Err(why) = &named {
            sink.push(Problem::new(entry.key_span(), "a type must have a name", why.as_str()));
        }
        named.is_ok()
    })
}

/// Those of the defaults: keys are `suite::workload`, or a setting.
pub(crate) fn read_default_reasons(section: &TomlEntry<'_>, sink: &mut Sink) -> Reasons<String> {
    read_named(section, sink, |entry, sink| {
        let known = DEFAULTS.contains(&entry.name) || is_workload(entry.name);
        if !known {
            let title = format!("unknown key `{}` in `{HEADER}`", entry.shown);
            let label = nearest(entry.name, &DEFAULTS.map(str::to_owned)).map_or_else(
                || "neither a workload nor a setting".to_owned(),
                |key| format!("did you mean `{key}`?"),
            );
            let help = "the keys are \"suite::workload\", breakdown, tolerance";
            sink.push(Problem::new(entry.key_span(), title, label).help(help));
        }
        known
    })
}

fn is_workload(name: &str) -> bool {
    name.contains("::") && name.split("::").all(|part| !part.trim().is_empty())
}

fn read_named(
    section: &TomlEntry<'_>,
    sink: &mut Sink,
    mut known: impl FnMut(&TomlEntry<'_>, &mut Sink) -> bool,
) -> Reasons<String> {
    let mut reasons = Reasons::default();
    let table: Option<&Table> = section.section(HEADER, sink);
    for entry in table.map(|table| entries(table)).unwrap_or_default() {
        if known(&entry, sink) {
            let at = Spanned::new((), entry.key_span());
            reasons.take(entry.name.to_owned(), &entry.shown, &entry, at, sink);
        }
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{BudgetFile, ConfigFile, SizesFile};

    #[test]
    fn reasons_are_read_by_what_they_are_about() {
        let text = "[reasons]\nmax_bytes = 'a'\nphase.run.max_bytes = 'b'\nentity = 'c'\nreported.x = 'd'\nbreakdown = 'e'\n";
        let budget = BudgetFile::parse("a.toml", text).unwrap();
        let line = |key: &str| BudgetReasonKey::Line(key.parse().unwrap());
        let get = |key: &BudgetReasonKey| budget.reasons.get(key).map(str::to_owned);
        for (key, reason) in [
            (line("max_bytes"), "a"),
            (line("phase.run.max_bytes"), "b"),
            (BudgetReasonKey::Entity, "c"),
            (line("reported.x"), "d"),
            (BudgetReasonKey::Breakdown, "e"),
        ] {
            assert_eq!(get(&key).as_deref(), Some(reason), "{key}");
        }
        let sizes = SizesFile::parse("sizes.toml", "[reasons]\n\"Vec<u8>\" = 'gone'").unwrap();
        assert_eq!(sizes.reasons.get(&"Vec<u8>".to_owned()), Some("gone"));
        let text = "schema = 1\n[reasons]\n\"sql::a::b\" = 'gone'\ntolerance = 'noise'";
        let config = ConfigFile::parse("tripline.toml", text).unwrap();
        assert_eq!(config.reasons.get(&"sql::a::b".to_owned()), Some("gone"));
        assert_eq!(config.reasons.get(&"tolerance".to_owned()), Some("noise"));
    }
}
