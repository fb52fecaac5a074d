//! One line of a budget: its figures, and their texts.
//!
//! Every output reads the same row, and takes the text of a figure or a name from here.

use tripline_budget::{DisplayScale, Unit};

use crate::findings::headroom::Headroom;
use crate::findings::verdict::RowVerdict;
use crate::outcome::Status;
use crate::output::harmless;

/// The subject of a row.
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
    /// Returns the word for programs.
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
    /// The metric or the type, not escaped.
    pub(crate) name: String,
    pub(crate) unit: Unit,
    /// The scale of all figures of the row.
    pub(crate) scale: DisplayScale,
    /// The line's figure; per entity if the limit is.
    pub(crate) budget: Option<u64>,
    /// The measured figure in the budget's terms: per entity, rounded up, if the limit is.
    pub(crate) measured: Option<u64>,
    /// The measured figure, undivided; the verdict compares it with `allowed`.
    pub(crate) total: Option<u64>,
    /// The most that holds, tolerance included. `None` if the limit cannot be judged.
    pub(crate) allowed: Option<u64>,
    /// The divisor of a limit per entity.
    pub(crate) entities: Option<u64>,
    pub(crate) tolerance: Option<String>,
    pub(crate) ceiling: Option<u64>,
    /// The line in the file, counted from 1.
    pub(crate) line: Option<usize>,
    pub(crate) verdict: RowVerdict,
    /// A text beside the figures. If it is empty, [`note`](Self::note) names the tolerance and ceiling.
    pub(crate) text: String,
}

impl FindingRow {
    /// Returns a row without figures.
    pub(crate) fn new(
        kind: RowKind,
        name: impl Into<String>,
        unit: Unit,
        verdict: RowVerdict,
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
            verdict,
            text: String::new(),
        }
    }

    pub(crate) const fn status(&self) -> Status {
        match self.verdict {
            RowVerdict::Loose => Status::Loose,
            verdict if verdict.trips() => Status::Breach,
            _ => Status::Holds,
        }
    }

    /// Returns `total_blocks`, or `Row, alignment`.
    pub(crate) fn label(&self) -> String {
        let name = harmless(&self.name);
        if self.kind == RowKind::Alignment { format!("{name}, alignment") } else { name }
    }

    /// Returns the budget's figure: `323 224`.
    pub(crate) fn budget_text(&self) -> String {
        self.figure(self.budget)
    }

    /// Returns the measured figure: `343 224`.
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

    /// Returns the text beside the figures, or else the tolerance and ceiling: `tolerance 3 %, ceiling 64 B`.
    pub(crate) fn note(&self) -> String {
        if !self.text.is_empty() {
            return harmless(&self.text);
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
        row.text = "was not\nmeasured".to_owned();
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
