//! The ruler that a budget was measured with: `[ruler]`, or `[recorded]` in older files.
//!
//! Files of older commits are read too, so the older spelling stays readable; whatever writes the ruler writes the
//! newer one.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;

use toml_edit::Table;

use crate::error::{Problem, Sink};
use crate::runs::{BuildProfile, DependencyDigest, Ruler};
use crate::text::Spanned;
use crate::text::toml::{TomlEntry, entries};

/// The ruler as a file states it, by part; an absent part is not compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedRuler(pub BTreeMap<&'static str, String>);

/// A part of the ruler that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulerChange {
    /// Its key in the table, or [`FEATURES_OF_DEPENDENCIES`].
    pub part: &'static str,
    pub recorded: String,
    pub now: String,
}

impl RulerChange {
    /// Returns what makes such a part change, where that is not plain.
    #[must_use]
    pub fn cause(&self) -> Option<&'static str> {
        (self.part == FEATURES_OF_DEPENDENCIES).then_some(
            "cargo unites the features that all packages of a build ask for: with `-p`, or in a package's folder, \
             a dependency has others",
        )
    }
}

/// Two builds that stand beside each other.
impl RulerChange {
    /// Returns `true` if the recorded build is one of its own, such as the debug build beside the release build. A
    /// toolchain or a dependency that moved has taken the place of the older one instead.
    #[must_use]
    pub fn is_of_another_build(&self) -> bool {
        matches!(self.part, "target" | "profile" | "features")
    }

    /// Returns a cfg that holds in this build and not in the recorded one, if one is known.
    #[must_use]
    pub fn own_cfg(&self) -> Option<String> {
        let (was, is) = (self.recorded.as_str(), self.now.as_str());
        match self.part {
            "profile" => {
                let assertions = |text: &str| Some(BuildProfile::read(text)?.debug_assertions);
                match (assertions(was)?, assertions(is)?) {
                    (true, false) => Some("not(debug_assertions)".to_owned()),
                    (false, true) => Some("debug_assertions".to_owned()),
                    _ => None,
                }
            }
            "features" => {
                let split = |text: &str| -> Vec<String> {
                    let on = text.split(", ").filter(|name| *name != "none");
                    on.map(str::to_owned).collect()
                };
                let (was, is) = (split(was), split(is));
                let new = is.iter().find(|name| !was.contains(name));
                let gone = was.iter().find(|name| !is.contains(name));
                let on = new.map(|name| format!("feature = \"{name}\""));
                on.or_else(|| gone.map(|name| format!("not(feature = \"{name}\")")))
            }
            _ => None,
        }
    }
}

impl fmt::Display for RulerChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part, recorded, now } = self;
        write!(f, "the ruler changed: {part} {recorded} → {now}")
    }
}

/// The table's key.
pub(crate) const KEY: &str = "ruler";

/// The table's key in older files.
pub(crate) const OLDER_KEY: &str = "recorded";

/// Stands for a part that this build does not know.
const NOT_KNOWN: &str = "not known here";
/// The part of `dependencies` that tells the features which they are built with.
pub const FEATURES_OF_DEPENDENCIES: &str = "features of dependencies";

pub(crate) const PARTS: [&str; 6] =
    ["rustc", "target", "profile", "features", "allocator", "dependencies"];

impl RecordedRuler {
    /// Returns the parts of `now` that differ from what was recorded, in the file's order. One that is not known now may
    /// differ, and is said. One that the record does not know is no change.
    #[must_use]
    pub fn changes(&self, now: &Ruler) -> Vec<RulerChange> {
        let recorded = |part| self.0.get(part).map(String::as_str);
        let stated = now.parts().into_iter();
        let stated = stated.filter_map(|(part, now)| Some((part, recorded(part)?, now)));
        stated.flat_map(|(part, recorded, now)| changes_of(part, recorded, now)).collect()
    }

