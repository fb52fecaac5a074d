//! The limits of one file, and the sentences beside them.

use tripline_budget::protocol::file_names::SIZES;

use crate::findings::remedy::{LOCK_IN, RemedyLine, RepeatedOptions};
use crate::findings::row::FindingRow;
use crate::outcome::Status;
use crate::output::{harmless, harmless_lines};
use crate::workspace::SuiteHome;

/// The owner of the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BudgetOwner {
    Workload,
    /// The types of a suite.
    Sizes,
    Orphan,
}

impl BudgetOwner {
    /// Returns the word for programs.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Workload => "workload",
            Self::Sizes => "sizes",
            Self::Orphan => "orphan",
        }
    }
}

/// The findings on a workload, on the types of a suite, or on files without an owner.
#[derive(Clone, Debug)]
pub(crate) struct BudgetFindings {
    pub(crate) owner: BudgetOwner,
    pub(crate) name: String,
    /// Its budget file.
    pub(crate) place: String,
    pub(crate) rows: Vec<FindingRow>,
    /// Sentences beside the rows; each may have several lines.
    pub(crate) sentences: Vec<String>,
    pub(crate) remedies: Vec<RemedyLine>,
    /// The status that the sentences add. The rows have their own.
    pub(crate) sentence_status: Status,
    /// True for an ignored workload, which did not run.
    pub(crate) skipped: bool,
}

impl BudgetFindings {
    /// Returns findings on files without an owner.
    pub(crate) fn new(name: String, place: String) -> Self {
        Self {
            owner: BudgetOwner::Orphan,
            name,
            place,
            rows: Vec::new(),
            sentences: Vec::new(),
            remedies: Vec::new(),
            sentence_status: Status::Holds,
            skipped: false,
        }
    }

    /// Returns empty findings on a workload, or on a suite's types.
    pub(crate) fn of(home: SuiteHome<'_>, workload: &str) -> Self {
        let owner = if workload == SIZES { BudgetOwner::Sizes } else { BudgetOwner::Workload };
        Self { owner, ..Self::new(home.name(workload), home.shown(&home.budget(workload))) }
    }

    /// Returns the part of the name before the first `::`.
    pub(crate) fn suite(&self) -> &str {
        self.name.split_once("::").map_or(&self.name, |(suite, _)| suite)
    }

    pub(crate) fn say(mut self, status: Status, sentence: impl Into<String>) -> Self {
        self.sentences.push(sentence.into());
        self.sentence_status = self.sentence_status.max(status);
        self
    }

    pub(crate) fn remedy(mut self, remedy: RemedyLine) -> Self {
        self.remedies.push(remedy);
        self
    }

    /// Has each remedy's command repeat `options`.
    pub(crate) fn repeat(&mut self, options: &RepeatedOptions) {
        self.remedies.iter_mut().for_each(|remedy| remedy.repeat(options));
    }

    /// Returns the worst status of its rows and sentences.
    pub(crate) fn status(&self) -> Status {
        self.rows.iter().map(FindingRow::status).fold(self.sentence_status, Status::max)
    }

    /// Returns the name and the place, made harmless.
    pub(crate) fn headline(&self) -> (String, String) {
        (harmless(&self.name), harmless(&self.place))
    }

    /// Returns the lines of every sentence, and of every remedy behind its word, made harmless.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<_> =
            self.sentences.iter().flat_map(|text| harmless_lines(text)).collect();
        let remedy =
            |RemedyLine { word, text, .. }: &RemedyLine| format!("{word:<9} {}", harmless(text));
        lines.extend(self.remedies.iter().map(remedy));
        lines
    }

    /// Keeps only rows that do not hold; `None` if everything holds.
    pub(crate) fn tripped(mut self) -> Option<Self> {
        self.rows.retain(|row| row.verdict.trips());
        self.remedies.retain(|remedy| remedy.word != LOCK_IN);
        (self.status() > Status::Holds).then_some(self)
    }
}
