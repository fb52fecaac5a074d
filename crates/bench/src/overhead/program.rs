//! The programs that processes run, by name.

use anyhow::{Context as _, ensure};
use workload_sql::Mode;

use crate::overhead::clock::clock;
use crate::overhead::expected::ExpectedFigures;
use crate::overhead::job::{Job, Work};
use crate::overhead::{blocks, sql};

/// A program that a process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Program {
    /// Allocates blocks of mixed sizes.
    OneThread,
    /// Does the same on two threads at once.
    TwoThreads,
    /// Does the same further from `main`.
    Deep,
    /// Inserts rows into a SQL engine under WAL; an iteration is a row.
    SqlWal,
    /// Does the same under MVCC.
    SqlMvcc,
}

impl Program {
    const ALL: [Self; 5] =
        [Self::OneThread, Self::TwoThreads, Self::Deep, Self::SqlWal, Self::SqlMvcc];

    pub(super) fn by_name(name: &str) -> anyhow::Result<Self> {
        let program = Self::ALL.into_iter().find(|program| program.name() == name);
        program.with_context(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("no program is called `{name}`; there are {names}")
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::OneThread => "one-thread",
            Self::TwoThreads => "two-threads",
            Self::Deep => "deep",
            Self::SqlWal => "sql-wal",
            Self::SqlMvcc => "sql-mvcc",
        }
    }

    /// Makes the program ready to run.
    pub(super) fn prepare(self, iterations: u64, repeats: u64) -> anyhow::Result<Job> {
        ensure!(iterations > 0 && repeats > 0, "nothing would be measured");
        let blocks = |allocate: fn(u64)| -> Work {
            Box::new(move || {
                let ((), span) = clock(|| allocate(iterations));
                Ok(span)
            })
        };
        let work = match self {
            Self::OneThread | Self::TwoThreads => blocks(blocks::shallow),
            Self::Deep => blocks(blocks::deep),
            Self::SqlWal => Box::new(move || sql::insert(Mode::Wal, iterations)),
            Self::SqlMvcc => Box::new(move || sql::insert(Mode::Mvcc, iterations)),
        };
        Ok(Job::new(self.threads(), repeats, work))
    }

    /// Returns the figures that one run can cause.
    pub(super) fn expected(self, iterations: u64) -> ExpectedFigures {
        match self {
            Self::OneThread | Self::TwoThreads | Self::Deep => {
                blocks::expected(iterations, self.threads() as u64)
            }
            Self::SqlWal | Self::SqlMvcc => sql::expected(iterations),
        }
    }

    fn threads(self) -> usize {
        if self == Self::TwoThreads { 2 } else { 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overhead::CountedFigures;

    #[test]
    fn every_name_is_its_programs() {
        for program in Program::ALL {
            assert_eq!(Program::by_name(program.name()).ok(), Some(program));
        }
    }

    #[test]
    fn a_peer_that_counts_each_block_twice_is_an_error() {
        let expected = Program::OneThread.expected(100_000).repeated(3);
        let blocks = |blocks| CountedFigures { blocks: Some(blocks), ..CountedFigures::default() };
        assert!(expected.check(&blocks(300_010)).is_ok());
        assert!(expected.check(&blocks(600_000)).is_err());
        assert!(expected.check(&blocks(100_000)).is_err(), "once, and not three times");
    }

    #[test]
    fn an_unknown_program_is_an_error_with_the_names() {
        let error = Program::by_name("one").expect_err("there is none");
        assert_eq!(
            error.to_string(),
            "no program is called `one`; there are one-thread, two-threads, deep, sql-wal, sql-mvcc"
        );
        assert!(Program::OneThread.prepare(0, 1).is_err());
        assert!(Program::OneThread.prepare(1, 0).is_err());
    }
}
