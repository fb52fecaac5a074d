//! `[limits]`, `[growth]` and `[coherence]`, at the top of a file or under a `when`.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::{Item, Table};

use crate::error::{Error, Problem, Sink};
use crate::files::coherence::read_coherence;
use crate::files::limit::read_limit;
use crate::files::{CoherenceValue, LimitValue};
use crate::metrics::GrowthMetric;
use crate::metrics::key::parts_of_key;
use crate::metrics::{Metric, MetricKind, Quantity, known_metrics};
use crate::text::Spanned;
use crate::text::toml::{TomlEntry, entries};

/// The limits and coherences that apply together. Spans are those of the keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub limits: BTreeMap<Metric, Spanned<LimitValue>>,
    /// The coherences, by the reported figure.
    pub coherence: BTreeMap<Metric, Spanned<CoherenceValue>>,
}

impl Section {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.limits.is_empty() && self.coherence.is_empty()
    }

    /// Reads the table under `[limits]`; `header` is how the file would write it.
    pub(crate) fn read_limits(&mut self, table: &Table, header: &str, text: &str, sink: &mut Sink) {
        for line in section_entries(table, text) {
            if let Some(metric) = read_metric(&line, header, sink) {
                if let Quantity::Growth(of) = &metric.quantity {
                    sink.push(belongs_in_growth(&metric, of, line.key_span));
                    continue;
                }
                let value = read_limit(&line.entry, metric.unit(), sink);
                insert(&mut self.limits, metric, value, line.key_span, sink);
            }
        }
    }

    /// Reads the table under `[coherence]`.
    pub(crate) fn read_coherence(
        &mut self,
        table: &Table,
        header: &str,
        text: &str,
        sink: &mut Sink,
    ) {
        for line in section_entries(table, text) {
            let Some(metric) = read_metric(&line, header, sink) else {
                continue;
            };
            if metric.quantity.kind() == MetricKind::Reported {
                let value = read_coherence(&line.entry, sink);
                insert(&mut self.coherence, metric, value, line.key_span, sink);
            } else {
                sink.push(not_reported(&metric, line.key_span));
            }
        }
    }
}

/// Takes a line, unless the same metric was given before in another spelling.
pub(crate) fn insert<T>(
    lines: &mut BTreeMap<Metric, Spanned<T>>,
    metric: Metric,
    value: Option<T>,
    at: Range<usize>,
    sink: &mut Sink,
) {
    if let Some(first) = lines.get(&metric) {
        let title = format!("`{metric}` is given twice");
        let problem = Problem::new(at, title, "given again")
            .and_at(first.span.clone(), "first given here")
            .help("quoted and dotted keys mean the same: keep one");
        sink.push(problem);
    } else if let Some(value) = value {
        lines.insert(metric, Spanned::new(value, at));
    }
}

fn read_metric(line: &SectionEntry<'_>, header: &str, sink: &mut Sink) -> Option<Metric> {
    let error = match line.path.parse::<Metric>() {
        Ok(metric) => return Some(metric),
        Err(error) => error,
    };
    let problem = match error {
        Error::UnknownMetric { nearest, .. } => {
            let title = format!("unknown key `{}` in `{header}`", line.entry.shown);
            let label = nearest.map_or_else(
                || "not a metric".to_owned(),
                |nearest| format!("did you mean `{nearest}`?"),
            );
            Problem::new(line.key_span.clone(), title, label).help(known_metrics())
        }
        other => {
            let title = format!("`{}` in `{header}` is not a metric", line.entry.shown);
            Problem::new(line.key_span.clone(), title, other.to_string())
        }
    };
    sink.push(problem);
    None
}

fn belongs_in_growth(metric: &Metric, of: &GrowthMetric, at: Range<usize>) -> Problem {
    let title = format!("`{metric}` stands in a section of its own");
    Problem::new(at, title, "not a limit of one size")
        .help(format!("write `{of} = {{ fixed = …, per_entity = … }}` under `[growth]`"))
}

fn not_reported(metric: &Metric, at: Range<usize>) -> Problem {
    let title = format!("`{metric}` cannot be checked for coherence");
    Problem::new(at, title, "not a `reported.<name>`")
        .help("the left side is what the program reports, `equals` what is measured")
}

/// A key of a section with all its parts, whether they were quoted, dotted or headers.
pub(crate) struct SectionEntry<'a> {
    /// The parts, joined by dots.
    pub(crate) path: String,
    /// All that its line has of the key.
    pub(crate) key_span: Range<usize>,
    pub(crate) entry: TomlEntry<'a>,
    /// True if it stands directly below the section's own header.
    pub(crate) in_body: bool,
}

/// Returns every key of the section that holds a value of ours.
pub(crate) fn section_entries<'a>(table: &'a Table, text: &str) -> Vec<SectionEntry<'a>> {
    let mut found = Vec::new();
    descend(table, "", true, text, &mut found);
    found
}

fn descend<'a>(
    table: &'a Table,
    prefix: &str,
    in_body: bool,
    text: &str,
    found: &mut Vec<SectionEntry<'a>>,
) {
    for entry in entries(table) {
        let path = match prefix {
            "" => entry.name.to_owned(),
            _ => format!("{prefix}.{}", entry.name),
        };
        let in_body = in_body && !matches!(entry.item, Item::Table(table) if !table.is_dotted());
        match entry.item {
            Item::Table(inner) if !inner.is_empty() && !has_all_parts(&path) => {
                descend(inner, &path, in_body, text, found);
            }
            _ => {
                let key_span = whole_key(&entry, table.is_dotted(), text);
                let entry = entry.called(&path);
                found.push(SectionEntry { path, key_span, entry, in_body });
            }
        }
    }
}

/// Returns `true` if a key has all the parts that its first one asks for.
fn has_all_parts(path: &str) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    parts.len() >= parts_of_key(parts[0], parts.get(1).copied())
}

/// From the first part of a dotted key on. Parsed, a dotted key keeps the place of its last part
/// only: the parts before are shared with other lines.
fn whole_key(entry: &TomlEntry<'_>, dotted: bool, text: &str) -> Range<usize> {
    let last = entry.key_span();
    let Some(before) = text.get(..last.start).filter(|_| dotted) else {
        return last;
    };
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let indent = before[line..].len() - before[line..].trim_start().len();
    line + indent..last.end
}