    /// Returns the option that records limits of this build beside those of another one; `None` if these are its own.
    #[must_use]
    pub fn beside(&self, now: &Ruler) -> Option<String> {
        let changes = self.changes(now).into_iter();
        let changes: Vec<_> = changes.filter(RulerChange::is_of_another_build).collect();
        let own = changes.iter().find_map(RulerChange::own_cfg);
        let cfg = own.unwrap_or_else(|| "cfg(…)".to_owned());
        (!changes.is_empty()).then(|| format!("--when '{cfg}'"))
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

/// Returns what changed of one part. What one of the two leaves out is no change.
fn changes_of(part: &'static str, recorded: &str, now: &str) -> Vec<RulerChange> {
    let change = |part, recorded: String, now: String| RulerChange { part, recorded, now };
    let whole = || vec![change(part, recorded.to_owned(), now.to_owned())];
    match part {
        _ if now.is_empty() => vec![change(part, recorded.to_owned(), NOT_KNOWN.to_owned())],
        "profile" => match (BuildProfile::read(recorded), BuildProfile::read(now)) {
            (Some(was), Some(is)) if !was.differs_from(&is) => Vec::new(),
            (None, _) | (_, None) if recorded == now => Vec::new(),
            _ => whole(),
        },
        "dependencies" => match (DependencyDigest::read(recorded), DependencyDigest::read(now)) {
            (Some(was), Some(is)) => {
                let text = |digest: &DependencyDigest| digest.without_features().to_string();
                let packages = was.differs_from(&is).then(|| change(part, text(&was), text(&is)));
                let features = was.features_moved(&is).map(|(was, is)| {
                    let is = is.map_or_else(|| NOT_KNOWN.to_owned(), |is| format!("{is:016x}"));
                    change(FEATURES_OF_DEPENDENCIES, format!("{was:016x}"), is)
                });
                packages.into_iter().chain(features).collect()
            }
            _ if recorded == now => Vec::new(),
            _ => whole(),
        },
        _ if recorded == now => Vec::new(),
        _ => whole(),
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

    #[test]
    fn a_build_of_its_own_has_a_cfg_of_its_own() {
        let change = |part, recorded: &str, now: &str| RulerChange {
            part,
            recorded: recorded.to_owned(),
            now: now.to_owned(),
        };
        for (part, recorded, now, own) in [
            (
                "profile",
                "opt-level 1, debug-assertions",
                "opt-level 3",
                Some("not(debug_assertions)"),
            ),
            ("profile", "opt 3", "opt-level 1, debug-assertions", Some("debug_assertions")),
            ("profile", "opt-level 1", "opt-level 3", None),
            ("features", "none", "extra", Some("feature = \"extra\"")),
            ("features", "a, extra", "a", Some("not(feature = \"extra\")")),
            ("target", "x86_64-unknown-linux-gnu", "aarch64-apple-darwin", None),
        ] {
            let change = change(part, recorded, now);
            assert!(change.is_of_another_build(), "{change}");
            assert_eq!(change.own_cfg().as_deref(), own, "{change}");
        }
        for part in ["rustc", "allocator", "dependencies", FEATURES_OF_DEPENDENCIES] {
            assert!(!change(part, "1", "2").is_of_another_build());
        }
    }

    #[test]
    fn limits_of_another_build_are_recorded_beside() {
        let beside = |recorded: &str, now: &str| {
            let recorded = RecordedRuler([("profile", recorded.to_owned())].into());
            recorded.beside(&Ruler { profile: now.to_owned(), ..Ruler::default() })
        };
        let debug = "opt-level 1, debug-assertions";
        assert_eq!(beside(debug, "opt-level 3").as_deref(), Some("--when 'not(debug_assertions)'"));
        assert_eq!(beside("opt-level 1", "opt-level 3").as_deref(), Some("--when 'cfg(…)'"));
        assert_eq!(beside(debug, debug), None);
    }

    /// Returns what changed of one part, as `part: recorded → now`.
    fn changed(part: &'static str, recorded: &str, now: &str) -> Vec<String> {
        let recorded = RecordedRuler([(part, recorded.to_owned())].into());
        let mut ruler = Ruler::default();
        match part {
            "profile" => ruler.profile = now.to_owned(),
            _ => ruler.dependencies = now.to_owned(),
        }
        let changes = recorded.changes(&ruler).into_iter();
        changes
            .map(|RulerChange { part, recorded, now }| format!("{part}: {recorded} → {now}"))
            .collect()
    }

    #[test]
    fn a_profile_of_the_older_form_is_not_known() {
        const NOW: &str = "opt-level 0, debug-assertions";
        assert_eq!(changed("profile", "opt 1, debug-assertions", NOW), [""; 0]);
        assert_eq!(changed("profile", NOW, NOW), [""; 0]);
        assert_eq!(
            changed("profile", "opt-level 2, debug-assertions", NOW),
            ["profile: opt-level 2, debug-assertions → opt-level 0, debug-assertions"]
        );
        assert_eq!(changed("profile", "opt 3", NOW), [format!("profile: opt 3 → {NOW}")]);
        // By hand.
        assert_eq!(changed("profile", "fast", NOW), [format!("profile: fast → {NOW}")]);
    }

    #[test]
    fn packages_and_their_features_change_each_for_itself() {
        const NOW: &str = "2 crates, 3f9a1c2e41d07b55, sources none, features 77bd001e41d07b55";
        let part = "dependencies";
        assert_eq!(changed(part, "2 crates, 3f9a1c2e41d07b55", NOW), [""; 0]);
        assert_eq!(changed(part, NOW, NOW), [""; 0]);
        assert_eq!(
            changed(part, &NOW.replace("77b", "88b"), NOW),
            ["features of dependencies: 88bd001e41d07b55 → 77bd001e41d07b55"]
        );
        assert_eq!(
            changed(part, NOW, "2 crates, 3f9a1c2e41d07b55, sources none"),
            ["features of dependencies: 77bd001e41d07b55 → not known here"]
        );
        assert_eq!(
            changed(part, "1 crate, 00000000000000aa", NOW),
            ["dependencies: 1 crate, 00000000000000aa → 2 crates, 3f9a1c2e41d07b55, sources none"]
        );
        assert_eq!(changed(part, "by hand", NOW), [format!("dependencies: by hand → {NOW}")]);
    }
}
