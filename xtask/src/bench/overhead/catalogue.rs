//! The allocators that are compared, and the programs that compare them.

/// One allocator, a binary of `crates/bench`.
#[derive(Debug)]
pub(super) struct Allocator {
    pub(super) binary: &'static str,
    pub(super) title: &'static str,
    /// The figures that it reports. Every process is held to them.
    pub(super) reports: ReportedFigures,
    pub(super) scope: ThreadScope,
    pub(super) peak: PeakPrecision,
    /// True if it reports the call sites that allocate.
    pub(super) call_sites: bool,
    pub(super) speed: Speed,
}

/// The figures that an allocator reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReportedFigures {
    pub(super) blocks: bool,
    pub(super) bytes: bool,
    pub(super) peak: bool,
    pub(super) live: bool,
}

/// The threads whose allocations a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ThreadScope {
    NoThread,
    AllThreads,
    /// Each thread that asks, by itself. Nothing reports a peak across threads.
    EachThread,
}

/// The precision of a peak where several threads allocate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PeakPrecision {
    Exact,
    /// Too high by no more than the allocator states with it.
    UpperBound,
}

/// The speed of an allocator, which decides the number of runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speed {
    Fast,
    /// An allocation takes microseconds.
    Slow,
}

/// One program of `crates/bench`.
#[derive(Debug)]
pub(super) struct TimedProgram {
    pub(super) name: &'static str,
    /// Iterations of each thread in one run. They are few, so that some run has no neighbour on the processor.
    pub(super) iterations: u64,
    repeats: u64,
    /// True if an iteration is one allocation and its free, and nothing else.
    pub(super) only_allocates: bool,
}

impl TimedProgram {
    /// Returns the runs in one process.
    pub(super) fn repeats(&self, speed: Speed) -> u64 {
        match speed {
            Speed::Fast => self.repeats,
            Speed::Slow => 1,
        }
    }
}

/// The processes of each program in a round. There are several, so that a neighbour who comes and goes disturbs
/// every allocator as much.
pub(super) const PROCESSES: usize = 10;

impl Speed {
    /// Returns `true` if a program runs in this one of a round's [`PROCESSES`].
    pub(super) fn takes_part(self, process: usize) -> bool {
        match self {
            Self::Fast => true,
            Self::Slow => process.is_multiple_of(3),
        }
    }

    /// Returns the processes of a round in which a program runs.
    pub(super) fn processes(self) -> usize {
        (0..PROCESSES).filter(|process| self.takes_part(*process)).count()
    }
}

const NOTHING: ReportedFigures =
    ReportedFigures { blocks: false, bytes: false, peak: false, live: false };
const ALL: ReportedFigures = ReportedFigures { blocks: true, bytes: true, peak: true, live: true };

/// The allocator that all are compared with. Its ratio to itself is 1.
pub(super) const SYSTEM: &Allocator = &ALLOCATORS[0];

/// The allocators, in the order of every table.
pub(super) static ALLOCATORS: [Allocator; 11] = [
    counter("system", "system", NOTHING, ThreadScope::NoThread),
    counter("tripline-idle", "tripline, idle", NOTHING, ThreadScope::NoThread),
    Allocator {
        peak: PeakPrecision::UpperBound,
        ..counter("tripline-count", "tripline, count", ALL, ThreadScope::AllThreads)
    },
    profiler("tripline-dhat", "tripline, dhat"),
    profiler("dhat", "dhat, testing"),
    counter(
        "stats_alloc",
        "stats_alloc",
        ReportedFigures { peak: false, ..ALL },
        ThreadScope::AllThreads,
    ),
    counter("cap", "cap", ReportedFigures { blocks: false, ..ALL }, ThreadScope::AllThreads),
    counter(
        "peak_alloc",
        "peak_alloc",
        ReportedFigures { peak: true, live: true, ..NOTHING },
        ThreadScope::AllThreads,
    ),
    counter("tracking-allocator", "tracking-allocator", ALL, ThreadScope::AllThreads),
    counter("divan", "divan", ReportedFigures { live: false, ..ALL }, ThreadScope::EachThread),
    counter("allocation-counter", "allocation-counter", ALL, ThreadScope::EachThread),
];

pub(super) static PROGRAMS: [TimedProgram; 5] = [
    only_allocates("one-thread"),
    only_allocates("two-threads"),
    only_allocates("deep"),
    inserts("sql-wal"),
    inserts("sql-mvcc"),
];

const fn counter(
    binary: &'static str,
    title: &'static str,
    reports: ReportedFigures,
    scope: ThreadScope,
) -> Allocator {
    Allocator {
        binary,
        title,
        reports,
        scope,
        peak: PeakPrecision::Exact,
        call_sites: false,
        speed: Speed::Fast,
    }
}

const fn profiler(binary: &'static str, title: &'static str) -> Allocator {
    Allocator {
        call_sites: true,
        speed: Speed::Slow,
        ..counter(binary, title, ALL, ThreadScope::AllThreads)
    }
}

const fn only_allocates(name: &'static str) -> TimedProgram {
    TimedProgram { name, iterations: 100_000, repeats: 40, only_allocates: true }
}

const fn inserts(name: &'static str) -> TimedProgram {
    TimedProgram { name, iterations: 200, repeats: 36, only_allocates: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_the_system_and_counts_nothing() {
        assert_eq!((SYSTEM.binary, SYSTEM.reports), ("system", NOTHING));
        assert_eq!(SYSTEM.scope, ThreadScope::NoThread);
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
