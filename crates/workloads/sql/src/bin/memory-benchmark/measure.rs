//! The measured process: runs the workload and measures itself.
//!
//! It allocates its own buffers before the baseline. While the workload runs
//! it reads one file, reports progress now and then, and prints nothing else.

use std::io::{self, Write};
use std::time::Instant;

use anyhow::Context;
use workload_sql::{Bench, Files, Phase};

use crate::allocator;
use crate::job::{Job, Pass};
use crate::outcome::{Found, HeapFigures, Outcome, Resident, Snapshot, Stage};
use crate::progress;
use crate::rss::Status;
use crate::ticker::Ticker;

/// Deep enough to reach from the engine's allocations to the statement that made them. dhat's
/// own default, 10, often ends inside the standard library.
const FRAMES: usize = 32;

/// Does the job and prints the findings.
pub(crate) fn measure(job: &str) -> anyhow::Result<()> {
    let job: Job = serde_json::from_str(job).context("failed to read the job")?;
    let outcome = match &job.pass {
        Pass::Rss => resident(&job),
        Pass::Heap { profile } => heap(&job, profile),
    }?;
    let text = serde_json::to_string(&outcome)?;
    io::stdout().write_all(text.as_bytes()).context("failed to report the outcome")
}

fn resident(job: &Job) -> anyhow::Result<Outcome> {
    let runtime = runtime(job)?;
    let mut log = Log::new(progress::batches(job)?)?;
    let ticker = Ticker::start()?;
    runtime.block_on(async {
        log.take(Stage::Baseline)?;
        let bench = drive(job, ticker, |stage| log.take(stage)).await?;
        bench.verify().await?;
        Ok(Outcome { work: bench.tally().into(), found: Found::Rss(log.close(job)?) })
    })
}

fn heap(job: &Job, profile: &std::path::Path) -> anyhow::Result<Outcome> {
    let runtime = runtime(job)?;
    let ticker = Ticker::start()?;
    allocator::switch_to_dhat();
    let builder = dhat::Profiler::builder().file_name(profile);
    let profiler = builder.trim_backtraces(Some(FRAMES)).build();
    let outcome = runtime.block_on(async {
        let bench = drive(job, ticker, |_| Ok(())).await?;
        let stats = dhat::HeapStats::get();
        let figures = HeapFigures {
            current_bytes: stats.curr_bytes as u64,
            peak_bytes: stats.max_bytes as u64,
            total_blocks: stats.total_blocks,
            total_bytes: stats.total_bytes,
        };
        anyhow::Ok(Outcome { work: bench.tally().into(), found: Found::Heap(figures) })
    });
    drop(runtime);
    drop(profiler);
    outcome
}

fn runtime(job: &Job) -> anyhow::Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(job.connections.into());
    builder.build().context("failed to start the runtime")
}

/// Opens the database and runs the workload. Calls `note` after the opening and after
/// every batch. The batch that marks the run is empty, so its note is the run's beginning.
async fn drive(
    job: &Job,
    mut ticker: Ticker,
    mut note: impl FnMut(Stage) -> io::Result<()>,
) -> anyhow::Result<Bench> {
    let mut profile = job.profile()?;
    let mut bench = Bench::open(&job.database, &job.config()?).await?;
    note(Stage::Setup)?;
    loop {
        let phase = bench.step(&mut *profile).await?;
        note(stage(phase))?;
        ticker.tick()?;
        if phase == Phase::Done {
            ticker.tell()?;
            return Ok(bench);
        }
    }
}

fn stage(phase: Phase) -> Stage {
    match phase {
        Phase::Setup => Stage::Setup,
        Phase::Run => Stage::Run,
        Phase::Done => Stage::Done,
    }
}

/// The resident set over time.
struct Log {
    status: Status,
    started: Instant,
    snapshots: Vec<Snapshot>,
    taken: usize,
}

impl Log {
    /// Makes room for the notes on `batches` batches, and writes to it at once: its pages are then
    /// in the baseline, and not counted as growth.
    fn new(batches: u64) -> anyhow::Result<Self> {
        let filler = Snapshot { rss_bytes: 1, phase: Stage::Done, elapsed_ms: 1 };
        // Room for the baseline and the opening, too.
        let room = usize::try_from(batches)?.saturating_add(2);
        let status = Status::open().context("failed to open /proc/self/status")?;
        Ok(Self { status, started: Instant::now(), snapshots: vec![filler; room], taken: 0 })
    }

    fn take(&mut self, phase: Stage) -> io::Result<()> {
        let elapsed_ms = self.started.elapsed().as_millis() as u64;
        let rss_bytes = self.status.read()?.now;
        let place = self.snapshots.get_mut(self.taken);
        let place = place.ok_or_else(|| io::Error::other("more batches than were planned"))?;
        *place = Snapshot { rss_bytes, phase, elapsed_ms };
        self.taken += 1;
        Ok(())
    }

    fn close(mut self, job: &Job) -> anyhow::Result<Resident> {
        let highest = self.status.read()?.highest;
        self.snapshots.truncate(self.taken);
        let files = Files::of(&job.database);
        let length = |file| Files::len(file).context("failed to read the size of a database file");
        Ok(Resident {
            peak_bytes: self.snapshots.iter().map(|at| at.rss_bytes).fold(highest, u64::max),
            snapshots: self.snapshots,
            db_file_bytes: length(&files.db)?.context("the database has no file")?,
            wal_file_bytes: length(&files.wal)?,
            log_file_bytes: length(&files.log)?,
        })
    }
}
