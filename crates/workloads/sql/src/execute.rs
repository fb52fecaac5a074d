//! Runs one transaction on one connection and checks every statement.

use std::time::{Duration, Instant};

use turso::Connection;

use crate::{Effect, Error, Result, Tally, WorkItem};

/// Runs `items` between `begin` and COMMIT.
///
/// Under WAL a transaction that has read is stale once another connection commits. It can
/// then no longer write, and waiting does not help. So it is run again until `patience` is
/// over, and counted. On a current-thread runtime this does not happen: there a
/// transaction gives way to another only when it waits.
pub(crate) async fn transaction(
    connection: &Connection,
    begin: &'static str,
    items: &[WorkItem],
    patience: Duration,
) -> Result<Tally> {
    let started = Instant::now();
    let mut retries = 0;
    loop {
        match attempt(connection, begin, items).await {
            Ok(tally) => return Ok(Tally { retries, ..tally }),
            Err(error) if error.is_stale() && started.elapsed() < patience => retries += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Runs the transaction once. After a failure it rolls back; else the other connections would
/// wait for a lock that nobody gives up. The rollback's own error is ignored: the
/// engine may have rolled back by itself.
async fn attempt(
    connection: &Connection,
    begin: &'static str,
    items: &[WorkItem],
) -> Result<Tally> {
    let outcome = committed(connection, begin, items).await;
    if outcome.is_err() {
        let _ = control(connection, "ROLLBACK").await;
    }
    outcome
}

async fn committed(
    connection: &Connection,
    begin: &'static str,
    items: &[WorkItem],
) -> Result<Tally> {
    control(connection, begin).await?;
    let mut tally = Tally::default();
    for item in items {
        tally += checked(connection, item).await?;
    }
    control(connection, "COMMIT").await?;
    Ok(tally)
}

async fn control(connection: &Connection, sql: &'static str) -> Result<()> {
    let done = connection.execute(sql, ()).await;
    done.map(drop).map_err(Error::engine(sql))
}

async fn checked(connection: &Connection, item: &WorkItem) -> Result<Tally> {
    let touched = run(connection, item).await;
    let actual =
        touched.map_err(|source| Error::Statement { sql: item.sql.text, key: item.key, source })?;
    if actual == item.rows {
        Ok(tally(item))
    } else {
        Err(Error::Rows { sql: item.sql.text, key: item.key, expected: item.rows, actual })
    }
}

/// Runs one item to its end and returns the rows that it changed or returned.
async fn run(connection: &Connection, item: &WorkItem) -> turso::Result<u64> {
    let mut statement = connection.prepare(item.sql.text).await?;
    let values = (item.sql.bind)(item.key);
    match item.sql.effect {
        Effect::Schema => statement.execute(values).await.map(|_| 0),
        Effect::Writes => statement.execute(values).await,
        Effect::Reads => {
            let mut rows = statement.query(values).await?;
            let mut count = 0;
            while rows.next().await?.is_some() {
                count += 1;
            }
            Ok(count)
        }
    }
}

fn tally(item: &WorkItem) -> Tally {
    let rows_if = |effect| {
        if item.sql.effect == effect { item.rows } else { 0 }
    };
    Tally {
        statements: 1,
        retries: 0,
        rows_written: rows_if(Effect::Writes),
        rows_read: rows_if(Effect::Reads),
    }
}
