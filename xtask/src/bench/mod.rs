//! `bench`: the cost of measuring.
//!
//! Nothing here is a test: a time depends on the machine. So a benchmark shows ratios of one run, for a person
//! to judge.

mod csv;
mod meter;
mod outputs;
mod overhead;
mod rounds;
mod suite;
mod table;

use std::path::Path;

use cargo_tripline::{Status, Step};
use clap::Subcommand;

use crate::cargo_build::CargoBuild;

/// The benchmarks.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum Bench {
    /// Time an empty workload beside an empty test, 50 times each in turn.
    Meter,
    /// Time programs on tripline's allocator, and on others that count, beside the system's.
    Overhead(overhead::OverheadArgs),
    /// Time a test suite that holds the memory of five workloads, by each of five methods.
    Suite(suite::SuiteArgs),
}

impl Bench {
    /// Runs the benchmark.
    pub(crate) fn run(self) -> anyhow::Result<Status> {
        match self {
            Self::Meter => meter::meter(),
            Self::Overhead(args) => overhead::overhead(args),
            Self::Suite(args) => suite::suite(args),
        }
    }
}

/// Builds targets of `crates/bench` in release mode. `targets` is cargo's flag that selects them.
fn build_release(package: &Path, targets: &str) -> anyhow::Result<CargoBuild> {
    let _step = Step::begin("building crates/bench: the first time takes minutes".to_owned());
    CargoBuild::run(package, &["--release", "--locked", targets])
}
