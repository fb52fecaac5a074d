//! The limits of one file, and what else there is to say of it.

use tripline_budget::protocol::files::SIZES;

use crate::findings::row::FindingRow;
use crate::outcome::Status;
use crate::output::{harmless, harmless_lines};
use crate::workspace::SuiteHome;

/// The word before the command that lowers what is loose.
pub(crate) const LOCK_IN: &str = "lock in";

/// Whose limits a group holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BudgetOwner {
    Workload,
    /// The types of a suite.
    Sizes,
    Orphan,
}

impl BudgetOwner {
    /// As programs read it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Workload => "workload",
            Self::Sizes => "sizes",
            Self::Orphan => "orphan",
        }
    }
}

/// A workload, the types of a suite, or files that nobody claims.
#[derive(Clone, Debug)]
pub(crate) struct BudgetFindings {
    pub(crate) owner: BudgetOwner,
    pub(crate) name: String,
    /// Its budget file.
    pub(crate) place: String,
    pub(crate) rows: Vec<FindingRow>,
    /// What no row says; each may have several lines.
    pub(crate) sentences: Vec<String>,
    /// A word and what to type or do.
    pub(crate) remedies: Vec<(&'static str, String)>,
    /// What the sentences come to. The rows speak for themselves.
    pub(crate) said: Status,
    /// An ignored workload, which did not run.
    pub(crate) skipped: bool,
}

impl BudgetFindings {
    /// That of files that nobody claims.
    pub(crate) fn new(name: String, place: String) -> Self {
        Self {
            owner: BudgetOwner::Orphan,
            name,
            place,
            rows: Vec::new(),
            sentences: Vec::new(),
            remedies: Vec::new(),
            said: Status::Holds,
            skipped: false,
        }
    }

    /// That of a workload, or of a suite's types.
    pub(crate) fn of(home: SuiteHome<'_>, workload: &str) -> Self {
        let owner = if workload == SIZES { BudgetOwner::Sizes } else { BudgetOwner::Workload };
        Self { owner, ..Self::new(home.name(workload), home.shown(&home.budget(workload))) }
    }

    /// What stands before the first `::` of its name.
    pub(crate) fn suite(&self) -> &str {
        self.name.split_once("::").map_or(&self.name, |(suite, _)| suite)
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

    /// The worst of what its rows and sentences come to.
    pub(crate) fn status(&self) -> Status {
        self.rows.iter().map(FindingRow::status).fold(self.said, Status::max)
    }

    /// The name and the place, fit to be shown.
    pub(crate) fn headline(&self) -> (String, String) {
        (harmless(&self.name), harmless(&self.place))
    }

    /// The lines of every sentence, and of every remedy behind its word, fit to be shown.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<_> =
            self.sentences.iter().flat_map(|text| harmless_lines(text)).collect();
        let remedy = |(word, remedy): &(&str, String)| format!("{word:<9} {}", harmless(remedy));
        lines.extend(self.remedies.iter().map(remedy));
        lines
    }

    /// Only what does not hold; `None` if all does.
    pub(crate) fn tripped(mut self) -> Option<Self> {
        self.rows.retain(|row| row.word.trips());
        self.remedies.retain(|(word, _)| *word != LOCK_IN);
        (self.status() > Status::Holds).then_some(self)
    }
}
