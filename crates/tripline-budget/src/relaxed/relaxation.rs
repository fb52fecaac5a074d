//! One line that was relaxed.

/// The kind of a relaxation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelaxationKind {
    Raised,
    Widened,
    Changed,
    Removed,
    Renamed,
    SwitchedOff,
}

impl RelaxationKind {
    /// Returns its name, as people read it.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Widened => "widened",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::SwitchedOff => "switched off",
        }
    }
}

/// A line that allows more than it did, or is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxation {
    /// The workload, `suite::sizes`, or the file of the defaults.
    pub name: String,
    /// The metric, type or setting; for a renamed file its former name.
    pub key: String,
    /// The `when` key that it stands or stood under.
    pub when: Option<String>,
    pub kind: RelaxationKind,
    pub file: String,
    /// Counted from 1: where the line stands now, or where it stood if it is gone.
    pub line: usize,
    /// The old and the new text, as people read it. A line that is gone states `—`.
    pub old: String,
    pub new: String,
    /// The new reason that accepts it.
    pub reason: Option<String>,
    /// The way to accept it.
    pub remedy: Remedy,
}

/// The place of a reason that accepts a relaxation, and the line to write.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remedy {
    pub file: String,
    /// `None` where it is the limit's own line, which becomes this one.
    pub section: Option<&'static str>,
    pub line: String,
}

impl Remedy {
    /// Returns an entry of `[reasons]`; `key` is as TOML writes it.
    pub(super) fn in_reasons(file: &str, key: &str) -> Self {
        let line = format!("{key} = \"...\"");
        Self { file: file.to_owned(), section: Some("[reasons]"), line }
    }

    /// Returns the limit's own line with a reason in it.
    pub(super) fn in_line(file: &str, line: &str) -> Self {
        Self { file: file.to_owned(), section: None, line: line.trim_end().to_owned() }
    }
}

/// The text in place of a line that is gone.
pub(super) const ABSENT: &str = "—";

/// The reason in a remedy's line until somebody has filled it in.
pub(super) const PLACEHOLDER: &str = "...";

/// Returns `reason`, unless it says nothing yet or one of `before` says the same.
pub(super) fn new_reason<'a>(
    reason: Option<&str>,
    before: impl IntoIterator<Item = Option<&'a str>>,
) -> Option<String> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let new = reason.filter(|reason| reason.trim() != PLACEHOLDER)?;
    let known = before.into_iter().flatten().any(|old| words(old) == words(new));
    (!known).then(|| new.to_owned())
}

#[cfg(test)]
mod tests {
    use super::new_reason;

    #[test]
    fn a_reason_is_new_if_it_says_something_else() {
        assert_eq!(new_reason(Some("b"), [Some("a"), None]).as_deref(), Some("b"));
        assert_eq!(new_reason(Some("b"), []).as_deref(), Some("b"));
        assert_eq!(new_reason(Some("a  b "), [None, Some("a b")]), None);
        assert_eq!(new_reason(Some("..."), []), None);
        assert_eq!(new_reason(None, [Some("a")]), None);
    }
}
