//! Times `memory-benchmark --heap off` beside the engine alone.
//!
//! ```text
//! cargo bench --workspace --bench overhead --profile dev
//! ```
//!
//! Two commands do the same work by turns: `memory-benchmark`, and this executable with the
//! engine alone (the same statements straight to it, the system's allocator, no readings
//! and no bar). The whole life of each process counts. A round runs each twice, in
//! the order A B B A, so that a machine that becomes slower slows both. The figure is the
//! median of the rounds' ratios. Single runs of one command may lie 60 % apart.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use turso::{Builder, Connection, Value};

const ROUNDS: usize = 25;

/// The size of a run without flags.
const ITERATIONS: i64 = 1_000;
const BATCH_SIZE: i64 = 100;

/// The folder for databases, where there is one. On a disk, two thirds of the time are the disk's.
const NO_DISK: &str = "/dev/shm";

/// The most that the ratio may exceed 1, in percent.
const ALLOWED: f64 = 5.0;

fn main() {
    let args: Vec<_> = std::env::args().collect();
    match args.get(1).map(String::as_str) {
        Some("--engine-alone") => engine_alone(),
        Some("--bench") => compare(),
        // `cargo test --all-targets` comes here; timing is no test.
        _ => println!("run with: cargo bench --workspace --bench overhead --profile dev"),
    }
}

fn compare() {
    let (mut alone, mut measured, mut added) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let first = seconds(alone_command());
        let between = seconds(measured_command()) + seconds(measured_command());
        let outside = first + seconds(alone_command());
        alone.push(outside / 2.0);
        measured.push(between / 2.0);
        added.push(100.0 * (between / outside - 1.0));
    }
    let percent = quantile(&mut added, 0.5);
    let (low, high) = (quantile(&mut added, 0.25), quantile(&mut added, 0.75));
    println!("{} rows, 1 connection, median of {ROUNDS} rounds", ITERATIONS * BATCH_SIZE);
    println!("  engine alone                {:>8.1} ms", 1e3 * quantile(&mut alone, 0.5));
    println!("  memory-benchmark --heap off {:>8.1} ms", 1e3 * quantile(&mut measured, 0.5));
    println!(
        "  added                       {percent:>8.1} %   (half of the rounds: {low:.1} to {high:.1} %; allowed: {ALLOWED} %)"
    );
    assert!(percent <= ALLOWED, "measuring adds too much");
}

fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * part).round() as usize]
}

fn alone_command() -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this executable has a path"));
    command.arg("--engine-alone");
    command
}

fn measured_command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_memory-benchmark"));
    command.args(["--heap", "off", "--format", "csv"]);
    command.args(["-i", &ITERATIONS.to_string(), "-b", &BATCH_SIZE.to_string()]);
    command
}

fn seconds(mut command: Command) -> f64 {
    if Path::new(NO_DISK).is_dir() {
        command.env("TMPDIR", NO_DISK);
    }
    let started = Instant::now();
    let status = command.stdout(Stdio::null()).status().expect("the command can be run");
    assert!(status.success(), "{command:?} failed");
    started.elapsed().as_secs_f64()
}

/// Runs the same work on the engine as `memory-benchmark`, and nothing else.
fn engine_alone() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("bench.db");
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).build().expect("a runtime can be built");
    let path = path.to_str().expect("temporary folders have plain names");
    runtime.block_on(insert_all(path)).expect("the engine does its work");
}

async fn insert_all(path: &str) -> turso::Result<()> {
    let database = Builder::new_local(path).build().await?;
    let set_up = database.connect()?;
    set_up.pragma_update("journal_mode", "'wal'").await?;
    let table = "CREATE TABLE bench (id INTEGER PRIMARY KEY, data TEXT NOT NULL, value REAL)";
    set_up.execute(table, ()).await?;
    for iteration in 0..ITERATIONS {
        let connection = database.connect()?;
        connection.busy_timeout(Duration::from_secs(30))?;
        let first = iteration * BATCH_SIZE;
        let task = tokio::spawn(async move { insert(&connection, first).await });
        task.await.expect("the task ends")?;
    }
    Ok(())
}

async fn insert(connection: &Connection, first: i64) -> turso::Result<()> {
    connection.execute("BEGIN", ()).await?;
    for id in first..first + BATCH_SIZE {
        let text = "INSERT INTO bench (id, data, value) VALUES (?, ?, ?)";
        let mut statement = connection.prepare(text).await?;
        let data = Value::Text(format!("data_{id}"));
        statement.execute(vec![Value::Integer(id), data, Value::Real(id as f64 * 1.1)]).await?;
    }
    connection.execute("COMMIT", ()).await?;
    Ok(())
}
