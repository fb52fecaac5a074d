//! The failures of a command, as far as they end it differently.
//!
//! Inside, errors travel as `anyhow` texts with their causes. A kind that a caller has to know apart is a type of
//! its own, and is looked for here alone.

use std::fmt;

use crate::outcome::status::Status;

/// A failure of a command.
#[derive(Debug)]
pub enum Failure {
    /// A signal stopped it before it changed a file.
    Interrupted,
    /// It could not be done.
    NotDone(anyhow::Error),
}

/// The error of a command that a signal stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interrupted;

/// The exit code that a shell expects of a program that SIGINT ended.
const INTERRUPTED: u8 = 130;

impl Failure {
    /// Returns the exit code.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Interrupted => INTERRUPTED,
            Self::NotDone(_) => Status::Unknown.code(),
        }
    }

    /// Adds to the text of what could not be done. An interruption stays one.
    pub(crate) fn explain(self, explanation: &str) -> anyhow::Error {
        match self {
            Self::Interrupted => Interrupted.into(),
            Self::NotDone(error) => anyhow::anyhow!("{error:#}{explanation}"),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        match error.is::<Interrupted>() {
            true => Self::Interrupted,
            false => Self::NotDone(error),
        }
    }
}

/// Formats with all causes.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interrupted => Interrupted.fmt(f),
            Self::NotDone(error) => write!(f, "{error:#}"),
        }
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted: no file was changed")
    }
}

impl std::error::Error for Interrupted {}

#[cfg(test)]
mod tests {
    use anyhow::{Context as _, anyhow};

    use super::*;

    #[test]
    fn an_interruption_is_known_by_its_type_and_stays_one() {
        let error: anyhow::Result<()> = Err(Interrupted.into());
        let failure = Failure::from(error.context("failed to build").unwrap_err());
        assert!(matches!(failure, Failure::Interrupted));
        assert_eq!(
            (failure.code(), failure.to_string().as_str()),
            (130, "interrupted: no file was changed")
        );
        assert!(failure.explain("; again").is::<Interrupted>());
    }

    #[test]
    fn any_other_failure_has_its_causes_and_the_explanation() {
        let failure = Failure::from(anyhow!("no such file").context("failed to read a"));
        assert_eq!(
            (failure.code(), failure.to_string().as_str()),
            (2, "failed to read a: no such file")
        );
        assert_eq!(failure.explain("; again").to_string(), "failed to read a: no such file; again");
    }
}
