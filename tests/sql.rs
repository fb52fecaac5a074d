//! Heap budgets of a SQL engine, turso, under its two journal modes.
//!
//! A budget counts from opening the database to the last commit, with the database and its connections
//! still open: what a row costs in all, at the peak, on disk, and while the database stays open. Every
//! workload first runs once unmeasured, so that what the process allocates once (thread-locals, the
//! engine's registries) is not the row's.
//!
//! Temporary databases are kept in memory. On disk, the engine's default, each connection that begins a
//! concurrent transaction leaves 456 B in a registry for ever, unless the file system reuses an inode
//! number: the figures would be the file system's.

use std::path::Path;

use tripline::Probe;
use workload_sql::profiles::insert_heavy::InsertHeavy;
use workload_sql::{Bench, Config, Load, Mode, TempStore, drain_epoch_garbage};

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

/// 4 000 rows: 20 transactions of 50 rows on each of 4 connections.
fn full() -> Load {
    Load::new(20, 50)
}

/// 40 rows: the same code, quick enough to run by the hundred.
fn small() -> Load {
    Load::new(1, 10)
}

/// The region: opens a database and fills it. It stays open.
async fn fill(path: &Path, config: &Config, load: Load) -> workload_sql::Result<Bench> {
    let mut bench = Bench::open(path, config).await?;
    bench.run(&mut InsertHeavy::new(load)).await?;
    Ok(bench)
}

async fn insert_heavy(probe: &Probe, mode: Mode, load: Load) -> anyhow::Result<()> {
    let config = Config { temp_store: TempStore::Memory, ..Config::new(mode, CONNECTIONS) };
    let warm_up = tempfile::tempdir()?;
    drop(fill(&warm_up.path().join("bench.db"), &config, load).await?);

    let rows = load.statements(CONNECTIONS);
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("bench.db");
    probe.entities("row", rows);
    probe.disk("database", dir.path());
    if mode == Mode::Mvcc {
        drain_epoch_garbage();
        probe.settle(drain_epoch_garbage);
    }
    let bench = probe.measure_async(async || fill(&path, &config, load).await).await?;
    bench.verify().await?;
    assert_eq!(bench.tally().rows_written, rows);
    Ok(())
}

#[tripline::test(flavor = "current_thread")]
async fn wal_insert_heavy(probe: &Probe) -> anyhow::Result<()> {
    insert_heavy(probe, Mode::Wal, full()).await
}

#[tripline::test(flavor = "current_thread")]
async fn mvcc_insert_heavy(probe: &Probe) -> anyhow::Result<()> {
    insert_heavy(probe, Mode::Mvcc, full()).await
}

mod reduced {
    use super::*;

    #[tripline::test(flavor = "current_thread")]
    async fn wal_insert_heavy(probe: &Probe) -> anyhow::Result<()> {
        insert_heavy(probe, Mode::Wal, small()).await
    }

    #[tripline::test(flavor = "current_thread")]
    async fn mvcc_insert_heavy(probe: &Probe) -> anyhow::Result<()> {
        insert_heavy(probe, Mode::Mvcc, small()).await
    }
}
