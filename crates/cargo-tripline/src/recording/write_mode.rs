//! The use that a command makes of a plan.

use std::ffi::OsStr;

use anyhow::bail;

/// The last step of a command. Writing, checking and showing are one code path up to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WriteMode {
    Write,
    /// Prints what would change, and fails if anything would.
    Check,
    /// Prints the change as a patch.
    DryRun,
}

impl WriteMode {
    /// Refuses to write in CI, because a budget that CI raises holds nothing.
    pub(crate) fn refuse_in_ci(self, ci: Option<&OsStr>) -> anyhow::Result<()> {
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
    use std::ffi::OsStr;

    use crate::recording::write_mode::WriteMode;

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_no_text_is_a_value() {
        use std::os::unix::ffi::OsStrExt as _;
        assert!(WriteMode::Write.refuse_in_ci(Some(OsStr::from_bytes(b"\xa3"))).is_err());
    }

    #[test]
    fn only_writing_is_refused_and_only_in_ci() {
        for (mode, ci, allowed) in [
            (WriteMode::Write, None, true),
            (WriteMode::Write, Some(""), true),
            (WriteMode::Write, Some("false"), true),
            (WriteMode::Write, Some("true"), false),
            (WriteMode::Write, Some("1"), false),
            (WriteMode::Check, Some("true"), true),
            (WriteMode::DryRun, Some("true"), true),
        ] {
            assert_eq!(mode.refuse_in_ci(ci.map(OsStr::new)).is_ok(), allowed, "{mode:?} {ci:?}");
        }
    }
}
