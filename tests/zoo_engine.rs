//! Regressions of a few blocks inside the profile of a SQL engine; see the fixture `zoo`.

use tripline::Probe;
use turso::{Builder, Connection, Value};

tripline::suite!();

const ROWS: i64 = 150;

/// Returns `true` if the regression is to be run.
fn regressed() -> bool {
    std::env::var_os("ZOO").is_some_and(|state| state == "regressed")
}

async fn engine(folder: &std::path::Path) -> turso::Result<Connection> {
    let path = folder.join("zoo.db");
    let database = Builder::new_local(path.to_str().unwrap_or_default()).build().await?;
    let connection = database.connect()?;
    connection.execute("PRAGMA temp_store = 'memory'", ()).await?;
    connection.execute("CREATE TABLE zoo (id INTEGER PRIMARY KEY, data TEXT)", ()).await?;
    Ok(connection)
}

async fn fill(connection: &Connection, regressed: bool) -> turso::Result<()> {
    for id in 0..ROWS {
        let values = vec![Value::Integer(id), Value::Text(payload(id, regressed))];
        connection.execute("INSERT INTO zoo (id, data) VALUES (?, ?)", values).await?;
    }
    Ok(())
}

#[inline(never)]
fn payload(id: i64, regressed: bool) -> String {
    let text = format!("row {id}");
    if regressed { text.as_str().to_uppercase().to_lowercase() } else { text }
}

#[inline(never)]
fn keep(texts: &mut Vec<Value>, value: Value, regressed: bool) {
    if regressed {
        texts.push(value);
    }
}

/// Reads the rows. A reader that keeps none does not care how often they are read.
async fn read(connection: &Connection, regressed: bool) -> turso::Result<Vec<Value>> {
    let mut texts = Vec::new();
    let mut rows = connection.query("SELECT data FROM zoo", ()).await?;
    while let Some(row) = rows.next().await? {
        keep(&mut texts, row.get_value(0)?, regressed);
    }
    Ok(texts)
}

/// Measures `workload` on a fresh database. Its result is live.
async fn measure<T>(
    probe: &Probe,
    workload: impl AsyncFnOnce(&Connection, bool) -> turso::Result<T>,
) -> anyhow::Result<()> {
    // It runs once unmeasured, so that one-time allocations of the process are no workload's.
    let warm_up = tempfile::tempdir()?;
    let connection = engine(warm_up.path()).await?;
    fill(&connection, false).await?;
    read(&connection, false).await?;
    drop(connection);

    let (folder, regressed) = (tempfile::tempdir()?, regressed());
    let kept = probe
        .measure_async(async || {
            let connection = engine(folder.path()).await?;
            let kept = workload(&connection, regressed).await?;
            turso::Result::Ok((connection, kept))
        })
        .await?;
    drop(kept);
    Ok(())
}

#[tripline::test]
async fn more_for_each_row(probe: &Probe) -> anyhow::Result<()> {
    measure(probe, fill).await
}

#[tripline::test]
async fn rows_that_are_kept(probe: &Probe) -> anyhow::Result<()> {
    let workload = async |connection: &Connection, regressed| {
        fill(connection, false).await?;
        read(connection, regressed).await
    };
    measure(probe, workload).await
}

#[tripline::test]
async fn a_log_line_for_each_row(probe: &Probe) -> anyhow::Result<()> {
    let workload = async |connection: &Connection, regressed| {
        fill(connection, false).await?;
        (0..ROWS).for_each(|id| log(id, regressed));
        turso::Result::Ok(())
    };
    measure(probe, workload).await
}

fn log(id: i64, regressed: bool) {
    if regressed {
        std::hint::black_box(format!("wrote {id}"));
    }
}
