//! What a command found, and the exit code that says so.

use std::process::ExitCode;

/// From best to worst: a command's status is the worst of its parts'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Holds,
    /// Every limit holds, and one could be lower. No failure, unless that is asked for.
    Loose,
    /// A limit is crossed or missing.
    Breach,
    /// Something could not be checked, so that nobody knows.
    Unknown,
}

impl Status {
    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Holds => 0,
            Self::Breach => 1,
            Self::Unknown => 2,
            Self::Loose => 3,
        }
    }

    /// As programs read it.
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
