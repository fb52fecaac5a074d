//! `bench`: what measuring costs.
//!
//! Nothing here is a test: a time depends on the machine, so what is shown are ratios of one run, for a person
//! to see.

mod csv;
mod meter;
mod outputs;
mod overhead;
mod package;
mod rounds;
mod suite;
mod table;

use cargo_tripline::Status;
use clap::Subcommand;

/// What to measure.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum Bench {
    /// The time of an empty workload beyond that of an empty test, 50 times each in turn.
    Meter,
    /// How much longer programs take on tripline's allocator, and on others that count, than on the system's.
    Overhead(overhead::OverheadArgs),
    /// What five ways to hold the memory of five workloads cost a test suite.
    Suite(suite::SuiteArgs),
}

impl Bench {
    pub(crate) fn run(self) -> anyhow::Result<Status> {
        match self {
            Self::Meter => meter::meter(),
            Self::Overhead(args) => overhead::overhead(args),
            Self::Suite(args) => suite::suite(args),
        }
    }
}
