//! Reading typed values out of parsed TOML, each mismatch a [`Problem`] at its place.

use std::ops::Range;

use toml_edit::{Item, Table, TableLike, Value};

use crate::error::{Problem, Problems, Sink, printable};
use crate::text::Spanned;
use crate::text::suggest::nearest;
use crate::values::{Unit, parse_size};

/// A parsed text, by the name that toml_edit 0.22 has for it, too.
#[expect(deprecated, reason = "`Document` is another type in toml_edit 0.22")]
pub(crate) type Document<'a> = toml_edit::ImDocument<&'a str>;

/// Returns the parsed text, or its first syntax error.
pub(crate) fn parse_document<'a>(file: &str, text: &'a str) -> Result<Document<'a>, Problems> {
    Document::parse(text).or_else(|error| {
        let span = error.span().unwrap_or(0..0);
        let mut sink = Sink::default();
        sink.push(Problem::new(span, "invalid TOML", error.message()));
        sink.finish(file, text, Document::default())
    })
}

/// One `key = value` of a table.
pub(crate) struct TomlEntry<'a> {
    pub(crate) name: &'a str,
    /// The key as errors show it: all its parts, in one line.
    pub(crate) shown: String,
    pub(crate) item: &'a Item,
    table: &'a dyn TableLike,
}

/// Returns the entries of `table`, in its order.
pub(crate) fn entries(table: &dyn TableLike) -> Vec<TomlEntry<'_>> {
    let entry = |(name, item)| TomlEntry { name, shown: printable(name), item, table };
    table.iter().map(entry).collect()
}

impl<'a> TomlEntry<'a> {
    /// Returns the same entry, shown by a longer key.
    pub(crate) fn called(self, key: &str) -> Self {
        Self { shown: printable(key), ..self }
    }

    /// Returns the place of its key.
    pub(crate) fn key_span(&self) -> Range<usize> {
        self.table.key(self.name).and_then(toml_edit::Key::span).unwrap_or(0..0)
    }

    /// Returns the place of its value; of a table, its header.
    pub(crate) fn value_span(&self) -> Range<usize> {
        self.item.span().unwrap_or_else(|| self.key_span())
    }

    /// Reads a string that `read` understands. `expected` says what that is: "a duration such as …".
    pub(crate) fn string<T, E: ToString>(
        &self,
        expected: &str,
        sink: &mut Sink,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Spanned<T>> {
        let Some(text) = self.item.as_str() else {
            self.mismatch(expected, sink);
            return None;
        };
        match read(text) {
            Ok(value) => Some(Spanned::new(value, self.value_span())),
            Err(why) => {
                let title = format!("`{}` must be {expected}", self.shown);
                sink.push(Problem::new(self.value_span(), title, why.to_string()));
                None
            }
        }
    }

    /// Reads a list of strings, each of which `read` understands. `expected` says what the list is.
    pub(crate) fn strings<T>(
        &self,
        expected: &str,
        sink: &mut Sink,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Spanned<Vec<T>>> {
        let Some(array) = self.item.as_array() else {
            self.mismatch(expected, sink);
            return None;
        };
        let mut values = Vec::new();
        for value in array {
            let span = value.span().unwrap_or_else(|| self.value_span());
            let read = match value.as_str() {
                Some(text) => read(text),
                None => Err("no string".to_owned()),
            };
            match read {
                Ok(value) => values.push(value),
                Err(why) => {
                    let title = format!("`{}` must be {expected}", self.shown);
                    sink.push(Problem::new(span, title, why));
                    return None;
                }
            }
        }
        Some(Spanned::new(values, self.value_span()))
    }

    pub(crate) fn boolean(&self, sink: &mut Sink) -> Option<Spanned<bool>> {
        let value = self.item.as_bool();
        if value.is_none() {
            self.mismatch("`true` or `false`", sink);
        }
        value.map(|value| Spanned::new(value, self.value_span()))
    }

    /// Reads a whole number, or for bytes a size string.
    pub(crate) fn amount(&self, unit: Unit, sink: &mut Sink) -> Option<Spanned<u64>> {
        let expected = match unit {
            Unit::Bytes => "a whole number of bytes or a size such as `\"267 KiB\"`",
            Unit::Count => "a whole number",
        };
        let problem = match self.item.as_value() {
            Some(Value::Integer(integer)) => match u64::try_from(*integer.value()) {
                Ok(amount) => return Some(Spanned::new(amount, self.value_span())),
                Err(_) => "a negative number".to_owned(),
            },
            Some(Value::String(text)) if unit == Unit::Bytes => match self.size(text.value()) {
                Ok(amount) => return Some(Spanned::new(amount, self.value_span())),
                Err(why) => why,
            },
            Some(Value::String(_)) => "found a string, but this is a count".to_owned(),
            _ => found(self.item),
        };
        let title = format!("`{}` must be {expected}", self.shown);
        sink.push(Problem::new(self.value_span(), title, problem));
        None
    }

    fn size(&self, text: &str) -> Result<u64, String> {
        let bytes = parse_size(text).map_err(|error| error.to_string())?;
        // A whole number in TOML ends there, and every limit must be writable as one.
        i64::try_from(bytes).map_err(|_| "more than 2^63 − 1 bytes".to_owned())?;
        Ok(bytes)
    }

    /// Returns a table that has a header of its own, so that an edit can work line by line.
    pub(crate) fn section(&self, header: &str, sink: &mut Sink) -> Option<&'a Table> {
        match self.item {
            Item::Table(table) if !table.is_dotted() => Some(table),
            item => {
                let title = format!("`{}` must be a table under a header", self.shown);
                let help = format!("write `{header}` on a line of its own and its keys below");
                sink.push(Problem::new(self.value_span(), title, found(item)).help(help));
                None
            }
        }
    }

    /// Says that the value is of another type than expected.
    pub(crate) fn mismatch(&self, expected: &str, sink: &mut Sink) {
        let title = format!("`{}` must be {expected}", self.shown);
        sink.push(Problem::new(self.value_span(), title, found(self.item)));
    }

    /// Says that no such key exists in `place`, and which do.
    pub(crate) fn unknown(&self, place: &str, known: &[&str], sink: &mut Sink) {
        let known: Vec<String> = known.iter().map(|key| (*key).to_owned()).collect();
        let label = match nearest(self.name, &known) {
            Some(key) => format!("did you mean `{key}`?"),
            None => "not a key of this table".to_owned(),
        };
        let title = format!("unknown key `{}` in {place}", self.shown);
        let help = format!("the keys are {}", known.join(", "));
        sink.push(Problem::new(self.key_span(), title, label).help(help));
    }
}

fn found(item: &Item) -> String {
    let name = item.type_name();
    let article = if name.starts_with(['a', 'i']) { "an" } else { "a" };
    format!("found {article} {name}")
}

/// Takes a string that is not blank: a reason, a name.
pub(crate) fn not_blank(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("it is blank".to_owned());
    }
    Ok(text.to_owned())
}
