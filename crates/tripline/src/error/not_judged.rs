//! Reasons why nothing can be said of a workload's figures.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;

use tripline_budget::{Metric, NameClash, Problems};

use crate::error::StandardError;

/// A reason why nothing can be said of a workload's figures.
#[derive(Debug)]
pub(crate) enum NotJudged {
    /// A crate with workloads and without `suite!`.
    NoSuite {
        crate_name: &'static str,
        workload: String,
        file: &'static str,
        line: u32,
    },
    /// A workload of the suite has the files of another.
    NameClash(NameClash),
    /// A workload named `sizes`, whose budget would be the suite's `sizes.toml`.
    ReservedName,
    /// A process that a measured workload started runs this test, which it names.
    Stray {
        test: String,
    },
    /// Problems of a TOML file, each with its place.
    FileProblems(Problems),
    /// A TOML file that could not be read.
    File(tripline_budget::Error),
    /// This build's own cfgs could not be parsed.
    Cfgs(tripline_budget::Error),
    /// A profile of this run could not be read.
    Profile(tripline_profile::Error),
    /// The recorded breakdown could not be read.
    Snapshot {
        file: PathBuf,
        error: SnapshotError,
    },
    /// insta does not accept the recorded breakdown's own text.
    SnapshotRefused {
        file: PathBuf,
    },
    InstaTimedOut {
        stderr: StandardError,
    },
    InstaFailed {
        status: ExitStatus,
        stderr: StandardError,
    },
    /// A variable of the tool's has a value that it cannot have.
    Variable {
        name: &'static str,
        value: OsString,
        expected: Expected,
    },
    Planted(NotPlanted),
}

/// The values that one of the tool's variables may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// 1, or not set.
    One,
    Number,
    NumberUpTo(u32),
    Engine,
}

/// The reason why a run with a planted breach proves nothing.
#[derive(Debug)]
pub(crate) enum NotPlanted {
    NoSuchLimit,
    NotPlantable(Metric),
    /// The breach was planted, and the limit held.
    Held(Metric),
}

/// A reason why a recorded breakdown cannot be read.
#[derive(Debug)]
pub(crate) enum SnapshotError {
    Read(io::Error),
    /// The file lacks insta's own lines.
    NotInsta,
    Text(tripline_profile::Error),
}

impl From<tripline_budget::Error> for NotJudged {
    fn from(error: tripline_budget::Error) -> Self {
        match error {
            tripline_budget::Error::Problems(problems) => Self::FileProblems(problems),
            error => Self::File(error),
        }
    }
}
