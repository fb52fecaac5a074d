//! The limits of one file, and what else there is to say of it.

use crate::home::Home;
use crate::report::bar::Headroom;
use crate::status::Status;

/// What one line of a budget says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Word {
    Within,
    Loose,
    Unsupported,
    Over,
    Missing,
    /// A reported figure and what it must equal.
    Apart,
    /// A type of another alignment.
    Misaligned,
    /// A limit on a type that is not there.
    Orphan,
}

impl Word {
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

/// The word before the command that lowers what is loose.
pub(crate) const LOCK_IN: &str = "lock in";

/// One line of a budget.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) limit: String,
    pub(crate) budget: String,
    pub(crate) measured: String,
    pub(crate) headroom: Option<Headroom>,
    pub(crate) word: Word,
    pub(crate) note: String,
}

/// A workload, the types of a suite, or files that nobody claims.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) rows: Vec<Row>,
    /// What no row says; each may have several lines.
    pub(crate) sentences: Vec<String>,
    /// A word and what to type or do.
    pub(crate) remedies: Vec<(&'static str, String)>,
    /// What the sentences come to. The rows speak for themselves.
    pub(crate) said: Status,
}

impl Group {
    pub(crate) fn new(name: String, place: String) -> Self {
        Self {
            name,
            place,
            rows: Vec::new(),
            sentences: Vec::new(),
            remedies: Vec::new(),
            said: Status::Holds,
        }
    }

    /// That of a workload, or of a suite's types.
    pub(crate) fn of(home: Home<'_>, workload: &str) -> Self {
        Self::new(home.name(workload), home.shown(&home.budget(workload)))
    }

    pub(crate) fn say(mut self, status: Status, sentence: impl Into<String>) -> Self {
        self.sentences.push(sentence.into());
        self.said = self.said.max(status);
        self
    }

    pub(crate) fn remedy(mut self, word: &'static str, remedy: String) -> Self {
        self.remedies.push((word, remedy));
        self
    }

    pub(crate) fn status(&self) -> Status {
        let tripped = self.rows.iter().any(|row| row.word.trips());
        self.said.max(if tripped { Status::Breach } else { Status::Holds })
    }

    /// Only what does not hold; `None` if all does.
    pub(crate) fn tripped(mut self) -> Option<Self> {
        self.rows.retain(|row| row.word.trips());
        self.remedies.retain(|(word, _)| *word != LOCK_IN);
        (self.status() > Status::Holds).then_some(self)
    }
}
