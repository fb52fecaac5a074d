//! Wrong work is an error, never a figure.

use workload_sql::profiles::insert_heavy::InsertHeavy;
use workload_sql::{Bench, Config, Effect, Error, Mode, Phase, Profile, Sql, WorkItem};

use crate::run::{LOAD, folder, on_one_thread};

/// A profile of the batches that a test gives.
#[derive(Debug)]
struct Given(Vec<(Phase, Vec<Vec<WorkItem>>)>);

impl Profile for Given {
    fn name(&self) -> &'static str {
        "given"
    }

    fn next_batch(&mut self, _: usize) -> (Phase, Vec<Vec<WorkItem>>) {
        if self.0.is_empty() { (Phase::Done, Vec::new()) } else { self.0.remove(0) }
    }
}

static ONE_ROW: Sql = Sql { text: "SELECT 1", bind: |_| Vec::new(), effect: Effect::Reads };
static WRONG: Sql = Sql { text: "SELECT * FROM none", bind: |_| Vec::new(), effect: Effect::Reads };

const MARK: (Phase, Vec<Vec<WorkItem>>) = (Phase::Run, Vec::new());

fn refusal(batches: Vec<(Phase, Vec<Vec<WorkItem>>)>) -> Error {
    let folder = folder();
    let config = Config::new(Mode::Wal, 1);
    let path = folder.path().join("bench.db");
    let run = async {
        let mut bench = Bench::open(&path, &config).await?;
        bench.run(&mut Given(batches)).await
    };
    on_one_thread(run).expect_err("it must be refused")
}

fn item(sql: &'static Sql, rows: u64) -> Vec<WorkItem> {
    vec![WorkItem { sql, key: 5, rows }]
}

#[test]
fn a_statement_that_touches_other_rows_than_promised_is_an_error() {
    let error = refusal(vec![MARK, (Phase::Run, vec![item(&ONE_ROW, 2)])]);
    assert_eq!(error.to_string(), "`SELECT 1` with key 5 must touch 2 rows, but touched 1");
}

#[test]
fn a_statement_that_fails_is_named() {
    let error = refusal(vec![(Phase::Setup, vec![item(&WRONG, 1)])]);
    assert_eq!(error.to_string(), "failed to run `SELECT * FROM none` with key 5");
    let source = std::error::Error::source(&error).expect("the engine said why");
    assert!(source.to_string().contains("none"), "{source}");
}

#[test]
fn a_run_that_is_not_marked_is_refused() {
    let error = refusal(vec![(Phase::Run, vec![item(&ONE_ROW, 1)])]);
    assert_eq!(
        error.to_string(),
        "profile given must mark the end of its set-up with an empty batch"
    );
}

#[test]
fn a_list_that_no_connection_would_run_is_refused() {
    let error = refusal(vec![MARK, (Phase::Run, vec![item(&ONE_ROW, 1), item(&ONE_ROW, 1)])]);
    assert_eq!(error.to_string(), "profile given made 2 transactions for 1 connections");
}

#[test]
fn no_connections_are_refused() {
    let folder = folder();
    let config = Config::new(Mode::Wal, 0);
    let opened = on_one_thread(Bench::open(&folder.path().join("bench.db"), &config));
    assert!(matches!(opened, Err(Error::NoConnections)));
}

#[test]
fn rows_that_the_bench_did_not_write_are_noticed() {
    let folder = folder();
    let verified = on_one_thread(async {
        let mut bench =
            Bench::open(&folder.path().join("bench.db"), &Config::new(Mode::Wal, 1)).await?;
        bench.set_up(&mut InsertHeavy::new(LOAD)).await?;
        let intruder = bench.connect().await?;
        let insert = intruder.execute("INSERT INTO bench VALUES (1, 'data', 0.0)", ()).await;
        insert.map_err(|source| Error::Engine { doing: "intrude", source })?;
        bench.verify().await
    });
    let error = verified.expect_err("a row too many");
    assert_eq!(error.to_string(), "the table must hold 0 rows, but holds 1");
}
