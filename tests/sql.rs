//! Heap budgets of a SQL engine, turso, under its two journal modes.
//!
//! Each workload states its region. Every one first runs unmeasured, in a folder of its own, so
//! that one-time allocations of the process (thread-locals, the engine's registries) do not count. On a
//! current-thread runtime every figure is exact under both modes.
//!
//! Temporary databases are kept in memory. On disk, the engine's default, each connection that begins a
//! concurrent transaction leaves 456 B in a registry for ever, unless the file system reuses an inode
//! number: the figures would be the file system's.

use std::path::Path;

use anyhow::Context;
use tempfile::TempDir;
use tripline::Probe;
use workload_sql::{
    Bench, Config, Load, Mode, Profile, TempStore, drain_epoch_garbage, profiles, warm_up_locks,
};

tripline::suite!();

tripline::sizes! {
    turso::Builder,
    turso::Column,
    turso::Connection,
    turso::Database,
    turso::Error,
    turso::Row,
    turso::Rows,
    turso::Statement,
    turso::Value <= 64,
}

const CONNECTIONS: usize = 4;

/// Returns 4 000 statements: 20 transactions of 50 on each of 4 connections.
fn full() -> Load {
    Load::new(20, 50)
}

/// Returns 40 statements: the same code, quick enough to run by the hundred.
fn small() -> Load {
    Load::new(1, 10)
}

/// Returns 1 000 statements on 10 000 seeded rows.
fn seeded() -> Load {
    Load::new(5, 50)
}

/// Returns the same on 1 000 rows, where the seeding is measured too.
fn lightly_seeded() -> Load {
    seeded().seed_rows(1_000)
}

/// Returns 20 scans of 2 000 rows.
fn scans() -> Load {
    Load::new(1, 5).seed_rows(2_000)
}

fn config(mode: Mode) -> Config {
    Config { temp_store: TempStore::Memory, ..Config::new(mode, CONNECTIONS) }
}

fn profile(name: &str, load: Load) -> anyhow::Result<Box<dyn Profile>> {
    profiles::by_name(name, load).with_context(|| format!("no profile `{name}`"))
}

/// Creates a folder for one database, and returns the database's path in it.
fn database() -> std::io::Result<(TempDir, std::path::PathBuf)> {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("bench.db");
    Ok((dir, path))
}

/// Frees MVCC's garbage in the epoch collector before leaks are read. Garbage from before the
/// region is freed now, so that none of it is freed in the region.
fn settle(probe: &Probe, mode: Mode) {
    if mode == Mode::Mvcc {
        drain_epoch_garbage();
        probe.settle(drain_epoch_garbage);
    }
}

/// Opens a database and runs a profile on it from its first statement to its last. It stays open.
async fn run(
    path: &Path,
    config: &Config,
    profile: &mut dyn Profile,
) -> workload_sql::Result<Bench> {
    let mut bench = Bench::open(path, config).await?;
    bench.run(profile).await?;
    Ok(bench)
}

/// Measures opening the database and inserting every row. The database and its connections stay open.
async fn inserts(probe: &Probe, mode: Mode, load: Load) -> anyhow::Result<()> {
    let config = config(mode);
    let (_warm_up, path) = database()?;
    drop(run(&path, &config, &mut *profile("insert-heavy", load)?).await?);

    let (dir, path) = database()?;
    let mut profile = profile("insert-heavy", load)?;
    probe.entities("row", load.statements(CONNECTIONS));
    probe.disk("database", dir.path());
    settle(probe, mode);
    let bench = probe.measure_async(async || run(&path, &config, &mut *profile).await).await?;
    bench.verify().await?;
    assert_eq!(bench.tally().rows_written, load.statements(CONNECTIONS));
    Ok(())
}

/// Measures a profile's statements, on a database that was opened and seeded before.
async fn after_seeding(probe: &Probe, mode: Mode, name: &str, load: Load) -> anyhow::Result<()> {
    let config = config(mode);
    let (_warm_up, path) = database()?;
    drop(run(&path, &config, &mut *profile(name, load)?).await?);

    let (dir, path) = database()?;
    let mut profile = profile(name, load)?;
    let mut bench = Bench::open(&path, &config).await?;
    bench.set_up(&mut *profile).await?;
    let seeded = bench.tally().statements;
    probe.entities("statement", load.statements(CONNECTIONS));
    probe.disk("database", dir.path());
    settle(probe, mode);
    probe.measure_async(async || bench.run(&mut *profile).await).await?;
    bench.verify().await?;
    assert_eq!(bench.tally().statements - seeded, load.statements(CONNECTIONS));
    Ok(())
}

