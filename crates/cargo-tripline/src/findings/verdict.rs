//! The verdict on one line of a budget, in a word.

/// The verdict on one line of a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowVerdict {
    Within,
    Loose,
    Unsupported,
    Over,
    Missing,
    /// A reported figure differs from the one that it must equal.
    Apart,
    /// A type has another alignment.
    Misaligned,
    /// A limit is on a type that does not exist.
    Orphan,
}

impl RowVerdict {
    pub(crate) const ALL: [Self; 8] = [
        Self::Within,
        Self::Loose,
        Self::Unsupported,
        Self::Over,
        Self::Missing,
        Self::Apart,
        Self::Misaligned,
        Self::Orphan,
    ];

    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Loose => "loose",
            Self::Unsupported => "unsupported",
            Self::Over => "over",
            Self::Missing => "missing",
            Self::Apart => "apart",
            Self::Misaligned => "misaligned",
            Self::Orphan => "orphan",
        }
    }

    pub(crate) const fn trips(self) -> bool {
        !matches!(self, Self::Within | Self::Loose | Self::Unsupported)
    }
}
