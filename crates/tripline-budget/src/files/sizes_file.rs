//! `budgets/<suite>/sizes.toml`: how large the suite's types may be.

use std::collections::BTreeMap;

use toml_edit::Table;

use crate::builds::Cfgs;
use crate::builds::when::{EffectiveLine, SpannedLines, matching, merge};
use crate::error::Sink;
use crate::error::{Problem, Problems};
use crate::files::budget_file::check_when;
use crate::files::limit::{check_ceiling, missing, read_reason};
use crate::files::reasons::read_type_reasons;
use crate::files::recorded_ruler::{self as ruler, check_stated_once, read_ruler};
use crate::files::{Reasons, RecordedRuler};
use crate::text::Spanned;
use crate::text::spanned::line_of;
use crate::text::toml::{TomlEntry, entries, not_blank, parse_document};
use crate::values::Unit;

/// A type's limit as a file states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeValue {
    /// The most bytes it may have.
    pub size: u64,
    /// The alignment it must have, exactly.
    pub align: Option<u64>,
    /// A design limit, at least `size`, that no tool raises.
    pub ceiling: Option<u64>,
    pub reason: Option<String>,
}

impl TypeValue {
    #[must_use]
    pub const fn of_size(size: u64) -> Self {
        Self { size, align: None, ceiling: None, reason: None }
    }
}

/// A sizes file as it stands, whatever build it is read for.
///
/// Two are equal if they state the same; the files' names and layouts do not count.
#[derive(Clone, Debug, Default)]
pub struct SizesFile {
    /// The limits that always apply, by the type as `sizes!` writes it. Spans are those of the keys.
    pub types: BTreeMap<String, Spanned<TypeValue>>,
    /// The limits that apply under a cfg, by the key as written: `cfg(…)`.
    pub whens: BTreeMap<String, Spanned<BTreeMap<String, Spanned<TypeValue>>>>,
    /// The reasons for types that are gone.
    pub reasons: Reasons<String>,
    pub ruler: RecordedRuler,
    pub(crate) file: String,
    pub(crate) text: String,
}

impl PartialEq for SizesFile {
    fn eq(&self, other: &Self) -> bool {
        self.types == other.types
            && self.whens == other.whens
            && self.reasons == other.reasons
            && self.ruler == other.ruler
    }
}

impl Eq for SizesFile {}

/// The limits on a suite's types in one build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    pub file: String,
    /// In the order of their names.
    pub types: Vec<TypeLimit>,
    pub ruler: RecordedRuler,
}

/// A type's limit that applies, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeLimit {
    pub name: String,
    /// The most bytes it may have.
    pub size: u64,
    /// The alignment it must have, exactly.
    pub align: Option<u64>,
    pub ceiling: Option<u64>,
    pub reason: Option<String>,
    /// The `when` key it stands under, as the file spells it; `None` in `[types]` itself.
    pub when: Option<String>,
    /// The line of its key, counted from 1.
    pub line: usize,
}

const KEYS: [&str; 4] = ["types", "when", "reasons", ruler::KEY];

/// The fields of a type's table, in their order.
pub(crate) const FIELDS: [&str; 4] = ["size", "align", "ceiling", "reason"];

impl SizesFile {
    /// Reads the text of `sizes.toml`. `file` is its name in errors.
    ///
    /// # Errors
    ///
    /// Every problem of the file, each at its place.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problems> {
        let document = parse_document(file, text)?;
        let mut sink = Sink::default();
        let mut sizes = Self { file: file.to_owned(), text: text.to_owned(), ..Self::default() };
        for entry in entries(document.as_table()) {
            match entry.name {
                "types" => {
                    if let Some(table) = entry.section("[types]", &mut sink) {
                        sizes.types = read_types(table, &mut sink);
                    }
                }
                "when" => sizes.read_whens(&entry, &mut sink),
                "reasons" => sizes.reasons = read_type_reasons(&entry, &mut sink),
                ruler::KEY | ruler::OLDER_KEY => sizes.ruler = read_ruler(&entry, &mut sink),
                _ => entry.unknown("a sizes file", &KEYS, &mut sink),
            }
        }
        check_stated_once(document.as_table(), &mut sink);
        sink.finish(file, text, sizes)
    }

    fn read_whens(&mut self, whens: &TomlEntry<'_>, sink: &mut Sink) {
        let Some(table) = whens.section("[when.'cfg(…)'.types]", sink) else {
            return;
        };
        for entry in entries(table) {
            if check_when(&entry, sink) {
                let types = read_when(&entry, sink);
                let section = Spanned::new(types, entry.key_span());
                self.whens.insert(entry.name.to_owned(), section);
            }
        }
    }

    /// Returns the limits under `cfgs`: the base, with each line that a matching `when` states in its
    /// place.
    ///
    /// # Errors
    ///
    /// A `when` on a cfg that was not captured, or two that match and state one type differently.
    pub fn resolve(&self, cfgs: &Cfgs) -> Result<Sizes, Problems> {
        let mut sink = Sink::default();
        let whens = matching(&self.whens, cfgs, &mut sink);
        let types = merge(&self.types, whens, &mut sink);
        let sizes = Sizes {
            file: self.file.clone(),
            types: types.into_iter().map(|line| self.limit(&line)).collect(),
            ruler: self.ruler.clone(),
        };
        sink.finish(&self.file, &self.text, sizes)
    }

    fn limit(&self, line: &EffectiveLine<'_, String, TypeValue>) -> TypeLimit {
        let TypeValue { size, align, ceiling, reason } = line.value.value.clone();
        TypeLimit {
            name: line.key.clone(),
            size,
            align,
            ceiling,
            reason,
            when: line.when.map(str::to_owned),
            line: line_of(&self.text, line.value.span.start),
        }
    }
}

