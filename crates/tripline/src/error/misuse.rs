//! Misuses of a workload's probe.

use std::io;
use std::path::PathBuf;

use tripline_budget::Metric;

/// A wrong use of the probe. The meter collects all of one run.
#[derive(Debug)]
pub(crate) enum Misuse {
    /// `probe.measure` was never called.
    NeverMeasured,
    Twice(ProbeCall),
    /// A name that no metric can have.
    Name {
        call: ProbeCall,
        error: tripline_budget::Error,
    },
    PhaseOutsideRegion {
        name: String,
    },
    /// `probe.entities` with a count of 0.
    NoEntities {
        name: String,
    },
    DiskAfterRegion {
        label: String,
    },
    DiskUnreadable {
        label: String,
        path: PathBuf,
        source: io::Error,
    },
    Sizes(SizesMisuse),
    /// `probe.entities` declared another count than the size that `probe.scale` gave.
    OtherCount {
        entity: String,
        declared: u64,
        size: u64,
    },
    /// A breach per entity was to be planted before the entities were known.
    PlantWithoutEntities(Metric),
}

/// A call of the probe, with the name that it was given.
#[derive(Debug)]
pub(crate) enum ProbeCall {
    Measure,
    Settle,
    Entities,
    Phase(String),
    Report(String),
    Disk(String),
}

/// A wrong call of `probe.scale`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SizesMisuse {
    AfterRegion,
    Twice,
    TooFew {
        given: usize,
        fewest: usize,
    },
    Zero,
    NotAscending {
        before: u64,
        after: u64,
    },
    NotDoubling {
        first: u64,
        size: u64,
    },
    /// The list lacks the size that this process was started for.
    Lacks(u64),
}
