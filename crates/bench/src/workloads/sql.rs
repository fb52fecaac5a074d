//! Workloads of a SQL engine under the profiles of `workload-sql`. They run on a current-thread runtime, so every
//! figure is exact.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use workload_sql::{Bench, Config, Load, Mode, TempStore, drain_epoch_garbage, profiles};

use super::Workload;
use super::insert::Inserting;

const CONNECTIONS: usize = 4;
const TRANSACTION: u64 = 50;

/// Rows that an inserting workload writes.
pub const INSERTS: u64 = 2_000;
/// Statements that another workload runs.
pub const STATEMENTS: u64 = 2_000;
/// Rows that are there before these statements.
const SEEDED: u64 = 1_000;

/// Opens a database and inserts every row.
pub fn wal_insert() -> Workload {
    warm_up("insert-heavy");
    region("wal_insert", Mode::Wal, "insert-heavy", INSERTS)
}

/// Does the same under MVCC. The warm-up still runs under WAL. Under MVCC the epoch collector would free blocks from
/// before the region within it, and counters cannot tell those from the region's own.
pub fn mvcc_insert() -> Workload {
    warm_up("insert-heavy");
    region("mvcc_insert", Mode::Mvcc, "insert-heavy", INSERTS)
}

/// Opens a database, seeds it, then repeats nine reads by primary key and an insert.
pub fn wal_read() -> Workload {
    warm_up("read-heavy");
    region("wal_read", Mode::Wal, "read-heavy", STATEMENTS)
}

/// Does the same with as many inserts as reads.
pub fn wal_mixed() -> Workload {
    warm_up("mixed");
    region("wal_mixed", Mode::Wal, "mixed", STATEMENTS)
}

/// Makes a region of everything from opening on, so that it frees nothing from before it.
fn region(name: &'static str, mode: Mode, profile: &str, statements: u64) -> Workload {
    let mut engine = Engine::new(mode, profile, load(statements));
    Workload::new(name, move || engine.run())
}

/// Runs a profile once, so that thread-locals and the engine's registries are allocated before the region.
fn warm_up(profile: &str) {
    Engine::new(Mode::Wal, profile, load(CONNECTIONS as u64 * TRANSACTION)).run();
}

fn load(statements: u64) -> Load {
    let transactions = statements / (CONNECTIONS as u64 * TRANSACTION);
    Load::new(transactions, TRANSACTION).seed_rows(SEEDED)
}

/// A database and the profile to run on it. Fields are dropped in this order.
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

/// Creates a folder in memory where that is possible: a disk's time would be noise in every figure.
fn folder() -> std::io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
}
