//! `bench`: what measuring costs.
//!
//! Nothing here is a test: a time depends on the machine, so what is shown are ratios of one run, for a person
//! to see.

mod meter;

use cargo_tripline::Status;
use clap::Subcommand;

/// What to measure.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum Bench {
    /// The time of an empty workload beyond that of an empty test, 50 times each in turn.
    Meter,
}

impl Bench {
    pub(crate) fn run(self) -> anyhow::Result<Status> {
        match self {
            Self::Meter => meter::meter(),
        }
    }
}
