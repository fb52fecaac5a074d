//! A SQL engine under the profiles of `workload-sql`, on a current-thread runtime: every figure is exact.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use workload_sql::{Bench, Config, Load, Mode, TempStore, drain_epoch_garbage, profiles};

use super::Workload;
use super::insert::Inserting;

const CONNECTIONS: usize = 4;
const TRANSACTION: u64 = 50;

/// Rows that the inserting workloads write.
pub const INSERTS: u64 = 2_000;
/// Statements that the others run.
pub const STATEMENTS: u64 = 2_000;
/// Rows that they find.
const SEEDED: u64 = 1_000;

/// Opening a database and inserting every row.
pub fn wal_insert() -> Workload {
    warm_up("insert-heavy");
    region("wal_insert", Mode::Wal, "insert-heavy", INSERTS)
}

/// The same under MVCC. Warmed up under WAL all the same: the epoch collector would have blocks from before the region
/// that it frees within, and counters cannot tell those from the region's own.
pub fn mvcc_insert() -> Workload {
    warm_up("insert-heavy");
    region("mvcc_insert", Mode::Mvcc, "insert-heavy", INSERTS)
}

/// Opening a database, seeding it, then nine reads by primary key, an insert, and again.
pub fn wal_read() -> Workload {
    warm_up("read-heavy");
    region("wal_read", Mode::Wal, "read-heavy", STATEMENTS)
}

/// The same with as many inserts as reads.
pub fn wal_mixed() -> Workload {
    warm_up("mixed");
    region("wal_mixed", Mode::Wal, "mixed", STATEMENTS)
}

/// Everything from opening on, so that the region frees nothing from before it.
fn region(name: &'static str, mode: Mode, profile: &str, statements: u64) -> Workload {
    let mut engine = Engine::new(mode, profile, load(statements));
    Workload::new(name, move || engine.run())
}

/// Has what the process allocates once, thread-locals and the engine's registries, allocated before the region.
fn warm_up(profile: &str) {
    Engine::new(Mode::Wal, profile, load(CONNECTIONS as u64 * TRANSACTION)).run();
}

fn load(statements: u64) -> Load {
    let transactions = statements / (CONNECTIONS as u64 * TRANSACTION);
    Load::new(transactions, TRANSACTION).seed_rows(SEEDED)
}

/// A database and what is to be run on it. Dropped in the order of the fields.
struct Engine {
    bench: Option<Bench>,
    profile: Inserting,
    config: Config,
    path: PathBuf,
    _folder: TempDir,
    runtime: Runtime,
}

impl Engine {
    fn new(mode: Mode, profile: &str, load: Load) -> Self {
        let profile = profiles::by_name(profile, load).expect("a profile of `workload-sql`");
        let runtime = Builder::new_current_thread().enable_all().build();
        let folder = folder().expect("a temporary folder");
        Self {
            bench: None,
            profile: Inserting(profile),
            config: Config { temp_store: TempStore::Memory, ..Config::new(mode, CONNECTIONS) },
            path: folder.path().join("bench.db"),
            _folder: folder,
            runtime: runtime.expect("a runtime"),
        }
    }

    /// Opens the database and runs the profile from its first statement to its last.
    fn run(&mut self) {
        let Self { bench, profile, config, path, runtime, .. } = self;
        let ran = runtime.block_on(async {
            let bench = bench.insert(Bench::open(path, config).await?);
            bench.run(profile).await
        });
        ran.expect("the profile ran");
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.bench = None;
        if self.config.mode == Mode::Mvcc {
            drain_epoch_garbage();
        }
    }
}

/// In memory where that is possible: a disk's time would be noise in every column.
fn folder() -> std::io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
}
