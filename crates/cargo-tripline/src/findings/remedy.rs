//! Remedies of a finding.

/// The word before the command that lowers loose limits.
pub(crate) const LOCK_IN: &str = "lock in";

/// A word, and the command or the advice behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RemedyLine {
    pub(crate) word: &'static str,
    pub(crate) text: String,
    pub(crate) kind: RemedyKind,
}

/// The kind of a remedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RemedyKind {
    /// An `update-budgets`. If it is to go on from the same folders, its options are added to it.
    UpdateBudgets,
    /// Any other command, or an advice.
    Other,
}

impl RemedyLine {
    /// Returns an `update-budgets`.
    pub(crate) fn update(word: &'static str, command: String) -> Self {
        Self { word, text: command, kind: RemedyKind::UpdateBudgets }
    }

    /// Returns another command, or an advice.
    pub(crate) fn other(word: &'static str, text: String) -> Self {
        Self { word, text, kind: RemedyKind::Other }
    }
}
