//! The crate's one error type: every reason for which a text, a file, an edit or a tree of files is refused.
//!
//! It is data, with the text that was refused. A file's problems hold their places ([`Problems`]). `texts` lays out
//! every text, and no decision is taken from one.
//!
//! Deliberately absent: verdicts. A limit that trips is no error.

mod problem;
mod texts;

use std::io;

pub(crate) use problem::Sink;
pub use problem::{Problem, Problems};
pub(crate) use texts::printable;

/// A reason for which a text, a file, an edit or a tree of files is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    // Files.
    /// The system refused to read a file.
    Unreadable {
        file: String,
        kind: io::ErrorKind,
        cause: String,
    },
    /// A file says something wrong, or an edit of it would.
    Problems(Problems),
    /// Two files of one tree have the same name.
    Twice {
        name: String,
        first: String,
        second: String,
    },

    // Files that a run publishes.
    /// The file has another schema than this tripline reads.
    Schema {
        found: u64,
        read: u32,
    },
    /// The text is none that this tripline writes.
    Unpublished(String),

    // Cfgs.
    NotCfg,
    MalformedCfg(String),
    UnknownFeature(String),
    NotCaptured(String),
    BadCapture(String),

    // Names and metrics.
    EmptyName,
    NameCharacter {
        name: String,
        character: char,
    },
    UnknownMetric {
        key: String,
        nearest: Option<String>,
    },
    UnnamedMetric {
        key: String,
        form: String,
    },
    NotPerEntity(String),
    LeakedInPhase(String),
    NotGrown(String),

    // Values.
    NoNumber(String),
    NoUnit(String),
    UnknownUnit(String),
    NotWholeBytes(String),
    TooManyBytes(String),
    NotPercent(String),
    TooFinePercent(String),
    TooLargePercent(String),
    SizeOfCount(String),
    NotTolerance(String),
    NotDuration,
    NoTime,
    TooLong,

    // Edits.
    NotThere {
        key: String,
        section: String,
    },
    AlreadyThere {
        key: String,
        section: String,
    },
    AboveCeiling {
        key: String,
        value: u64,
        ceiling: u64,
    },
}

impl Error {
    pub(crate) fn unreadable(file: &str, error: &io::Error) -> Self {
        Self::Unreadable { file: file.to_owned(), kind: error.kind(), cause: error.to_string() }
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

impl std::error::Error for Error {}
