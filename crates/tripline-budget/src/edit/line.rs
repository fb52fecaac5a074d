//! Inserting a line into a section, at its place in the order.

use toml_edit::Item;

use super::locate::{
    LocatedLine, SectionKind, SectionPath, end, first_header, first_header_within, headers,
};
use super::text::{BlankLines, EditedText, Splice};
use crate::files::recorded_ruler as ruler;
use crate::files::render::{quote, ruler_line};
use crate::text::toml::{Document, entries};

/// Inserts `line` for `key` behind the greatest lesser key of the section, or first; where the
/// section has no header yet, with one.
pub(super) fn insert<K: Ord>(
    text: &EditedText,
    document: &Document<'_>,
    place: SectionPath<'_>,
    lines: &[LocatedLine<'_, K>],
    key: &K,
    line: &str,
) -> Splice {
    let has_header = |item: &&Item| item.as_table().is_some_and(|table| !table.is_implicit());
    let Some(section) = place.item(document).filter(has_header) else {
        let at = section_start(text, document, place);
        return text.insert_lines(at, &format!("{place}\n{line}"), BlankLines::Around);
    };
    let lesser = lines.iter().filter(|other| other.in_body && other.key < *key);
    match lesser.max_by(|a, b| a.key.cmp(&b.key)) {
        Some(before) => {
            text.insert_lines(text.next_line(end(&before.entry)), line, BlankLines::Around)
        }
        None => below_header(text, section, line),
    }
}

/// Inserts `line` directly below the header of `section`.
fn below_header(text: &EditedText, section: &Item, line: &str) -> Splice {
    // From its start: with toml_edit 0.22 the span ends with the section, not with the header.
    let at = text.next_line(section.span().map_or(0, |span| span.start));
    text.insert_lines(at, line, BlankLines::Below)
}

/// Returns the place of a new section: limits and types before every other section, those of a `when`
/// before what else stands under it, and all before the ruler. Growth stands below the limits.
fn section_start(text: &EditedText, document: &Document<'_>, place: SectionPath<'_>) -> usize {
    let limits = place.parent(document).and_then(|parent| parent.get("limits"));
    if let Some(last) = limits
        .filter(|_| place.kind == SectionKind::Growth)
        .and_then(|item| headers(item).into_iter().max())
    {
        let below = headers(document.as_item()).into_iter().filter(|header| *header > last).min();
        return below.map_or(text.as_str().len(), |header| text.with_comment(header));
    }
    let next = match place.when {
        None => first_header_within(document.as_table()),
        Some(when) => document
            .get("when")
            .and_then(|whens| whens.get(when))
            .and_then(first_header)
            .or_else(|| document.get(ruler::KEY).and_then(first_header))
            .or_else(|| document.get(ruler::OLDER_KEY).and_then(first_header)),
    };
    next.map_or(text.as_str().len(), |header| text.with_comment(header))
}

/// States the entity: in place of the one before, or as the file's first line.
pub(super) fn set_entity(text: &EditedText, document: &Document<'_>, name: &str) -> Splice {
    let root = entries(document.as_table());
    if let Some(entity) = root.iter().find(|entry| entry.name == "entity") {
        return Splice::replace(entity.value_span(), quote(name));
    }
    let line = format!("entity = {}\n", quote(name));
    let header = first_header_within(document.as_table());
    let keys = root.iter().filter(|entry| first_header(entry.item).is_none());
    match keys.map(|entry| entry.key_span().start).min() {
        Some(key) => text.insert_lines(text.with_comment(key), &line, BlankLines::None),
        None => {
            let at = header.map_or(text.as_str().len(), |header| text.with_comment(header));
            text.insert_lines(at, &line, BlankLines::Around)
        }
    }
}

/// Renames the ruler's table where it has its older key.
pub(super) fn rename_older_ruler(document: &Document<'_>) -> Option<Splice> {
    let older = document.as_table().key(ruler::OLDER_KEY)?.span()?;
    Some(Splice::replace(older, ruler::KEY))
}

/// States a part of the ruler: in place of the one before, or below the part `above`.
pub(super) fn set_ruler(
    text: &EditedText,
    document: &Document<'_>,
    part: &str,
    value: &str,
    above: Option<&str>,
) -> Splice {
    let line = ruler_line(part, value);
    let ruler = document.get(ruler::KEY);
    let Some(table) = ruler.and_then(Item::as_table) else {
        return text.insert_lines(
            text.as_str().len(),
            &format!("[{}]\n{line}", ruler::KEY),
            BlankLines::Above,
        );
    };
    let parts = entries(table);
    let find = |name: &str| parts.iter().find(|entry| entry.name == name);
    if let Some(entry) = find(part) {
        return Splice::replace(entry.value_span(), quote(value));
    }
    let header = ruler.and_then(Item::span).map_or(0, |span| span.start);
    let after = above.and_then(find).map_or(header, end);
    text.insert_lines(text.next_line(after), &line, BlankLines::None)
}
