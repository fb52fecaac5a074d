//! The crate's one error type: every reason why a test ends without a verdict on its limits.
//!
//! [`NotMeasured`]: the workload has no figures. [`NotJudged`]: nothing can be said of its figures. [`SystemError`]:
//! a file or a process of tripline's own failed, while measuring or while judging.
//!
//! All of it is data. `render` lays out the texts, and no decision is taken from one. A tripped limit is no error but
//! a verdict (`judge`).

mod misuse;
mod not_judged;
mod not_measured;
mod system;
mod unread_figure;

pub(crate) use misuse::{Misuse, ProbeCall, SizesMisuse};
pub(crate) use not_judged::{Expected, NotJudged, NotPlanted, SnapshotError};
pub(crate) use not_measured::{NotMeasured, StandardError, UnseenVariables};
pub(crate) use system::{ChildProcess, FileAction, Runner, SystemError};
pub(crate) use unread_figure::{SystemFigure, UnreadCause, UnreadFigure};

/// A reason why a test ends without a verdict on its limits.
#[derive(Debug)]
pub(crate) enum Error {
    NotMeasured(NotMeasured),
    NotJudged(NotJudged),
    System(SystemError),
}

impl From<NotMeasured> for Error {
    fn from(error: NotMeasured) -> Self {
        Self::NotMeasured(error)
    }
}

impl From<NotJudged> for Error {
    fn from(error: NotJudged) -> Self {
        Self::NotJudged(error)
    }
}

impl From<SystemError> for Error {
    fn from(error: SystemError) -> Self {
        Self::System(error)
    }
}
