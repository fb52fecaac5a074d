//! Runs the command: every mode, every pass, then the report.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use indicatif::ProgressBar;
use workload_command::Draft;
use workload_sql::Mode;

use crate::args::{Format, Heap, Request};
use crate::comparison::Comparison;
use crate::job::{Job, Pass};
use crate::launch::launch;
use crate::outcome::{Found, HeapFigures, Outcome, Resident, Work};
use crate::report::Report;
use crate::{csv, human, interrupt, progress};

/// Measures as `request` asks and writes the report.
pub(crate) fn run(request: &Request) -> anyhow::Result<()> {
    interrupt::install()?;
    let report = request.output.as_deref().map(Draft::new).transpose()?;
    let mut profiles = Vec::new();
    if request.heap == Heap::Dhat {
        for mode in &request.modes {
            profiles.push(Draft::new(&profile_place(request, *mode))?);
        }
    }
    let reports = measure(request, &profiles)?;
    let text = render(request.format, &reports)?;
    interrupt::check()?;
    for profile in profiles {
        profile.finish()?;
    }
    match report {
        Some(mut draft) => {
            draft.write(&text)?;
            draft.finish()
        }
        None => io::stdout().write_all(text.as_bytes()).context("failed to print the report"),
    }
}

/// Returns the path for the profile of `mode`. Two modes need two names.
fn profile_place(request: &Request, mode: Mode) -> PathBuf {
    let place = &request.dhat_file;
    if request.modes.len() == 1 {
        return place.clone();
    }
    let stem = place.file_stem().unwrap_or_default().to_string_lossy();
    let extension = place.extension().map(|extension| extension.to_string_lossy());
    place.with_file_name(match extension {
        Some(extension) => format!("{stem}-{mode}.{extension}"),
        None => format!("{stem}-{mode}"),
    })
}

fn measure(request: &Request, profiles: &[Draft]) -> anyhow::Result<Vec<Report>> {
    let passes = if request.heap == Heap::Dhat { 2 } else { 1 };
    let batches = progress::batches(&job(request, Mode::Wal, Pass::Rss, Path::new("")))?;
    // A process reports one tick before the first batch.
    let bar = progress::bar((batches + 1) * passes * request.modes.len() as u64);
    let measured = request
        .modes
        .iter()
        .enumerate()
        .map(|(index, mode)| one_mode(request, *mode, profiles.get(index), &bar))
        .collect();
    bar.finish_and_clear();
    measured
}

fn one_mode(
    request: &Request,
    mode: Mode,
    profile: Option<&Draft>,
    bar: &ProgressBar,
) -> anyhow::Result<Report> {
    bar.set_message(format!("{mode}, resident"));
    let (work, resident) = resident(request, mode, bar)?;
    bar.set_message(format!("{mode}, heap"));
    let heap = profile.map(|profile| heap(request, mode, profile, bar)).transpose()?;
    let job = job(request, mode, Pass::Rss, Path::new(""));
    Ok(Report::new(&job, work, resident, heap.as_ref()))
}

fn resident(request: &Request, mode: Mode, bar: &ProgressBar) -> anyhow::Result<(Work, Resident)> {
    let outcome =
        pass(request, mode, Pass::Rss, bar).context("failed to measure the resident set")?;
    match outcome {
        Outcome { work, found: Found::Rss(resident) } => Ok((work, resident)),
        Outcome { .. } => anyhow::bail!("the measured process did another pass than it was told"),
    }
}

fn heap(
    request: &Request,
    mode: Mode,
    profile: &Draft,
    bar: &ProgressBar,
) -> anyhow::Result<HeapFigures> {
    let told = Pass::Heap { profile: profile.path().to_owned() };
    let outcome = pass(request, mode, told, bar).context("failed to measure the heap")?;
    let saved = profile.path().metadata().is_ok_and(|metadata| metadata.len() > 0);
    anyhow::ensure!(saved, "failed to measure the heap: dhat saved no profile");
    match outcome.found {
        Found::Heap(figures) => Ok(figures),
        Found::Rss(_) => anyhow::bail!("the measured process did another pass than it was told"),
    }
}

/// Runs one pass on a database of its own, which is removed after it.
fn pass(request: &Request, mode: Mode, pass: Pass, bar: &ProgressBar) -> anyhow::Result<Outcome> {
    let mut builder = tempfile::Builder::new();
    let folder = builder.prefix("memory-benchmark-").tempdir();
    let folder = folder.context("failed to make a folder for the database")?;
    launch(&job(request, mode, pass, &folder.path().join("bench.db")), bar)
}

fn job(request: &Request, mode: Mode, pass: Pass, database: &Path) -> Job {
    Job {
        pass,
        mode: mode.to_string(),
        workload: request.workload.clone(),
        iterations: request.iterations,
        batch_size: request.batch_size,
        connections: request.connections,
        timeout_ms: request.timeout_ms,
        cache_size: request.cache_size,
        database: database.to_owned(),
    }
}

fn render(format: Format, reports: &[Report]) -> anyhow::Result<String> {
    let json = match (format, reports) {
        (Format::Human, _) => return Ok(human::render(reports)),
        (Format::Csv, _) => return Ok(csv::render(reports)),
        (Format::Json, [first, second]) => {
            serde_json::to_string_pretty(&Comparison::new(first, second))
        }
        (Format::Json, _) => serde_json::to_string_pretty(&reports[0]),
    };
    Ok(json.context("failed to write the report as JSON")? + "\n")
}