#[tripline::test(flavor = "current_thread")]
async fn wal_insert_heavy(probe: &Probe) -> anyhow::Result<()> {
    inserts(probe, Mode::Wal, full()).await
}

#[tripline::test(flavor = "current_thread")]
async fn mvcc_insert_heavy(probe: &Probe) -> anyhow::Result<()> {
    inserts(probe, Mode::Mvcc, full()).await
}

#[tripline::test(flavor = "current_thread")]
async fn wal_read_heavy(probe: &Probe) -> anyhow::Result<()> {
    after_seeding(probe, Mode::Wal, "read-heavy", seeded()).await
}

#[tripline::test(flavor = "current_thread")]
async fn mvcc_read_heavy(probe: &Probe) -> anyhow::Result<()> {
    after_seeding(probe, Mode::Mvcc, "read-heavy", seeded()).await
}

#[tripline::test(flavor = "current_thread")]
async fn wal_mixed(probe: &Probe) -> anyhow::Result<()> {
    after_seeding(probe, Mode::Wal, "mixed", seeded()).await
}

#[tripline::test(flavor = "current_thread")]
async fn mvcc_mixed(probe: &Probe) -> anyhow::Result<()> {
    after_seeding(probe, Mode::Mvcc, "mixed", seeded()).await
}

#[tripline::test(flavor = "current_thread")]
async fn wal_scan_heavy(probe: &Probe) -> anyhow::Result<()> {
    after_seeding(probe, Mode::Wal, "scan-heavy", scans()).await
}

#[tripline::test(flavor = "current_thread")]
async fn mvcc_scan_heavy(probe: &Probe) -> anyhow::Result<()> {
    after_seeding(probe, Mode::Mvcc, "scan-heavy", scans()).await
}

/// Bands: the scheduler chooses which connection waits for which, and under WAL must begin again.
mod multi_thread {
    use super::*;

    /// More threads than the runtime's two workers and the test's own.
    const THREADS: usize = 8;

    #[tripline::test(flavor = "multi_thread", worker_threads = 2)]
    async fn wal_insert_heavy(probe: &Probe) -> anyhow::Result<()> {
        warm_up_locks(THREADS);
        inserts(probe, Mode::Wal, full()).await
    }

    #[tripline::test(flavor = "multi_thread", worker_threads = 2)]
    async fn mvcc_insert_heavy(probe: &Probe) -> anyhow::Result<()> {
        warm_up_locks(THREADS);
        inserts(probe, Mode::Mvcc, full()).await
    }
}

/// Workloads that are small enough to run by the hundred; `cargo xtask soak --runs 200 sql::reduced`.
mod reduced {
    use super::*;

    #[tripline::test(flavor = "current_thread")]
    async fn wal_insert_heavy(probe: &Probe) -> anyhow::Result<()> {
        inserts(probe, Mode::Wal, small()).await
    }

    #[tripline::test(flavor = "current_thread")]
    async fn mvcc_insert_heavy(probe: &Probe) -> anyhow::Result<()> {
        inserts(probe, Mode::Mvcc, small()).await
    }
}

/// The cost of a row, apart from that of an open database.
mod growth {
    use super::*;

    const TRANSACTION: u64 = 50;

    /// Measures so many rows, in equally many transactions on each connection.
    async fn inserts(probe: &Probe, mode: Mode) -> anyhow::Result<()> {
        let rows = probe.scale([400, 800, 1_600]);
        let load = Load::new(rows / (CONNECTIONS as u64 * TRANSACTION), TRANSACTION);
        super::inserts(probe, mode, load).await
    }

    #[tripline::test(flavor = "current_thread")]
    async fn wal_inserts(probe: &Probe) -> anyhow::Result<()> {
        inserts(probe, Mode::Wal).await
    }

    #[tripline::test(flavor = "current_thread")]
    async fn mvcc_inserts(probe: &Probe) -> anyhow::Result<()> {
        inserts(probe, Mode::Mvcc).await
    }
}

/// Two connections that want the same thing. The loser must leave nothing behind.
mod contention {
    use std::time::Duration;

    use super::*;

    const INSERT: &str = "INSERT INTO bench (id, data, value) VALUES (1, 'loser', 0.0)";
    const UPDATE: &str = "UPDATE bench SET data = 'new' WHERE id = 0";

