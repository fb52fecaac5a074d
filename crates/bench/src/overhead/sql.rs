//! Runs the SQL engine's insert-heavy workload: one connection on one thread.

use anyhow::Context as _;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use workload_sql::{Bench, Config, Load, Mode, Profile, TempStore, profiles};

use crate::overhead::clock::{Span, clock};
use crate::overhead::expected::{Bounds, ExpectedFigures};

/// The rows of one transaction.
const BATCH: u64 = 100;

/// An open database with its table, and the rows to insert. Fields are dropped in this order.
#[derive(Debug)]
struct Engine {
    bench: Bench,
    profile: Box<dyn Profile>,
    runtime: Runtime,
    _folder: TempDir,
}

/// Inserts `rows` rows into a new database in the folder for temporary files, and returns the time of that.
/// Opening and closing are not timed.
pub(super) fn insert(mode: Mode, rows: u64) -> anyhow::Result<Span> {
    let mut engine = Engine::open(mode, rows)?;
    let (outcome, span) = clock(|| engine.insert());
    outcome?;
    Ok(span)
}

impl Engine {
    fn open(mode: Mode, rows: u64) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("failed to create a folder for the database")?;
        let path = folder.path().join("bench.db");
        let config = Config { temp_store: TempStore::Memory, ..Config::new(mode, 1) };
        let load = Load::new(rows.div_ceil(BATCH), BATCH);
        let mut profile =
            profiles::by_name("insert-heavy", load).context("no profile `insert-heavy`")?;
        let runtime = Builder::new_current_thread().enable_time().build()?;
        let bench = runtime.block_on(async {
            let mut bench = Bench::open(&path, &config).await?;
            bench.set_up(&mut *profile).await?;
            anyhow::Ok(bench)
        })?;
        Ok(Self { bench, profile, runtime, _folder: folder })
    }

    fn insert(&mut self) -> anyhow::Result<()> {
        Ok(self.runtime.block_on(self.bench.run(&mut *self.profile))?)
    }
}

/// Returns lower bounds alone: the engine's exact figures are its own. By this repository's budgets it takes 85
/// blocks a row under WAL. An allocator that counts less than a quarter of them does not count the engine.
pub(super) fn expected(rows: u64) -> ExpectedFigures {
    ExpectedFigures {
        blocks: Bounds::at_least(20 * rows),
        bytes: Bounds::at_least(500 * rows),
        peak: Bounds::at_least(10_000),
        live: Bounds::at_least(0),
    }
}