fn read_when(when: &TomlEntry<'_>, sink: &mut Sink) -> SpannedLines<String, TypeValue> {
    let header = format!("[when.'{}'.types]", when.shown);
    let mut types = SpannedLines::new();
    let Some(table) = when.section(&header, sink) else {
        return types;
    };
    for entry in entries(table) {
        if entry.name != "types" {
            entry.unknown("a `when`", &["types"], sink);
        } else if let Some(table) = entry.section(&header, sink) {
            types = read_types(table, sink);
        }
    }
    types
}

fn read_types(table: &Table, sink: &mut Sink) -> SpannedLines<String, TypeValue> {
    let mut types = SpannedLines::new();
    for entry in entries(table) {
        if let Err(why) = not_blank(entry.name) {
            let title = "a type must have a name";
            sink.push(Problem::new(entry.key_span(), title, why));
        }
        if let Some(value) = read_type(&entry, sink) {
            types.insert(entry.name.to_owned(), Spanned::new(value, entry.key_span()));
        }
    }
    types
}

fn read_type(line: &TomlEntry<'_>, sink: &mut Sink) -> Option<TypeValue> {
    let Some(table) = line.item.as_table_like() else {
        return line.amount(Unit::Bytes, sink).map(|size| TypeValue::of_size(size.value));
    };
    let (mut size, mut align, mut ceiling, mut reason) = (None, None, None, None);
    for entry in entries(table) {
        match entry.name {
            "size" => size = entry.amount(Unit::Bytes, sink),
            "align" => align = read_align(&entry, sink),
            "ceiling" => ceiling = entry.amount(Unit::Bytes, sink),
            "reason" => reason = read_reason(&entry, sink),
            _ => entry.unknown(&format!("the type `{}`", line.shown), &FIELDS, sink),
        }
    }
    if !table.contains_key("size") {
        missing(line, "size", sink);
    }
    check_ceiling("size", size.as_ref(), ceiling.as_ref(), sink);
    let ceiling = ceiling.map(|ceiling| ceiling.value);
    Some(TypeValue { size: size?.value, align, ceiling, reason })
}

fn read_align(entry: &TomlEntry<'_>, sink: &mut Sink) -> Option<u64> {
    let align = entry.amount(Unit::Bytes, sink)?.value;
    if align.is_power_of_two() {
        return Some(align);
    }
    let title = "`align` must be a power of two";
    sink.push(Problem::new(entry.value_span(), title, "no type has this alignment"));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_a_number_a_size_or_a_table() {
        let text = r#"[types]
"turso::Connection" = "1.5 KiB"
"turso::Value" = { size = 32, align = 8, ceiling = 64, reason = "one cache line holds two" }

[types."Vec<u8>"]
size = 24

[when.'cfg(target_pointer_width = "32")'.types]
"Vec<u8>" = 12
"#;
        let file = SizesFile::parse("budgets/sql/sizes.toml", text).unwrap();
        let resolve = |width: &str| {
            let cfgs = Cfgs::parse(&[format!("target_pointer_width=\"{width}\"")]).unwrap();
            file.resolve(&cfgs).unwrap().types
        };
        let types = resolve("64");
        let found: Vec<_> =
            types.iter().map(|limit| (limit.name.as_str(), limit.size, limit.line)).collect();
        let expected =
            [("Vec<u8>", 24, 5), ("turso::Connection", 1536, 2), ("turso::Value", 32, 3)];
        assert_eq!(found, expected);
        assert_eq!((types[2].align, types[2].ceiling), (Some(8), Some(64)));
        assert_eq!(types[2].reason.as_deref(), Some("one cache line holds two"));
        let types = resolve("32");
        assert_eq!((types[0].size, types[0].line), (12, 9));
        assert!(types[0].when.is_some());
    }
}
