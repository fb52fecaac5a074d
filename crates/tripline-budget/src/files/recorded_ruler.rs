//! The ruler that a budget was measured with: `[ruler]`, or `[recorded]` in older files.
//!
//! Files of older commits are read too, so the older spelling stays readable; whatever writes the ruler writes the
//! newer one.

use std::collections::BTreeMap;
use std::convert::Infallible;

use toml_edit::Table;

use crate::error::{Problem, Sink};
use crate::runs::Ruler;
use crate::text::Spanned;
use crate::text::toml::{TomlEntry, entries};

/// The ruler as a file states it, by part; an absent part is not compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedRuler(pub BTreeMap<&'static str, String>);

/// A part of the ruler that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulerChange {
    pub part: &'static str,
    pub recorded: String,
    pub now: String,
}

/// The table's key.
pub(crate) const KEY: &str = "ruler";

/// The table's key in older files.
pub(crate) const OLDER_KEY: &str = "recorded";

/// Stands for a part that this build does not know.
const NOT_KNOWN: &str = "not known here";

pub(crate) const PARTS: [&str; 6] =
    ["rustc", "target", "profile", "features", "allocator", "dependencies"];

impl RecordedRuler {
    /// Returns the parts of `now` that differ from what was recorded, in the file's order. One that is not known now may
    /// differ, and is said.
    #[must_use]
    pub fn changes(&self, now: &Ruler) -> Vec<RulerChange> {
        let change = |(part, now): (&'static str, &str)| {
            let recorded = self.0.get(part).filter(|recorded| *recorded != now)?;
            let now = if now.is_empty() { NOT_KNOWN } else { now };
            Some(RulerChange { part, recorded: recorded.clone(), now: now.to_owned() })
        };
        now.parts().into_iter().filter_map(change).collect()
    }

    /// Returns `true` if every part of `now` that is known stands here.
    #[must_use]
    pub fn is(&self, now: &Ruler) -> bool {
        Self::from(now)
            .parts()
            .all(|(part, value)| self.0.get(part).is_some_and(|own| own == value))
    }

    /// Iterates over the stated parts, in the file's order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        PARTS.into_iter().filter_map(|part| Some((part, self.0.get(part)?.as_str())))
    }
}

impl From<&Ruler> for RecordedRuler {
    fn from(ruler: &Ruler) -> Self {
        let known = ruler.parts().into_iter().filter(|(_, value)| !value.is_empty());
        Self(known.map(|(part, value)| (part, value.to_owned())).collect())
    }
}

/// Reads the table, under either key.
pub(crate) fn read_ruler(section: &TomlEntry<'_>, sink: &mut Sink) -> RecordedRuler {
    let mut ruler = RecordedRuler::default();
    let header = format!("[{}]", section.name);
    let Some(table) = section.section(&header, sink) else {
        return ruler;
    };
    for entry in entries(table) {
        match PARTS.into_iter().find(|part| *part == entry.name) {
            Some(part) => ruler.0.extend(read_part(&entry, sink).map(|value| (part, value))),
            None => entry.unknown(&format!("`{header}`"), &PARTS, sink),
        }
    }
    ruler
}

/// Refuses a file that states the ruler under both keys.
pub(crate) fn check_stated_once(document: &Table, sink: &mut Sink) {
    let place = |key| document.key(key).and_then(toml_edit::Key::span);
    if let (Some(newer), Some(older)) = (place(KEY), place(OLDER_KEY)) {
        let problem = Problem::new(older, "the ruler is given twice", "an older spelling of it")
            .and_at(newer, "given here")
            .help(format!("`[{OLDER_KEY}]` is the older spelling of `[{KEY}]`: keep `[{KEY}]`"));
        sink.push(problem);
    }
}

fn read_part(entry: &TomlEntry<'_>, sink: &mut Sink) -> Option<String> {
    let part = entry.string("a string", sink, |text| Ok::<_, Infallible>(text.to_owned()));
    part.map(|Spanned { value, .. }| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_key() {
        assert_eq!(Ruler::default().parts().map(|(part, _)| part), PARTS);
    }

    #[test]
    fn a_recorded_part_that_differs_or_is_not_known_is_a_change() {
        let parts = [("rustc", "1.95.0"), ("profile", "opt 1"), ("dependencies", "3 crates, 00")];
        let recorded = RecordedRuler(parts.map(|(part, value)| (part, value.to_owned())).into());
        let now = Ruler {
            rustc: "1.96.0".into(),
            target: "x86_64-unknown-linux-gnu".into(),
            profile: "opt 1".into(),
            // Not known.
            dependencies: String::new(),
            ..Ruler::default()
        };
        let change = |part, recorded: &str, now: &str| RulerChange {
            part,
            recorded: recorded.to_owned(),
            now: now.to_owned(),
        };
        assert_eq!(
            recorded.changes(&now),
            [
                change("rustc", "1.95.0", "1.96.0"),
                change("dependencies", "3 crates, 00", "not known here")
            ]
        );
        assert_eq!(RecordedRuler::from(&now).changes(&now), []);
    }
}
