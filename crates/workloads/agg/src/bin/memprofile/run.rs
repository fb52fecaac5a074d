//! Makes one report, from the arguments to the file.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use workload_agg::Tables;
use workload_command::Draft;

use crate::args::Args;
use crate::ingest::ingest;
use crate::process::{Process, Reading};
use crate::progress::Progress;
use crate::report::Report;
use crate::source::Source;
use crate::{interrupt, markdown, stale};

const EVENTS: u64 = 2_000;

/// The path that stands for standard output.
const STDOUT: &str = "-";

pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let source = Source::read(args)?;
    // First, while there is nothing to leave behind.
    interrupt::install()?;
    let place = place(args, &source.name);
    let to_file = place != Path::new(STDOUT);
    anyhow::ensure!(
        to_file || !args.check,
        "--check compares with a file, not with standard output"
    );
    let draft = (to_file && !args.check).then(|| Draft::new(&place)).transpose()?;
    let report = measure(args, &source)?;
    let command = command(args);
    let text = if args.json {
        serde_json::to_string_pretty(&report).context("failed to write the report as JSON")? + "\n"
    } else {
        markdown::render(&report, args.top, &command)
    };
    interrupt::check()?;
    match draft {
        Some(mut draft) => {
            draft.write(&text)?;
            draft.finish()
        }
        None if args.check => stale::check(&place, &text, &command),
        None => std::io::stdout().write_all(text.as_bytes()).context("failed to print the report"),
    }
}

fn place(args: &Args, name: &str) -> PathBuf {
    match &args.output {
        Some(place) => place.clone(),
        None if args.json => STDOUT.into(),
        None => format!("memory-profile-{name}.md").into(),
    }
}

fn measure(args: &Args, source: &Source) -> anyhow::Result<Report> {
    let events = args.events.unwrap_or(EVENTS);
    let mut progress = Progress::new(events);
    let before = Reading::now();
    let mut tables = Tables::new(&source.pipeline);
    ingest(&source.pipeline, &mut tables, events, &mut progress)?;
    let after = Reading::now();
    progress.end();
    let mut report = Report::new(&source.name, events, &source.pipeline, &tables);
    if args.process {
        let accounted = report.coherence.parts_bytes();
        report.process = Some(Process::new(before, after, accounted)?);
    }
    Ok(report)
}

/// Returns the command that writes the same report to the same place.
fn command(args: &Args) -> String {
    let mut words = vec!["cargo run -p workload-agg --bin memprofile --".to_owned()];
    if let Some(config) = &args.config {
        words.push(format!("--config {}", config.display()));
    }
    if let Some(events) = args.events {
        words.push(format!("--events {events}"));
    }
    if args.top != 5 {
        words.push(format!("--top {}", args.top));
    }
    if let Some(place) = args.output.as_ref().filter(|place| *place != Path::new(STDOUT)) {
        words.push(format!("--output {}", place.display()));
    }
    words.join(" ")
}
