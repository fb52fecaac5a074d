//! Remedies of a finding.
//!
//! A finding is made without the options that a command was given. So whoever shows findings has each command repeat
//! them, once: a limit of `--profile release` is not recorded by a command without it.

/// The word before the command that lowers loose limits.
pub(crate) const LOCK_IN: &str = "lock in";

/// A word, and the command or the advice behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RemedyLine {
    pub(crate) word: &'static str,
    pub(crate) text: String,
    kind: RemedyKind,
}

/// The kind of a remedy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RemedyKind {
    /// An `update-budgets`.
    UpdateBudgets,
    /// Another command of the tool that builds.
    Command,
    Advice,
}

/// The options that a command was given and its remedies repeat. Each text is empty, or begins with a space.
#[derive(Clone, Debug, Default)]
pub(crate) struct RepeatedOptions {
    /// Cargo's own.
    pub(crate) cargo: String,
    /// The folders that `update-budgets` takes figures from. Names follow it, so it is last.
    pub(crate) source: String,
}

impl RemedyLine {
    /// Returns an `update-budgets`.
    pub(crate) fn update(word: &'static str, command: String) -> Self {
        Self { word, text: command, kind: RemedyKind::UpdateBudgets }
    }

    /// Returns another command of the tool that builds.
    pub(crate) fn command(word: &'static str, command: String) -> Self {
        Self { word, text: command, kind: RemedyKind::Command }
    }

    /// Returns an advice.
    pub(crate) fn advice(word: &'static str, text: String) -> Self {
        Self { word, text, kind: RemedyKind::Advice }
    }

    pub(super) fn repeat(&mut self, RepeatedOptions { cargo, source }: &RepeatedOptions) {
        match self.kind {
            RemedyKind::UpdateBudgets => self.text.extend([cargo.as_str(), source]),
            RemedyKind::Command => self.text.push_str(cargo),
            RemedyKind::Advice => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_repeats_what_it_can_be_given_and_an_advice_nothing() {
        let options = RepeatedOptions {
            cargo: " --profile release".to_owned(),
            source: " --from 'ci one'".to_owned(),
        };
        for (remedy, text) in [
            (
                RemedyLine::update("record", "u x".to_owned()),
                "u x --profile release --from 'ci one'",
            ),
            (RemedyLine::command("run", "c x".to_owned()), "c x --profile release"),
            (RemedyLine::advice("keep", "it".to_owned()), "it"),
        ] {
            let mut repeated = remedy;
            repeated.repeat(&options);
            assert_eq!(repeated.text, text);
        }
    }
}
