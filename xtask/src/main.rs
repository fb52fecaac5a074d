//! `cargo xtask`: the tool's commands, and those that only this repository needs.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may panic"))]

mod bench;
mod cargo_build;
mod generated_page;
mod mvcc_cost;
mod percent;
mod plot;
mod soak;
mod toolchain;
mod whole_file;
mod workspace;

use std::process::ExitCode;

use cargo_tripline::{Command, Tool, run_command};
use clap::Parser;

/// The commands of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Xtask {
    #[command(flatten)]
    Tripline(Command),
    /// Run workloads again and again, and show how far the figure of each limit moves.
    Soak(soak::SoakArgs),
    /// Measure the cost of measuring.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Write docs/mvcc-cost.md: the cost of MVCC beside WAL, per row and per connection.
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
