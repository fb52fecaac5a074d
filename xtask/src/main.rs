//! `cargo xtask`: the tool, and what only this repository needs.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may panic"))]

mod bench;
mod mvcc_cost;
mod page;
mod plot;
mod publish;
mod soak;
mod versions;

use std::process::ExitCode;

use cargo_tripline::{Command, Tool, run_command};
use clap::Parser;

/// The commands of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Xtask {
    #[command(flatten)]
    Tripline(Command),
    /// Run workloads again and again, and show how far each limit's figure moves.
    Soak(soak::SoakArgs),
    /// Measure what measuring costs.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Write docs/mvcc-cost.md: what MVCC costs beside WAL, per row and per connection.
    MvccCost(mvcc_cost::MvccCostArgs),
}

fn main() -> ExitCode {
    match Xtask::parse() {
        Xtask::Tripline(command) => command.run(Tool::new("cargo xtask")),
        Xtask::Soak(args) => run_command(|| soak::soak(&args)),
        Xtask::Bench(bench) => run_command(|| bench.run()),
        Xtask::MvccCost(args) => run_command(|| mvcc_cost::mvcc_cost(args)),
    }
}
