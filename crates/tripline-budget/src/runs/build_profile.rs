//! The profile of a suite's package, as a ruler states it: `opt-level 1, debug-assertions`.
//!
//! Older records say `opt 1`. That was the level of another package, tripline, so theirs is not known.

use std::fmt;

/// The profile that a package was compiled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildProfile {
    /// Cargo's `opt-level`, if it is known.
    pub opt_level: Option<String>,
    pub debug_assertions: bool,
}

impl BuildProfile {
    /// Reads what [`Display`](fmt::Display) writes; `None` of any other text.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (level, debug_assertions) = match text.split_once(", ") {
            None => (text, false),
            Some((level, "debug-assertions")) => (level, true),
            Some(_) => return None,
        };
        let opt_level = match level.split_once(' ') {
            Some(("opt-level", "unknown") | ("opt", _)) => None,
            Some(("opt-level", level)) => Some(level.to_owned()),
            _ => return None,
        };
        Some(Self { opt_level, debug_assertions })
    }

    /// Returns `true` if the two are known to be different.
    #[must_use]
    pub fn differs_from(&self, other: &Self) -> bool {
        let levels = self.opt_level.as_ref().zip(other.opt_level.as_ref());
        self.debug_assertions != other.debug_assertions || levels.is_some_and(|(a, b)| a != b)
    }
}

impl fmt::Display for BuildProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "opt-level {}", self.opt_level.as_deref().unwrap_or("unknown"))?;
        f.write_str(if self.debug_assertions { ", debug-assertions" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(text: &str) -> BuildProfile {
        BuildProfile::read(text).expect("a profile")
    }

    #[test]
    fn what_is_written_is_read() {
        let all = [
            "opt-level 1, debug-assertions",
            "opt-level s",
            "opt-level unknown, debug-assertions",
            "opt-level unknown",
        ];
        for text in all {
            assert_eq!(profile(text).to_string(), text);
        }
        for text in ["", "opt-level", "release", "opt-level 1, lto", "1, debug-assertions"] {
            assert_eq!(BuildProfile::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_level_that_is_not_known_is_neither_a_change_nor_equal() {
        let now = profile("opt-level 1, debug-assertions");
        for unknown in ["opt 1, debug-assertions", "opt 3, debug-assertions"] {
            assert!(!profile(unknown).differs_from(&now), "{unknown}");
            assert_ne!(profile(unknown), now, "{unknown}");
        }
        assert!(!profile("opt-level unknown, debug-assertions").differs_from(&now));
        // Debug assertions were always the suite's own.
        assert!(profile("opt 1").differs_from(&now));
        assert!(profile("opt-level 0, debug-assertions").differs_from(&now));
        assert!(!now.differs_from(&now));
    }
}