    /// Opens two connections that do not wait, on a database of one row, id 0.
    async fn rivals(path: &Path, mode: Mode) -> anyhow::Result<(Bench, [turso::Connection; 2])> {
        let config = Config { busy_timeout: Duration::ZERO, ..config(mode) };
        let mut profile = profile("read-heavy", Load::new(1, 1).seed_rows(1))?;
        let mut bench = Bench::open(path, &config).await?;
        bench.set_up(&mut *profile).await?;
        let pair = [bench.connect().await?, bench.connect().await?];
        Ok((bench, pair))
    }

    /// Both change row 0; the second is refused and the engine rolls it back.
    async fn write_conflict(
        [winner, loser]: &[turso::Connection; 2],
    ) -> anyhow::Result<turso::Error> {
        winner.execute("BEGIN CONCURRENT", ()).await?;
        loser.execute("BEGIN CONCURRENT", ()).await?;
        winner
            .execute("UPDATE bench SET data = 'won' WHERE id = (SELECT MIN(id) FROM bench)", ())
            .await?;
        let refused = loser
            .execute("UPDATE bench SET data = 'lost' WHERE id = (SELECT MIN(id) FROM bench)", ())
            .await;
        winner.execute("COMMIT", ()).await?;
        refused.err().context("both transactions changed one row")
    }

    #[tripline::test(flavor = "current_thread")]
    async fn mvcc_write_conflict(probe: &Probe) -> anyhow::Result<()> {
        let (_warm_up, path) = database()?;
        let (bench, pair) = rivals(&path, Mode::Mvcc).await?;
        write_conflict(&pair).await?;
        drop((bench, pair));

        let (_dir, path) = database()?;
        let (_bench, pair) = rivals(&path, Mode::Mvcc).await?;
        settle(probe, Mode::Mvcc);
        let refused = probe.measure_async(async || write_conflict(&pair).await).await?;
        assert!(refused.to_string().contains("conflict"), "{refused}");
        Ok(())
    }

    /// One holds the write lock. The other does not wait, and gets the error that the database is busy.
    async fn busy([writer, waiter]: &[turso::Connection; 2]) -> anyhow::Result<turso::Error> {
        writer.execute("BEGIN", ()).await?;
        writer.execute(UPDATE, ()).await?;
        let refused = waiter.execute(INSERT, ()).await;
        writer.execute("COMMIT", ()).await?;
        refused.err().context("two transactions wrote at once")
    }

    #[tripline::test(flavor = "current_thread")]
    async fn wal_busy_writer(probe: &Probe) -> anyhow::Result<()> {
        let (_warm_up, path) = database()?;
        let (bench, pair) = rivals(&path, Mode::Wal).await?;
        busy(&pair).await?;
        drop((bench, pair));

        let (_dir, path) = database()?;
        let (_bench, pair) = rivals(&path, Mode::Wal).await?;
        let refused = probe.measure_async(async || busy(&pair).await).await?;
        assert!(matches!(refused, turso::Error::Busy(_)), "{refused}");
        Ok(())
    }
}

/// Measures opening a database of 4 000 rows that another process might have written, and counting them.
#[tripline::test(flavor = "current_thread")]
async fn wal_reopen(probe: &Probe) -> anyhow::Result<()> {
    let config = config(Mode::Wal);
    let (dir, path) = database()?;
    drop(run(&path, &config, &mut *profile("insert-heavy", full())?).await?);
    Bench::open(&path, &config).await?.stored_rows().await?;

    probe.disk("database", dir.path());
    let reopen = async || -> workload_sql::Result<(Bench, u64)> {
        let bench = Bench::open(&path, &config).await?;
        let rows = bench.stored_rows().await?;
        Ok((bench, rows))
    };
    let (_bench, rows) = probe.measure_async(reopen).await?;
    assert_eq!(rows, full().statements(CONNECTIONS));
    Ok(())
}

/// Measures two phases, each with its own peak: opening and seeding, then reading and writing.
#[tripline::test(flavor = "current_thread")]
async fn wal_phases(probe: &Probe) -> anyhow::Result<()> {
    let config = config(Mode::Wal);
    let (_warm_up, path) = database()?;
    drop(run(&path, &config, &mut *profile("mixed", lightly_seeded())?).await?);

    let (_dir, path) = database()?;
    let mut profile = profile("mixed", lightly_seeded())?;
    let seed_and_run = async || -> workload_sql::Result<Bench> {
        probe.phase("seed");
        let mut bench = Bench::open(&path, &config).await?;
        bench.set_up(&mut *profile).await?;
        probe.phase("run");
        bench.run(&mut *profile).await?;
        Ok(bench)
    };
    let bench = probe.measure_async(seed_and_run).await?;
    bench.verify().await?;
    Ok(())
}
