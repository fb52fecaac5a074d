//! The places of sections and of their lines.

use std::fmt;

use toml_edit::{Item, Table, TableLike};

use crate::files::render::quote_key;
use crate::files::section::section_entries;
use crate::files::{growth, limit, sizes_file as sizes};
use crate::metrics::Metric;
use crate::text::toml::{Document, TomlEntry, entries};

/// The kind of a section, by what its lines limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SectionKind {
    Limits,
    Growth,
    Types,
}

impl SectionKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Limits => "limits",
            Self::Growth => "growth",
            Self::Types => "types",
        }
    }

    /// The fields of a line's table, in their order. The first is what a plain value states.
    pub(super) const fn fields(self) -> [&'static str; 4] {
        match self {
            Self::Limits => limit::FIELDS,
            Self::Growth => growth::FIELDS,
            Self::Types => sizes::FIELDS,
        }
    }
}

/// A section, by its place in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct SectionPath<'a> {
    /// Under this `when` key, or at the top.
    pub(super) when: Option<&'a str>,
    pub(super) kind: SectionKind,
}

/// Formats the header as a file writes it.
impl fmt::Display for SectionPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.when {
            Some(when) => write!(f, "[when.{}.{}]", quote_key(when), self.kind.name()),
            None => write!(f, "[{}]", self.kind.name()),
        }
    }
}

impl SectionPath<'_> {
    /// Returns the table that holds it: the `when`'s, or the file's.
    pub(super) fn parent<'d>(&self, document: &'d Document<'_>) -> Option<&'d Table> {
        match self.when {
            Some(when) => document.get("when")?.as_table()?.get(when)?.as_table(),
            None => Some(document.as_table()),
        }
    }

    /// Returns its table, if the text has one.
    pub(super) fn table<'d>(&self, document: &'d Document<'_>) -> Option<&'d Table> {
        self.item(document)?.as_table()
    }

    /// Returns its table as an item, which says where the header stands.
    pub(super) fn item<'d>(&self, document: &'d Document<'_>) -> Option<&'d Item> {
        self.parent(document)?.get(self.kind.name())
    }

    /// Returns its line for `key`, if the text has one.
    pub(super) fn find<'d>(
        &self,
        document: &'d Document<'_>,
        text: &str,
        key: &str,
    ) -> Option<TomlEntry<'d>> {
        let table = self.table(document)?;
        match self.kind {
            SectionKind::Limits | SectionKind::Growth => find(limits(table, text), key),
            SectionKind::Types => find(types(table), key),
        }
    }
}

/// A line of a section.
pub(super) struct LocatedLine<'a, K> {
    pub(super) key: K,
    pub(super) entry: TomlEntry<'a>,
    /// True if it stands directly below the section's own header.
    pub(super) in_body: bool,
}

fn find<'a, K: fmt::Display>(lines: Vec<LocatedLine<'a, K>>, key: &str) -> Option<TomlEntry<'a>> {
    let line = lines.into_iter().find(|line| line.key.to_string() == key);
    line.map(|line| line.entry)
}

pub(super) fn limits<'a>(table: &'a Table, text: &str) -> Vec<LocatedLine<'a, Metric>> {
    let mut lines = Vec::new();
    for line in section_entries(table, text) {
        if let Ok(key) = line.path.parse() {
            lines.push(LocatedLine { key, entry: line.entry, in_body: line.in_body });
        }
    }
    lines
}

pub(super) fn types(table: &Table) -> Vec<LocatedLine<'_, String>> {
    let mut lines = Vec::new();
    for entry in entries(table) {
        let in_body = !matches!(entry.item, Item::Table(table) if !table.is_dotted());
        lines.push(LocatedLine { key: entry.name.to_owned(), entry, in_body });
    }
    lines
}

/// Returns the end of an entry's value.
pub(super) fn end(entry: &TomlEntry<'_>) -> usize {
    match entry.item {
        Item::Table(table) => {
            let ends = entries(table).into_iter().map(|entry| end(&entry));
            ends.max().unwrap_or_else(|| entry.key_span().end)
        }
        _ => entry.value_span().end,
    }
}

/// Returns the places of every header of `item` and below.
pub(super) fn headers(item: &Item) -> Vec<usize> {
    let Some(table) = item.as_table().filter(|table| !table.is_dotted()) else {
        return Vec::new();
    };
    let own = item.span().filter(|_| !table.is_implicit()).map(|span| span.start);
    own.into_iter().chain(table.iter().flat_map(|(_, item)| headers(item))).collect()
}

/// Returns the place of the first header of `item` and below.
pub(super) fn first_header(item: &Item) -> Option<usize> {
    let table = item.as_table().filter(|table| !table.is_dotted())?;
    let own = item.span().filter(|_| !table.is_implicit()).map(|span| span.start);
    own.into_iter().chain(first_header_within(table)).min()
}

/// Returns the place of the first header inside `table`.
pub(super) fn first_header_within(table: &dyn TableLike) -> Option<usize> {
    table.iter().filter_map(|(_, item)| first_header(item)).min()
}
