//! Who is compared, by which programs.

/// One allocator, a binary of `crates/bench`.
#[derive(Debug)]
pub(super) struct Allocator {
    pub(super) binary: &'static str,
    pub(super) title: &'static str,
    /// What it can say. Every process is held to it.
    pub(super) reports: Reports,
    pub(super) scope: Scope,
    /// Or one that is at most so much too high, which it says, where several threads allocate.
    pub(super) exact_peak: bool,
    /// Whether it can say which call sites allocate.
    pub(super) sites: bool,
    pub(super) pace: Pace,
}

/// The figures that an allocator reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reports {
    pub(super) blocks: bool,
    pub(super) bytes: bool,
    pub(super) peak: bool,
    pub(super) live: bool,
}

/// Whose allocations a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Nobody,
    AllThreads,
    /// Of each thread that asks for them, by itself; a peak across threads is not to be had.
    OneThread,
}

/// How often a program can be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    Fast,
    /// An allocation takes microseconds.
    Slow,
}

/// One program, as `crates/bench` calls it.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) name: &'static str,
    /// Of each thread, each time: few, so that some time has no neighbour on the processor.
    pub(super) iterations: u64,
    repeats: u64,
    /// An iteration is one allocation and its free, and nothing else.
    pub(super) only_allocates: bool,
}

impl Program {
    /// How often it runs in one process.
    pub(super) fn repeats(&self, pace: Pace) -> u64 {
        match pace {
            Pace::Fast => self.repeats,
            Pace::Slow => 1,
        }
    }
}

/// A program runs in so many processes each round, so that of a neighbour who comes and goes each allocator sees as
/// much as the others.
pub(super) const PROCESSES: usize = 10;

impl Pace {
    /// Whether a program runs in this one of a round's [`PROCESSES`].
    pub(super) fn takes_part(self, process: usize) -> bool {
        match self {
            Self::Fast => true,
            Self::Slow => process.is_multiple_of(3),
        }
    }

    pub(super) fn processes(self) -> usize {
        (0..PROCESSES).filter(|process| self.takes_part(*process)).count()
    }
}

const NOTHING: Reports = Reports { blocks: false, bytes: false, peak: false, live: false };
const ALL: Reports = Reports { blocks: true, bytes: true, peak: true, live: true };

/// What is compared with: its ratio to itself is 1.
pub(super) const SYSTEM: &Allocator = &ALLOCATORS[0];

/// In the order of every table.
pub(super) static ALLOCATORS: [Allocator; 11] = [
    counter("system", "system", NOTHING, Scope::Nobody),
    counter("tripline-idle", "tripline, idle", NOTHING, Scope::Nobody),
    Allocator {
        exact_peak: false,
        ..counter("tripline-count", "tripline, count", ALL, Scope::AllThreads)
    },
    profiler("tripline-dhat", "tripline, dhat"),
    profiler("dhat", "dhat, testing"),
    counter("stats_alloc", "stats_alloc", Reports { peak: false, ..ALL }, Scope::AllThreads),
    counter("cap", "cap", Reports { blocks: false, ..ALL }, Scope::AllThreads),
    counter(
        "peak_alloc",
        "peak_alloc",
        Reports { peak: true, live: true, ..NOTHING },
        Scope::AllThreads,
    ),
    counter("tracking-allocator", "tracking-allocator", ALL, Scope::AllThreads),
    counter("divan", "divan", Reports { live: false, ..ALL }, Scope::OneThread),
    counter("allocation-counter", "allocation-counter", ALL, Scope::OneThread),
];

pub(super) static PROGRAMS: [Program; 5] = [
    only_allocates("one-thread"),
    only_allocates("two-threads"),
    only_allocates("deep"),
    inserts("sql-wal"),
    inserts("sql-mvcc"),
];

const fn counter(
    binary: &'static str,
    title: &'static str,
    reports: Reports,
    scope: Scope,
) -> Allocator {
    Allocator { binary, title, reports, scope, exact_peak: true, sites: false, pace: Pace::Fast }
}

const fn profiler(binary: &'static str, title: &'static str) -> Allocator {
    let (scope, pace) = (Scope::AllThreads, Pace::Slow);
    Allocator { binary, title, reports: ALL, scope, exact_peak: true, sites: true, pace }
}

const fn only_allocates(name: &'static str) -> Program {
    Program { name, iterations: 100_000, repeats: 40, only_allocates: true }
}

const fn inserts(name: &'static str) -> Program {
    Program { name, iterations: 200, repeats: 36, only_allocates: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_the_system_and_counts_nothing() {
        assert_eq!((SYSTEM.binary, SYSTEM.reports), ("system", NOTHING));
        assert_eq!(SYSTEM.scope, Scope::Nobody);
    }

    #[test]
    fn every_allocator_has_its_binary_and_every_binary_its_row() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/bench/src/bin");
        let files = std::fs::read_dir(folder).unwrap();
        let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<_> = files.collect();
        let mut rows: Vec<_> =
            ALLOCATORS.iter().map(|allocator| format!("{}.rs", allocator.binary)).collect();
        files.sort();
        rows.sort();
        assert_eq!(files, rows);
    }
}
