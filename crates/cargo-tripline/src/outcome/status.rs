//! The result of a command, and its exit code.

use std::process::ExitCode;

/// The result of a command, from best to worst. A command's status is the worst of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Holds,
    /// Every limit holds, and one could be lower. It fails only with `--strict`.
    Loose,
    /// A limit is crossed or missing.
    Breach,
    /// Something could not be checked.
    Unknown,
}

impl Status {
    /// Returns the exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Holds => 0,
            Self::Breach => 1,
            Self::Unknown => 2,
            Self::Loose => 3,
        }
    }

    /// Returns the word for programs.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Loose => "loose",
            Self::Breach => "tripped",
            Self::Unknown => "unknown",
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}
