//! Every profile does its stated work.

use std::path::PathBuf;

use workload_sql::profiles::{self, mixed::Mixed, scan_heavy::ScanHeavy};
use workload_sql::{Bench, Config, Error, Lifetime, Mode, Tally};

use crate::run::{CONNECTIONS, LOAD, folder, on_one_thread, on_threads, tally};

/// Returns the rows that each profile writes and reads under [`LOAD`]: 4 connections × 3 × 20 statements.
fn expected(name: &str) -> (u64, Option<u64>) {
    match name {
        "insert-heavy" => (240, Some(0)),
        "read-heavy" => (150 + 24, Some(216)),
        "mixed" => (150 + 120, Some(120)),
        "scan-heavy" => (150, None),
        other => panic!("say what {other} does"),
    }
}

#[test]
fn every_profile_does_its_work_in_every_mode_on_every_runtime() {
    for profile in profiles::all() {
        for mode in Mode::ALL {
            for lifetime in [Lifetime::Batch, Lifetime::Bench] {
                let config = Config { lifetime, ..Config::new(mode, CONNECTIONS) };
                let run = |path: PathBuf| {
                    let (config, mut profile) = (config.clone(), (profile.new)(LOAD));
                    async move { tally(&path, &config, &mut *profile).await }
                };
                let (one, many) = (folder(), folder());
                let single = on_one_thread(run(one.path().join("bench.db"))).expect(profile.name);
                let threads = on_threads(run(many.path().join("bench.db"))).expect(profile.name);
                let (written, read) = expected(profile.name);
                assert_eq!(single.rows_written, written, "{}", profile.name);
                assert_eq!(single.rows_read, read.unwrap_or(single.rows_read), "{}", profile.name);
                assert_eq!(single.retries, 0, "{}", profile.name);
                assert_eq!(Tally { retries: 0, ..threads }, single, "{}", profile.name);
            }
        }
    }
}

#[test]
fn scans_find_at_least_the_row_they_look_for() {
    let folder = folder();
    let config = Config::new(Mode::Wal, 1);
    let mut profile = ScanHeavy::new(LOAD);
    let done = on_one_thread(tally(&folder.path().join("bench.db"), &config, &mut profile));
    let done = done.expect("the scans match what they must");
    assert!(done.rows_read > LOAD.statements(1), "{done:?}");
}

#[test]
fn set_up_stops_before_the_run() {
    let folder = folder();
    let done = on_one_thread(async {
        let mut profile = Mixed::new(LOAD);
        let config = Config::new(Mode::Wal, CONNECTIONS);
        let mut bench = Bench::open(&folder.path().join("bench.db"), &config).await?;
        bench.set_up(&mut profile).await?;
        let seeded = bench.tally();
        bench.run(&mut profile).await?;
        bench.verify().await?;
        Ok::<_, Error>((seeded, bench.tally()))
    });
    let (seeded, all) = done.expect("it runs");
    assert_eq!((seeded.rows_written, seeded.rows_read), (150, 0));
    assert_eq!((all.rows_written, all.rows_read), (270, 120));
}
