//! Reads the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

/// Memory of a feature server's tables: by table, by operator and by data structure.
///
/// Takes in generated payments and writes the tables' memory as a report. All figures are
/// bytes asked of the allocator; the same command writes the same bytes.
#[derive(Debug, Parser)]
#[command(name = "memprofile", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Configuration of events and tables [default: the fraud team's].
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Payments to take in [default: 2000; with --serve, without end].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) events: Option<u64>,

    /// File for the report; `-` is standard output [default: memory-profile-fraud-team.md, or as the
    /// configuration is called; with --json, standard output].
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,

    /// Write every figure as JSON.
    #[arg(long, conflicts_with = "top")]
    pub(crate) json: bool,

    /// Dearest operators to show with their data structures.
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) top: usize,

    /// Write nothing; fail if the report there is not the one that would be written.
    #[arg(long, conflicts_with = "json")]
    pub(crate) check: bool,

    /// Add the process's own figures: live bytes and resident set. They depend on the machine.
    #[arg(long, conflicts_with = "check")]
    pub(crate) process: bool,

    /// Write no report, but take in payments and serve their figures at /metrics until interrupted.
    #[arg(
        long,
        value_name = "ADDR",
        num_args = 0..=1,
        default_missing_value = "127.0.0.1:9184",
        conflicts_with_all = ["output", "json", "top", "check", "process"]
    )]
    pub(crate) serve: Option<SocketAddr>,

    /// Payments a second while serving. A new user costs some 15 kB, and there are 100 000.
    #[arg(long, value_name = "N", default_value_t = 100, requires = "serve", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) rate: u64,
}

const EXAMPLES: &str = "\
Examples:
  memprofile --output -                    the report, to read
  memprofile --events 100000 --json        every figure, for a program
  memprofile --events 1000000 --process    beside what the process counts
  memprofile --serve 127.0.0.1:0           live, at a free port";
