//! One line of a budget: its figures, and the texts that are made of them.
//!
//! Every output reads the same row. Whoever shows a figure or a name takes its text from here.

use tripline_budget::{DisplayScale, Unit};

use crate::findings::headroom::Headroom;
use crate::findings::verdict::RowVerdict;
use crate::outcome::Status;
use crate::output::harmless;

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    Limit,
    Coherence,
    /// The size of a type.
    Size,
    /// The alignment of a type.
    Alignment,
}

impl RowKind {
    /// As programs read it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Coherence => "coherence",
            Self::Size => "size",
            Self::Alignment => "alignment",
        }
    }
}

/// One line of a budget, in bytes or counts.
#[derive(Clone, Debug)]
pub(crate) struct FindingRow {
    pub(crate) kind: RowKind,
    /// The metric, or the type, as it came.
    pub(crate) name: String,
    pub(crate) unit: Unit,
    /// In which all figures of the row are shown.
    pub(crate) scale: DisplayScale,
    /// As the line states it: of one entity where it is per entity.
    pub(crate) budget: Option<u64>,
    /// In the budget's terms: of one entity, rounded up, where that is per entity.
    pub(crate) measured: Option<u64>,
    /// What was measured, not divided: what the verdict holds against `allowed`.
    pub(crate) total: Option<u64>,
    /// The most that holds, tolerance included. `None` where nothing can be held against it.
    pub(crate) allowed: Option<u64>,
    /// What a limit per entity divides by.
    pub(crate) entities: Option<u64>,
    pub(crate) tolerance: Option<String>,
    pub(crate) ceiling: Option<u64>,
    /// Where it stands in the group's file, counted from 1.
    pub(crate) line: Option<usize>,
    pub(crate) word: RowVerdict,
    /// What else there is to say. Where there is nothing, [`note`](Self::note) names what the line grants.
    pub(crate) said: String,
}

impl FindingRow {
    /// One without figures.
    pub(crate) fn new(
        kind: RowKind,
        name: impl Into<String>,
        unit: Unit,
        word: RowVerdict,
    ) -> Self {
        Self {
            kind,
            name: name.into(),
            unit,
            scale: DisplayScale::exact(unit),
            budget: None,
            measured: None,
            total: None,
            allowed: None,
            entities: None,
            tolerance: None,
            ceiling: None,
            line: None,
            word,
            said: String::new(),
        }
    }

    pub(crate) const fn status(&self) -> Status {
        match self.word {
            RowVerdict::Loose => Status::Loose,
            word if word.trips() => Status::Breach,
            _ => Status::Holds,
        }
    }

    /// `total_blocks`, or `FindingRow, alignment`.
    pub(crate) fn label(&self) -> String {
        let name = harmless(&self.name);
        if self.kind == RowKind::Alignment { format!("{name}, alignment") } else { name }
    }

    /// `323 224`
    pub(crate) fn budget_text(&self) -> String {
        self.figure(self.budget)
    }

    /// `343 224`
    pub(crate) fn measured_text(&self) -> String {
        self.figure(self.measured)
    }

    fn figure(&self, figure: Option<u64>) -> String {
        figure.map_or_else(|| "—".to_owned(), |figure| self.scale.format(figure))
    }

    pub(crate) fn headroom(&self) -> Option<Headroom> {
        let (allowed, total) = self.allowed.zip(self.total)?;
        Some(Headroom::new(allowed, total))
    }

    /// What is said, or else what the line grants beside the budget: `tolerance 3 %, ceiling 64 B`.
    pub(crate) fn note(&self) -> String {
        if !self.said.is_empty() {
            return harmless(&self.said);
        }
        let tolerance = self.tolerance.as_ref().map(|tolerance| format!("tolerance {tolerance}"));
        let exact = DisplayScale::exact(self.unit);
        let ceiling = self.ceiling.map(|ceiling| format!("ceiling {}", exact.format(ceiling)));
        tolerance.into_iter().chain(ceiling).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_made_of_the_figures() {
        let mut row = FindingRow::new(RowKind::Limit, "max_bytes", Unit::Bytes, RowVerdict::Over);
        (row.budget, row.measured) = (Some(1000), Some(1040));
        assert_eq!((row.budget_text(), row.measured_text()), ("1 000 B".into(), "1 040 B".into()));
        assert_eq!(row.headroom(), None);
        (row.total, row.allowed) = (Some(1040), Some(1030));
        assert_eq!(row.headroom(), Some(Headroom::new(1030, 1040)));
        row.measured = None;
        assert_eq!(row.measured_text(), "—");
    }

    #[test]
    fn a_note_is_what_is_said_or_what_the_line_grants() {
        let mut row = FindingRow::new(RowKind::Limit, "max_bytes", Unit::Bytes, RowVerdict::Within);
        assert_eq!(row.note(), "");
        row.ceiling = Some(2048);
        row.tolerance = Some("3 %".to_owned());
        assert_eq!(row.note(), "tolerance 3 %, ceiling 2 048 B");
        row.said = "was not\nmeasured".to_owned();
        assert_eq!(row.note(), "was not\\u{a}measured");
    }

    #[test]
    fn an_alignment_is_named_apart_from_the_size() {
        let of = |kind| FindingRow::new(kind, "Row", Unit::Bytes, RowVerdict::Misaligned).label();
        assert_eq!(
            (of(RowKind::Size), of(RowKind::Alignment)),
            ("Row".into(), "Row, alignment".into())
        );
    }
}
