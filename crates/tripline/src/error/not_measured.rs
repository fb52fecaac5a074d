//! Reasons why a workload has no figures.

use std::io;
use std::process::ExitStatus;
use std::time::Duration;

use crate::error::{Misuse, Runner, SystemError, UnreadFigure};

/// A reason why a workload has no figures.
#[derive(Debug)]
pub(crate) enum NotMeasured {
    // By the meter, of itself.
    /// tripline's allocator is not installed.
    NoAllocator,
    /// The tokio runtime could not be built.
    Runtime(io::Error),
    /// The workload returned an error, as its `Debug` prints it.
    Returned(String),
    /// At least one.
    Misused(Vec<Misuse>),
    /// The operating system has a figure, and it could not be read.
    Unread(UnreadFigure),

    // By the judge, of the meter that it started.
    /// The meter says why in the measurement that it wrote.
    MeterSays(String),
    TimedOut {
        timeout: Duration,
        stderr: StandardError,
    },
    /// The meter itself noted the panic.
    Panicked {
        stderr: StandardError,
        unseen: UnseenVariables,
    },
    /// The process ended with success before it was measured.
    Exited {
        stderr: StandardError,
    },
    Died {
        status: ExitStatus,
        after: Duration,
        stderr: StandardError,
    },
    DiedAfterMeasuring {
        status: ExitStatus,
        stderr: StandardError,
    },
    /// No process came to the test: another harness ran, or no such test, or a runner started something else.
    NotRun {
        test: String,
        runner: Option<Box<Runner>>,
        status: ExitStatus,
        stderr: StandardError,
    },

    // By the judge, of one size among several.
    AtSize {
        size: u64,
        cause: Box<NotMeasured>,
    },
    /// The process of another size gave `probe.scale` another list.
    OtherSizes,
    /// Invariants of the figures that do not hold, a sentence each.
    Contradicts(Vec<String>),

    System(SystemError),
}

/// The variables of the judge's that a workload may have panicked for, since it does not see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UnseenVariables {
    /// Nothing says that it looked for one.
    None,
    /// Its standard error names them.
    Named(Vec<String>),
    /// It looked for one that its standard error does not name.
    Unnamed,
}

/// The end of what a process wrote to standard error.
#[derive(Debug)]
pub(crate) struct StandardError {
    /// The last lines that are not blank.
    pub(crate) lines: Vec<String>,
    /// True if there were more lines than these.
    pub(crate) is_cut: bool,
    /// The reason why it could not be read.
    pub(crate) unread: Option<io::Error>,
}

impl NotMeasured {
    /// Says that one size of the workload failed so.
    pub(crate) fn at_size(self, size: u64) -> Self {
        Self::AtSize { size, cause: Box::new(self) }
    }
}

impl From<UnreadFigure> for NotMeasured {
    fn from(unread: UnreadFigure) -> Self {
        Self::Unread(unread)
    }
}

impl From<SystemError> for NotMeasured {
    fn from(error: SystemError) -> Self {
        Self::System(error)
    }
}
