//! The digest of a suite's dependencies, as a ruler states it:
//! `52 crates, 3f9a1c2e41d07b55, sources none, features 77bd001e41d07b55`.
//!
//! Each part is compared for itself. Older records state only the first two: what they leave out is not known, and so
//! neither a change nor equal. Features are not known where a suite runs without the folder that it was built in.

use std::fmt;

/// The digest of dependencies, part by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependencyDigest {
    pub(crate) crates: usize,
    /// The names and versions.
    pub(crate) versions: u64,
    /// The sources other than crates.io, `Some(None)` if there are none. `None` if it is not known.
    pub(crate) sources: Option<Option<u64>>,
    /// The features that each crate is built with, if they are known.
    pub(crate) features: Option<u64>,
}

impl DependencyDigest {
    /// Reads what [`Display`](fmt::Display) writes; `None` of any other text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split(", ");
        let (count, word) = parts.next()?.split_once(' ')?;
        let crates = count.parse().ok()?;
        let is_counted = matches!((crates, word), (1, "crate") | (_, "crates"));
        let versions = parts.next().filter(|_| is_counted).and_then(hex)?;
        let mut digest = Self { crates, versions, sources: None, features: None };
        for part in parts {
            match part.split_once(' ')? {
                ("sources", "none") if digest.sources.is_none() => digest.sources = Some(None),
                ("sources", value) if digest.sources.is_none() => {
                    digest.sources = Some(Some(hex(value)?));
                }
                ("features", value) if digest.features.is_none() => {
                    digest.features = Some(hex(value)?);
                }
                _ => return None,
            }
        }
        Some(digest)
    }

    /// Adds the features that each crate is built with, by its name.
    #[must_use]
    pub fn with_features<'a>(self, built: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let parts = built.into_iter().flat_map(|(name, features)| [name, features]);
        Self { features: Some(digest_of(parts)), ..self }
    }

    /// Returns `true` if the packages are known to be others. Their features may be the same or not.
    #[must_use]
    pub fn differs_from(&self, other: &Self) -> bool {
        (self.crates, self.versions) != (other.crates, other.versions)
            || self.sources.zip(other.sources).is_some_and(|(one, other)| one != other)
    }

    /// Returns the features of both if they are others now, or may be: one that is not known now is not equal. What this
    /// one, a record, does not know is no change.
    #[must_use]
    pub(crate) fn features_moved(&self, now: &Self) -> Option<(u64, Option<u64>)> {
        let was = self.features?;
        (now.features != Some(was)).then_some((was, now.features))
    }

    /// Returns `true` if it states the features.
    #[must_use]
    pub const fn knows_features(&self) -> bool {
        self.features.is_some()
    }

    /// Returns the digest without the features.
    #[must_use]
    pub fn without_features(&self) -> Self {
        Self { features: None, ..self.clone() }
    }
}

impl fmt::Display for DependencyDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let crates = if self.crates == 1 { "crate" } else { "crates" };
        write!(f, "{} {crates}, {:016x}", self.crates, self.versions)?;
        match self.sources {
            Some(None) => f.write_str(", sources none")?,
            Some(Some(sources)) => write!(f, ", sources {sources:016x}")?,
            None => {}
        }
        match self.features {
            Some(features) => write!(f, ", features {features:016x}"),
            None => Ok(()),
        }
    }
}

fn hex(text: &str) -> Option<u64> {
    (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

/// Returns FNV-1a of the parts, each ended by a zero byte.
pub(crate) fn digest_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(text: &str) -> DependencyDigest {
        DependencyDigest::read(text).expect("a digest")
    }

    const OLDER: &str = "52 crates, 3f9a1c2e41d07b55";
    const WHOLE: &str = "52 crates, 3f9a1c2e41d07b55, sources none, features 77bd001e41d07b55";

    #[test]
    fn what_is_written_is_read() {
        let git = "1 crate, 00000000000000aa, sources 3f9a1c2e41d07b55";
        for text in [OLDER, WHOLE, git] {
            assert_eq!(digest(text).to_string(), text);
        }
        for text in ["", "52", "52 crates", "52 crates, 3f9a", "x crates, 3f9a1c2e41d07b55"] {
            assert_eq!(DependencyDigest::read(text), None, "{text}");
        }
        for end in [", sources", ", features none", ", sources none, sources none", ", others 1"] {
            assert_eq!(DependencyDigest::read(&format!("{OLDER}{end}")), None, "{end}");
        }
    }

    #[test]
    fn what_an_older_record_leaves_out_is_neither_a_change_nor_equal() {
        let (older, whole) = (digest(OLDER), digest(WHOLE));
        assert!(!older.differs_from(&whole) && older.features_moved(&whole).is_none());
        assert_ne!(older, whole);
        let moved = digest(&OLDER.replace("52", "53"));
        assert!(moved.differs_from(&whole));
    }

    #[test]
    fn packages_and_features_are_told_apart() {
        let whole = digest(WHOLE);
        let features = digest(&WHOLE.replace("features 77", "features 78"));
        assert!(whole.features_moved(&features).is_some() && !whole.differs_from(&features));
        let sources = digest(&WHOLE.replace("none", "3f9a1c2e41d07b55"));
        assert!(whole.differs_from(&sources) && whole.features_moved(&sources).is_none());
    }

    #[test]
    fn other_features_are_another_digest() {
        let with = |features| digest(OLDER).with_features([("serde_json", features)]);
        let (plain, ordered) = (with(r#"["std"]"#), with(r#"["preserve_order", "std"]"#));
        assert!(plain.features_moved(&ordered).is_some());
        assert!(plain.features_moved(&with(r#"["std"]"#)).is_none());
        assert!(plain.features_moved(&digest(OLDER)).is_some_and(|(_, now)| now.is_none()));
    }
}
