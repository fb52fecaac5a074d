//! The ruler that a budget was measured with.

use crate::error::Sink;
use crate::read::{Entry, entries};
use crate::{Ruler, Spanned};

/// What `[recorded]` states; an absent part is not compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    pub rustc: Option<String>,
    pub target: Option<String>,
    pub profile: Option<String>,
}

/// A part of the ruler that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulerChange {
    pub part: &'static str,
    pub recorded: String,
    pub now: String,
}

pub(crate) const PARTS: [&str; 3] = ["rustc", "target", "profile"];

impl Recorded {
    /// The parts of `now` that differ from what was recorded, in the file's order.
    #[must_use]
    pub fn changes(&self, now: &Ruler) -> Vec<RulerChange> {
        let now = [&now.rustc, &now.target, &now.profile];
        let parts = PARTS.into_iter().zip(self.parts()).zip(now);
        parts
            .filter_map(|((part, recorded), now)| {
                let recorded = recorded.filter(|recorded| *recorded != now)?;
                Some(RulerChange { part, recorded: recorded.to_owned(), now: now.clone() })
            })
            .collect()
    }

    pub(crate) fn parts(&self) -> [Option<&str>; 3] {
        [self.rustc.as_deref(), self.target.as_deref(), self.profile.as_deref()]
    }
}

impl From<&Ruler> for Recorded {
    fn from(ruler: &Ruler) -> Self {
        Self {
            rustc: Some(ruler.rustc.clone()),
            target: Some(ruler.target.clone()),
            profile: Some(ruler.profile.clone()),
        }
    }
}

/// Reads the section `[recorded]`.
pub(crate) fn read_recorded(section: &Entry<'_>, sink: &mut Sink) -> Recorded {
    let mut recorded = Recorded::default();
    let Some(table) = section.section("[recorded]", sink) else {
        return recorded;
    };
    for entry in entries(table) {
        match entry.name {
            "rustc" => recorded.rustc = read_part(&entry, sink),
            "target" => recorded.target = read_part(&entry, sink),
            "profile" => recorded.profile = read_part(&entry, sink),
            _ => entry.unknown("`[recorded]`", &PARTS, sink),
        }
    }
    recorded
}

fn read_part(entry: &Entry<'_>, sink: &mut Sink) -> Option<String> {
    let part = entry.string("a string", sink, |text| Ok(text.to_owned()));
    part.map(|Spanned { value, .. }| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_recorded_part_that_differs_is_a_change() {
        let recorded =
            Recorded { rustc: Some("1.95.0".into()), target: None, profile: Some("opt 1".into()) };
        let now = Ruler {
            rustc: "1.96.0".into(),
            target: "x86_64-unknown-linux-gnu".into(),
            profile: "opt 1".into(),
        };
        let change = RulerChange { part: "rustc", recorded: "1.95.0".into(), now: "1.96.0".into() };
        assert_eq!(recorded.changes(&now), [change]);
        assert_eq!(Recorded::from(&now).changes(&now), []);
    }
}
