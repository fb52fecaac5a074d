//! A plan: the limits to set in a file, with their causes.

use tripline_budget::{LimitValue, Metric};

use crate::recording::band::Band;

/// The cause of a changed line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recording) enum ChangeCause {
    Recorded,
    Added,
    Lowered,
    Raised,
    /// A part of the ruler, not a limit.
    Ruler,
}

impl ChangeCause {
    pub(in crate::recording) const fn text(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Added => "added",
            Self::Lowered => "lowered",
            Self::Raised => "raised",
            Self::Ruler => "the ruler",
        }
    }
}

/// A new or changed limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::recording) struct SetLimit {
    pub(in crate::recording) metric: Metric,
    /// The `when` that it stands under.
    pub(in crate::recording) when: Option<String>,
    /// `None` for a new limit.
    pub(in crate::recording) old: Option<Band>,
    pub(in crate::recording) new: Band,
    /// `None` if an old one stays.
    pub(in crate::recording) reason: Option<String>,
    pub(in crate::recording) why: ChangeCause,
}

impl SetLimit {
    pub(in crate::recording) fn value(&self) -> LimitValue {
        let Band { max, tolerance } = self.new;
        LimitValue { max, tolerance, ceiling: None, reason: self.reason.clone() }
    }
}

/// The changes of a file. One refusal, and the file stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::recording) struct LimitsPlan {
    pub(in crate::recording) sets: Vec<SetLimit>,
    pub(in crate::recording) refusals: Vec<String>,
    /// Limits that stay, with the reason.
    pub(in crate::recording) notes: Vec<String>,
    /// True if the recorded ruler stays: it is that of the other limits.
    pub(in crate::recording) keeps_ruler: bool,
}
