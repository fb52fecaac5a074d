//! The fate of a plan.

use anyhow::bail;

/// Writing, checking and showing are one code path up to the last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Write,
    /// Prints what would change, and fails if anything would.
    Check,
    /// Prints the change as a patch.
    DryRun,
}

impl Action {
    /// Refuses to write in CI, because a budget that CI raises holds nothing.
    pub(crate) fn refuse_in_ci(self, ci: Option<&str>) -> anyhow::Result<()> {
        let in_ci = ci.is_some_and(|value| !value.is_empty() && value != "false");
        if self == Self::Write && in_ci {
            bail!(
                "budgets are not written in CI (the variable CI is set): run this on your own \
                 machine and commit the change, or use --check or --dry-run here"
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::recording::action::Action;

    #[test]
    fn only_writing_is_refused_and_only_in_ci() {
        for (action, ci, allowed) in [
            (Action::Write, None, true),
            (Action::Write, Some(""), true),
            (Action::Write, Some("false"), true),
            (Action::Write, Some("true"), false),
            (Action::Write, Some("1"), false),
            (Action::Check, Some("true"), true),
            (Action::DryRun, Some("true"), true),
        ] {
            assert_eq!(action.refuse_in_ci(ci).is_ok(), allowed, "{action:?} {ci:?}");
        }
    }
}
