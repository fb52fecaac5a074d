//! `bench meter`: the time that tripline adds to a workload.
//!
//! Deliberately absent: a limit. The figure depends on the machine. The goal is 5 ms at the median, for a
//! person to judge.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use cargo_tripline::{Binary, CargoArgs, Project, Status, print, run};

use crate::bench::rounds::milliseconds;
use crate::workspace;

const RUNS: usize = 50;

/// Runs both in turn and prints the medians.
pub(super) fn meter() -> anyhow::Result<Status> {
    let root = workspace::root()?;
    let project = Project::load(&CargoArgs {
        manifest_path: Some(root.join("tests/fixtures/Cargo.toml")),
        target_dir: Some(root.join("target")),
        ..CargoArgs::default()
    })?;
    let binaries = project.build()?;
    let probes = binaries.iter().find(|binary| binary.is_test("probes"));
    let probes = probes.context("the fixtures have no test `probes`")?;
    let (mut plain, mut measured) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        plain.push(time(probes, "measure::plain")?);
        measured.push(time(probes, "measure::once")?);
    }
    let (plain, measured) = (median(plain), median(measured));
    print(&format!(
        "median of {RUNS} runs of a test binary, in turn\n  \
         an empty test        {:5.2} ms\n  \
         an empty workload    {:5.2} ms\n  \
         the difference       {:5.2} ms\n",
        milliseconds(plain),
        milliseconds(measured),
        milliseconds(measured.saturating_sub(plain)),
    ));
    Ok(Status::Holds)
}

fn time(binary: &Binary, test: &str) -> anyhow::Result<Duration> {
    let mut command = Command::new(&binary.executable);
    command.current_dir(&binary.folder).env("CARGO_MANIFEST_DIR", &binary.folder);
    command.args(["--exact", test]);
    let start = Instant::now();
    let finished = run(&mut command)?;
    let elapsed = start.elapsed();
    anyhow::ensure!(finished.success, "{test} failed\n\n{}", finished.stdout);
    Ok(elapsed)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
