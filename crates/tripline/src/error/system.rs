//! Files and processes of tripline's own that fail.

use std::io;
use std::path::PathBuf;

/// A file or a process of tripline's own that failed.
#[derive(Debug)]
pub(crate) enum SystemError {
    File {
        action: FileAction,
        path: PathBuf,
        source: io::Error,
    },
    /// No folder could be created in this one.
    CreateIn {
        folder: PathBuf,
        source: io::Error,
    },
    /// The path of this executable is not known.
    NoExecutable(io::Error),
    Start {
        process: ChildProcess,
        /// The file that was to be started.
        program: PathBuf,
        runner: Option<Box<Runner>>,
        source: io::Error,
    },
    Wait(io::Error),
    /// The meter wrote a measurement that cannot be read.
    Measurement(tripline_budget::Error),
}

/// The thing that could not be done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileAction {
    Create,
    List,
    Read,
    Remove,
    Write,
}

/// A process that runs a test of this binary again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChildProcess {
    Meter,
    Scribe,
}

/// A program that Cargo runs a target's tests with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Runner {
    pub(crate) program: String,
    pub(crate) arguments: Vec<String>,
    /// The variable that names it.
    pub(crate) variable: String,
}

impl SystemError {
    /// Returns a function that makes an I/O error one of `path`, for `map_err`.
    pub(crate) fn file(
        action: FileAction,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { action, path: path.into(), source }
    }
}
