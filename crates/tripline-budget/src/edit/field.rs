//! Changing one field of a line: the plain value, or one key of its table.

use toml_edit::{Item, TableLike, Value};

use super::locate::{SectionKind, end};
use super::text::{EditedText, Splice};
use crate::text::toml::{TomlEntry, entries};
use crate::values::format_toml_integer;
use crate::values::size::rewrite_size;

/// The new value of a field.
#[derive(Clone, Debug)]
pub(super) enum NewValue {
    /// A number, in the spelling that the old one had where that is possible.
    Amount(u64),
    /// TOML, as it is to stand.
    Toml(String),
    Removed,
}

/// Returns the splice that changes `field` of `line`; `None` if there is nothing to do.
pub(super) fn change(
    text: &EditedText,
    line: &TomlEntry<'_>,
    kind: SectionKind,
    field: &str,
    new: &NewValue,
) -> Option<Splice> {
    let order = kind.fields();
    let Some(table) = line.item.as_table_like() else {
        return change_plain(text, line, order[0], field, new);
    };
    match entries(table).into_iter().find(|entry| entry.name == field) {
        Some(entry) => match new {
            NewValue::Removed => Some(remove(text, line.item, table, &entry)),
            new => Some(Splice::replace(entry.value_span(), written(&entry, new)?)),
        },
        None => insert(text, line.item, table, &order, field, new),
    }
}

fn change_plain(
    text: &EditedText,
    line: &TomlEntry<'_>,
    first: &str,
    field: &str,
    new: &NewValue,
) -> Option<Splice> {
    let value = written(line, new)?;
    if field == first {
        return Some(Splice::replace(line.value_span(), value));
    }
    let plain = &text.as_str()[line.value_span()];
    let table = format!("{{ {first} = {plain}, {field} = {value} }}");
    Some(Splice::replace(line.value_span(), table))
}

/// Returns the text of the new value in place of `entry`'s.
fn written(entry: &TomlEntry<'_>, new: &NewValue) -> Option<String> {
    match new {
        NewValue::Amount(amount) => Some(amount_like(entry.item, *amount)),
        NewValue::Toml(toml) => Some(toml.clone()),
        NewValue::Removed => None,
    }
}

fn amount_like(old: &Item, new: u64) -> String {
    match old.as_value() {
        Some(Value::String(size)) => match rewrite_size(size.value(), new) {
            Some(size) => format!("\"{size}\""),
            None => format_toml_integer(new),
        },
        _ => format_toml_integer(new),
    }
}

/// Inserts behind the last field that stands before `field` in `order`.
fn insert(
    text: &EditedText,
    item: &Item,
    table: &dyn TableLike,
    order: &[&str],
    field: &str,
    new: &NewValue,
) -> Option<Splice> {
    let value = match new {
        NewValue::Amount(amount) => format_toml_integer(*amount),
        NewValue::Toml(toml) => toml.clone(),
        NewValue::Removed => return None,
    };
    let place = order.iter().position(|name| *name == field)?;
    let find = |name: &&str| entries(table).into_iter().find(|entry| entry.name == *name);
    let Some(before) = order[..place].iter().rev().find_map(find) else {
        let after = order[place..].iter().find_map(find)?;
        return Some(insert_above(text, item, &after, &format!("{field} = {value}")));
    };
    if item.is_inline_table() {
        return Some(Splice::insert(before.value_span().end, format!(", {field} = {value}")));
    }
    // A line of its own, with the indentation and the dotted key that its neighbour has.
    let key = before.key_span();
    let prefix = &text.as_str()[text.line_start(key.start)..key.start];
    let at = text.next_line(end(&before));
    let ends = if text.as_str()[..at].ends_with('\n') { "" } else { "\n" };
    Some(Splice::insert(at, format!("{ends}{prefix}{field} = {value}\n")))
}

/// Inserts before the first field.
fn insert_above(text: &EditedText, item: &Item, after: &TomlEntry<'_>, line: &str) -> Splice {
    let key = after.key_span();
    if item.is_inline_table() {
        return Splice::insert(key.start, format!("{line}, "));
    }
    let start = text.line_start(key.start);
    let prefix = &text.as_str()[start..key.start];
    Splice::insert(start, format!("{prefix}{line}\n"))
}

fn remove(text: &EditedText, item: &Item, table: &dyn TableLike, entry: &TomlEntry<'_>) -> Splice {
    let value = entry.value_span();
    if !item.is_inline_table() {
        let range = text.line_start(entry.key_span().start)..text.next_line(value.end);
        return Splice::replace(range, "");
    }
    let fields = entries(table);
    let before = fields.iter().rev().find(|other| other.value_span().end <= entry.key_span().start);
    let after = fields.iter().find(|other| other.key_span().start >= value.end);
    let range = match (before, after) {
        (Some(before), _) => before.value_span().end..value.end,
        (None, Some(after)) => entry.key_span().start..after.key_span().start,
        (None, None) => entry.key_span().start..value.end,
    };
    Splice::replace(range, "")
}
