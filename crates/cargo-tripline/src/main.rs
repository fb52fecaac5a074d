//! `cargo tripline`.

use std::process::ExitCode;

use cargo_tripline::{Command, Tool};
use clap::Parser;

/// Records and checks tripline budgets: how many bytes a type, a workload or an entity may cost.
#[derive(Debug, Parser)]
#[command(name = "cargo tripline", bin_name = "cargo tripline", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    // Cargo starts `cargo-tripline` with `tripline` as its first argument; a person may not.
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == "tripline") {
        arguments.remove(1);
    }
    Cli::parse_from(arguments).command.run(Tool::new("cargo tripline"))
}
