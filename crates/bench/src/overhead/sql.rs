//! The SQL engine's insert-heavy workload, one connection on one thread.

use anyhow::Context as _;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use workload_sql::{Bench, Config, Load, Mode, Profile, TempStore, profiles};

use crate::overhead::clock::{Span, clock};
use crate::overhead::figures::{Bounds, Known};

/// Rows of one transaction.
const BATCH: u64 = 100;

/// An open database with its table, and the rows to insert. Fields are dropped in this order.
#[derive(Debug)]
struct Engine {
    bench: Bench,
    profile: Box<dyn Profile>,
    runtime: Runtime,
    _folder: TempDir,
}

/// When it inserted `rows` rows into a new database, under the folder for temporary files. Opening and
/// closing it is no part of that.
pub(super) fn insert(mode: Mode, rows: u64) -> anyhow::Result<Span> {
    let mut engine = Engine::open(mode, rows)?;
    let (outcome, span) = clock(|| engine.insert());
    outcome?;
    Ok(span)
}

impl Engine {
    fn open(mode: Mode, rows: u64) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("failed to make a folder for the database")?;
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

/// The engine is not ours to know. That it makes 85 blocks a row under WAL is in this repository's budgets;
/// whoever sees less than a quarter of them does not see the engine.
pub(super) fn known(rows: u64) -> Known {
    let any = |least| Bounds(least, u64::MAX);
    Known { blocks: any(20 * rows), bytes: any(500 * rows), peak: any(10_000), live: any(0) }
}
