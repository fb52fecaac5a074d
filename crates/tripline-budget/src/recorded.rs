//! The ruler that a budget was measured with.

use std::collections::BTreeMap;

use crate::error::Sink;
use crate::read::{TomlEntry, entries};
use crate::{Ruler, Spanned};

/// What `[recorded]` states, by part; an absent part is not compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedRuler(pub BTreeMap<&'static str, String>);

/// A part of the ruler that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulerChange {
    pub part: &'static str,
    pub recorded: String,
    pub now: String,
}

pub(crate) const PARTS: [&str; 6] =
    ["rustc", "target", "profile", "features", "allocator", "dependencies"];

impl RecordedRuler {
    /// The parts of `now` that differ from what was recorded, in the file's order.
    #[must_use]
    pub fn changes(&self, now: &Ruler) -> Vec<RulerChange> {
        let change = |(part, now): (&'static str, &str)| {
            let recorded =
                self.0.get(part).filter(|recorded| *recorded != now && !now.is_empty())?;
            Some(RulerChange { part, recorded: recorded.clone(), now: now.to_owned() })
        };
        now.parts().into_iter().filter_map(change).collect()
    }

    /// Whether every part of `now` that is known stands here.
    #[must_use]
    pub fn is(&self, now: &Ruler) -> bool {
        Self::from(now)
            .parts()
            .all(|(part, value)| self.0.get(part).is_some_and(|own| own == value))
    }

    /// In the file's order.
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

/// Reads the section `[recorded]`.
pub(crate) fn read_ruler(section: &TomlEntry<'_>, sink: &mut Sink) -> RecordedRuler {
    let mut recorded = RecordedRuler::default();
    let Some(table) = section.section("[recorded]", sink) else {
        return recorded;
    };
    for entry in entries(table) {
        match PARTS.into_iter().find(|part| *part == entry.name) {
            Some(part) => recorded.0.extend(read_part(&entry, sink).map(|value| (part, value))),
            None => entry.unknown("`[recorded]`", &PARTS, sink),
        }
    }
    recorded
}

fn read_part(entry: &TomlEntry<'_>, sink: &mut Sink) -> Option<String> {
    let part = entry.string("a string", sink, |text| Ok(text.to_owned()));
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
    fn only_a_recorded_part_that_differs_is_a_change() {
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
        let change = RulerChange { part: "rustc", recorded: "1.95.0".into(), now: "1.96.0".into() };
        assert_eq!(recorded.changes(&now), [change]);
        assert_eq!(RecordedRuler::from(&now).changes(&now), []);
    }
}
