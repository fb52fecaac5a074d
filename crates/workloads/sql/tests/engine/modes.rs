//! The journal modes and the settings take effect.

use std::time::Duration;

use turso::Value;
use workload_sql::profiles::insert_heavy::InsertHeavy;
use workload_sql::{Bench, Config, Error, Files, Mode, TempStore};

use crate::run::{CONNECTIONS, LOAD, folder, on_one_thread, tally};

#[test]
fn settings_reach_the_engine() {
    let folder = folder();
    let config = Config {
        cache_size: Some(300),
        temp_store: TempStore::Memory,
        ..Config::new(Mode::Mvcc, 1)
    };
    let read = on_one_thread(async {
        let bench = Bench::open(&folder.path().join("bench.db"), &config).await?;
        let connection = bench.connect().await?;
        let mut read = Vec::new();
        for pragma in ["cache_size", "temp_store", "journal_mode"] {
            let engine = |source| Error::Engine { doing: pragma, source };
            let pragma = format!("PRAGMA {pragma}");
            let mut rows = connection.query(pragma, ()).await.map_err(engine)?;
            let row = rows.next().await.map_err(engine)?.expect("a pragma has a row");
            read.push(row.get_value(0).map_err(engine)?);
        }
        Ok::<_, Error>(read)
    });
    let expected = [Value::Integer(300), Value::Integer(2), Value::Text("mvcc".to_owned())];
    assert_eq!(read.expect("it opens"), expected);
}

#[test]
fn rows_are_there_when_the_database_is_opened_again() {
    for mode in Mode::ALL {
        let folder = folder();
        let path = folder.path().join("bench.db");
        let config = Config::new(mode, CONNECTIONS);
        let written = on_one_thread(tally(&path, &config, &mut InsertHeavy::new(LOAD)));
        let stored = on_one_thread(async {
            let bench = Bench::open(&path, &config).await?;
            bench.stored_rows().await
        });
        let written = written.expect("it runs").rows_written;
        assert_eq!(stored.expect("it opens again"), written, "{mode}");
        let log = Files::len(&Files::of(&path).log).expect("its size can be read");
        assert_eq!(log.is_some(), mode == Mode::Mvcc);
    }
}

#[test]
fn a_second_writer_is_refused_under_wal_and_welcome_under_mvcc() {
    for (mode, begin) in [(Mode::Wal, "BEGIN"), (Mode::Mvcc, "BEGIN CONCURRENT")] {
        let folder = folder();
        let outcome = on_one_thread(async {
            let mut bench =
                Bench::open(&folder.path().join("bench.db"), &Config::new(mode, 2)).await?;
            bench.set_up(&mut InsertHeavy::new(LOAD)).await?;
            let (one, other) = (bench.connect().await?, bench.connect().await?);
            let engine = |source| Error::Engine { doing: "write twice", source };
            other.busy_timeout(Duration::ZERO).map_err(engine)?;
            for (connection, id) in [(&one, 1), (&other, 2)] {
                connection.execute(begin, ()).await.map_err(engine)?;
                let insert = format!("INSERT INTO bench VALUES ({id}, 'data', 0.0)");
                connection.execute(insert, ()).await.map_err(engine)?;
            }
            Ok::<_, Error>(())
        });
        match mode {
            Mode::Wal => assert!(
                matches!(outcome, Err(Error::Engine { source: turso::Error::Busy(_), .. })),
                "{outcome:?}"
            ),
            Mode::Mvcc => outcome.expect("both may write"),
        }
    }
}
