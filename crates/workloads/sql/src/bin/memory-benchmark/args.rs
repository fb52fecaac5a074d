//! Reads the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, ValueEnum};
use workload_sql::{Mode, profiles};

/// Memory of the SQL engine under a workload: resident set, heap, disk.
///
/// Each journal mode is measured in two processes of its own: the resident set without a
/// profiler, then the heap under dhat. 1 MB is 1 000 000 bytes.
#[derive(Debug, Parser)]
#[command(name = "memory-benchmark", version, max_term_width = 100)]
pub(crate) struct Args {
    /// Journal mode.
    #[arg(long, default_value = "wal", value_parser = mode())]
    mode: Mode,

    /// Measure two modes and print them side by side, with ratios of the second to the first.
    #[arg(long, value_name = "MODE,MODE", value_delimiter = ',', value_parser = mode(), conflicts_with = "mode")]
    compare: Vec<Mode>,

    /// The workload to run.
    #[arg(long, default_value = "insert-heavy", value_parser = workload())]
    workload: String,

    /// Transactions per connection.
    #[arg(short, long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    iterations: u32,

    /// Statements per transaction.
    #[arg(short, long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    batch_size: u32,

    /// Connections that work at the same time; the runtime has as many threads.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1024))]
    connections: u16,

    /// Longest wait for another connection's lock, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 30_000)]
    timeout: u64,

    /// Page cache of each connection, in pages (negative: in KiB) [default: the engine's].
    #[arg(long, value_name = "PAGES", allow_negative_numbers = true)]
    cache_size: Option<i64>,

    /// Format of the report.
    #[arg(long, default_value = "human")]
    format: Format,

    /// Instrument of the heap. `off` leaves its figures empty and spares the second process.
    #[arg(long, default_value = "dhat")]
    heap: Heap,

    /// File for dhat's profile. With --compare the mode is added to the name.
    #[arg(long, value_name = "FILE", default_value = "dhat-heap.json")]
    dhat_file: PathBuf,

    /// File for the report [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Run as one of the measured processes.
    #[arg(long, hide = true, value_name = "JOB", exclusive = true)]
    pub(crate) measure: Option<String>,
}

/// The format of a report.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// Tables to read.
    Human,
    /// Every figure in bytes, with all snapshots; described by a JSON schema.
    Json,
    /// One line a mode, in MB.
    Csv,
}

/// The instrument that measures the heap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Heap {
    /// None.
    Off,
    /// dhat, in a process of its own.
    Dhat,
}

/// The checked command line.
#[derive(Debug)]
pub(crate) struct Request {
    /// One mode, or the two to compare.
    pub(crate) modes: Vec<Mode>,
    pub(crate) workload: String,
    pub(crate) iterations: u32,
    pub(crate) batch_size: u32,
    pub(crate) connections: u16,
    pub(crate) timeout_ms: u64,
    pub(crate) cache_size: Option<i64>,
    pub(crate) format: Format,
    pub(crate) heap: Heap,
    pub(crate) dhat_file: PathBuf,
    pub(crate) output: Option<PathBuf>,
}

impl Args {
    /// Checks the rules that clap cannot.
    pub(crate) fn checked(self) -> anyhow::Result<Request> {
        let modes = match *self.compare {
            [] => vec![self.mode],
            [first, second] if first != second => vec![first, second],
            _ => anyhow::bail!("--compare takes two different modes, such as wal,mvcc"),
        };
        Ok(Request {
            modes,
            workload: self.workload,
            iterations: self.iterations,
            batch_size: self.batch_size,
            connections: self.connections,
            timeout_ms: self.timeout,
            cache_size: self.cache_size,
            format: self.format,
            heap: self.heap,
            dhat_file: self.dhat_file,
            output: self.output,
        })
    }
}

fn mode() -> impl TypedValueParser<Value = Mode> {
    PossibleValuesParser::new(Mode::ALL.map(Mode::as_str)).map(|name| {
        let known = Mode::ALL.into_iter().find(|mode| mode.as_str() == name);
        known.expect("clap lets only the names of modes through")
    })
}

fn workload() -> PossibleValuesParser {
    let about = |profile: &workload_sql::Registration| {
        clap::builder::PossibleValue::new(profile.name).help(profile.about)
    };
    PossibleValuesParser::new(profiles::all().into_iter().map(about))
}
