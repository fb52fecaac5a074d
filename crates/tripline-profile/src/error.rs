//! The crate's one error type, and its texts.
//!
//! An error holds its place and the fault there. Only this file lays out a text. The text is whole: it names the file,
//! the place and the fault, and no source stands behind it.

use std::fmt;
use std::io;

/// A file or a text that cannot be read.
#[derive(Debug)]
pub enum Error {
    /// The system refused to read a file.
    Io { file: String, source: io::Error },
    /// A file is no heap profile of DHAT, or a faulty one.
    Profile { file: String, fault: ProfileFault },
    /// A text is no breakdown. Lines count from 1.
    Breakdown { line: usize, fault: BreakdownFault },
}

/// The fault of a profile. Offsets count bytes from the file's start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileFault {
    Syntax {
        offset: u64,
        expected: &'static str,
        found: String,
    },
    Truncated {
        offset: u64,
        expected: &'static str,
    },
    TooLarge {
        offset: u64,
        what: &'static str,
        limit: u64,
    },
    Duplicate {
        offset: u64,
        key: &'static str,
    },
    Missing {
        offset: u64,
        key: &'static str,
    },
    /// A stack has a frame that the frame table lacks.
    Frame {
        offset: u64,
        index: u64,
        frames: usize,
    },
    /// The file is no profile of DHAT.
    Foreign,
    Version {
        offset: u64,
        version: u64,
    },
    /// The profile is none of a heap.
    Mode {
        offset: u64,
        mode: String,
    },
    NoLifetimes {
        offset: u64,
    },
    /// The file changed between two passes over it.
    Changed,
}

/// The fault of a text that is no breakdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BreakdownFault {
    /// The first line does not begin with this column.
    NoHeading(&'static str),
    Figure(String),
    Incomplete,
    NoSite,
    NoSum,
    Sum,
}

/// The reason why a step through a file failed. The file is not known yet.
#[derive(Debug)]
pub(crate) enum ReadFault {
    Io(io::Error),
    Profile(ProfileFault),
}

pub(crate) type Result<T, E = ReadFault> = std::result::Result<T, E>;

impl ReadFault {
    pub(crate) fn of_file(self, file: &str) -> Error {
        let file = file.to_owned();
        match self {
            Self::Io(source) => Error::Io { file, source },
            Self::Profile(fault) => Error::Profile { file, fault },
        }
    }
}

impl From<io::Error> for ReadFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<ProfileFault> for ReadFault {
    fn from(fault: ProfileFault) -> Self {
        Self::Profile(fault)
    }
}

impl Error {
    /// Counts the lines of a breakdown from the start of a file in which `lines` stand above it.
    #[must_use]
    pub fn below(mut self, lines: usize) -> Self {
        if let Self::Breakdown { line, .. } = &mut self {
            *line += lines;
        }
        self
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { file, source } => write!(f, "failed to read {file}: {source}"),
            Self::Profile { file, fault } => write!(f, "failed to read {file}: {fault}"),
            Self::Breakdown { line, fault } => write!(f, "line {line}: {fault}"),
        }
    }
}

impl fmt::Display for ProfileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { offset, expected, found } => {
                write!(f, "at byte {offset}: expected {expected}, found {found}")
            }
            Self::Truncated { offset, expected } => write!(
                f,
                "at byte {offset}: the file ends where {expected} should follow: was the program killed while it wrote?"
            ),
            Self::TooLarge { offset, what, limit } => {
                write!(f, "at byte {offset}: {what} is larger than {limit}")
            }
            Self::Duplicate { offset, key } => {
                write!(f, "at byte {offset}: `{key}` stands twice in one object")
            }
            Self::Missing { offset, key } => {
                write!(f, "at byte {offset}: the object that ends here has no `{key}`")
            }
            Self::Frame { offset, index, frames } => {
                write!(f, "at byte {offset}: frame {index} does not exist: `ftbl` holds {frames}")
            }
            Self::Foreign => {
                f.write_str("not a DHAT profile: its outermost object has no `dhatFileVersion`")
            }
            Self::Version { offset, version } => write!(
                f,
                "at byte {offset}: version {version} of the DHAT format, where only 2 is known"
            ),
            Self::Mode { offset, mode } => write!(
                f,
                "at byte {offset}: a profile of mode `{mode}` counts no heap blocks; heap profiles say `rust-heap` (dhat-rs) or `heap` (valgrind)"
            ),
            Self::NoLifetimes { offset } => write!(
                f,
                "at byte {offset}: a heap profile without the lifetimes of its blocks (`bklt` is false) has no peak and no end"
            ),
            Self::Changed => f.write_str("the file changed between two passes over it"),
        }
    }
}

impl fmt::Display for BreakdownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHeading(first) => {
                write!(f, "the heading is missing: it begins with `{first}`")
            }
            Self::Figure(word) => write!(f, "`{word}` is not a whole number"),
            Self::Incomplete => f.write_str("expected six figures and the name of a site"),
            Self::NoSite => f.write_str("no site stands above this line"),
            Self::NoSum => f.write_str("the last line must be the sum, `Σ`"),
            Self::Sum => f.write_str(
                "the sites do not add up to the sum: the text was edited or merged by hand",
            ),
        }
    }
}
