//! A plan: the limits that are to stand in a file, and why.

use tripline_budget::{LimitValue, Metric};

use crate::recording::band::Band;

/// Why a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::recording) enum ChangeCause {
    Recorded,
    Added,
    Lowered,
    Raised,
    /// Not a limit: what it was measured with.
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

/// A limit that is to stand anew, or otherwise than it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::recording) struct SetLimit {
    pub(in crate::recording) metric: Metric,
    /// The `when` it stands under, or is to.
    pub(in crate::recording) when: Option<String>,
    /// `None` where there was no such limit.
    pub(in crate::recording) old: Option<Band>,
    pub(in crate::recording) new: Band,
    /// `None` where an old one stays.
    pub(in crate::recording) reason: Option<String>,
    pub(in crate::recording) why: ChangeCause,
}

impl SetLimit {
    pub(in crate::recording) fn value(&self) -> LimitValue {
        let Band { max, tolerance } = self.new;
        LimitValue { max, tolerance, ceiling: None, reason: self.reason.clone() }
    }
}

/// What is to become of a file. One refusal, and the file is left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::recording) struct LimitsPlan {
    pub(in crate::recording) sets: Vec<SetLimit>,
    pub(in crate::recording) refusals: Vec<String>,
    /// What was left as it is, and why.
    pub(in crate::recording) notes: Vec<String>,
}
