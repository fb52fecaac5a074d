//! Figures of the operating system's that could not be read, on a platform that has them.

use std::io;

/// A figure that this platform has and that could not be read. A limit on it must not pass for that.
#[derive(Debug)]
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "no such figure is read here"))]
pub(crate) struct UnreadFigure {
    pub(crate) figure: SystemFigure,
    /// The file that states it.
    pub(crate) file: &'static str,
    pub(crate) cause: UnreadCause,
}

/// A figure that the operating system states of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "no such figure is read here"))]
pub(crate) enum SystemFigure {
    Threads,
    Descriptors,
    ResidentMemory,
    PeakOfResidentMemory,
}

/// A reason why a figure could not be read from its file.
#[derive(Debug)]
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "no such figure is read here"))]
pub(crate) enum UnreadCause {
    Io(io::Error),
    /// The file has no line that begins so.
    NoLine(&'static str),
    /// The line that begins so states no size.
    NoSize(&'static str),
}

impl From<io::Error> for UnreadCause {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
