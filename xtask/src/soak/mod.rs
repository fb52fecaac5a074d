//! `soak`: proof that exact limits are exact.
//!
//! The tests are built once; then their executables run again and again, without cargo, which would
//! take most of the time. Tests may fail, as those of the fixtures do: they write their measurements
//! all the same. To pin the runs to a core, run it under `taskset`.

mod series;
mod table;

use std::process::Command;

use anyhow::{Context as _, bail};
use cargo_tripline::{
    Binary, CargoArgs, Filter, Load, Project, SelectedSuite, Selection, Status, Step, fresh_id,
    measurement, print, run,
};
use clap::Args;

use crate::soak::series::Series;
use tripline_budget::protocol::variables;

/// The arguments of `soak`.
#[derive(Args, Debug)]
pub(crate) struct SoakArgs {
    /// Runs only workloads whose `suite::path` contains this.
    #[arg(value_name = "FILTER")]
    filter: Option<String>,

    /// Runs of each workload.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    runs: u32,

    /// Keeps every core busy during the runs.
    #[arg(long)]
    under_load: bool,

    #[command(flatten)]
    cargo: CargoArgs,
}

/// Runs the workloads and prints the figures. Fails if the figure of an exact limit moved.
pub(crate) fn soak(args: &SoakArgs) -> anyhow::Result<Status> {
    let project = Project::load(&args.cargo)?;
    let _lock = project.lock()?;
    let binaries = project.build()?;
    let suites = project.suites()?;
    let selection = Selection::new(&project, &suites, &Filter::new(args.filter.as_deref()));
    let load = args.under_load.then(Load::begin);
    let mut all = Vec::new();
    for selected in &selection.suites {
        all.extend(soak_suite(&project, &binaries, selected, args.runs)?);
    }
    drop(load);
    if all.iter().all(|series| series.measured() == 0) {
        bail!("no workload that matches was measured");
    }
    print(&table::table(&all));
    Ok(all.iter().map(Series::status).max().unwrap_or(Status::Unknown))
}

fn soak_suite(
    project: &Project,
    binaries: &[Binary],
    selected: &SelectedSuite<'_>,
    runs: u32,
) -> anyhow::Result<Vec<Series>> {
    let (home, suite) = (selected.home, selected.home.suite);
    let workloads = &selected.workloads;
    if workloads.is_empty() {
        return Ok(Vec::new());
    }
    let binary = binaries.iter().find(|binary| binary.holds(suite));
    let binary =
        binary.with_context(|| format!("no test binary holds the suite {}", suite.suite))?;
    let mut all: Vec<Series> =
        workloads.iter().map(|workload| Series::new(home, &workload.workload)).collect();
    let _step = Step::begin(format!("soaking {} ({runs} runs)", suite.suite));
    for _ in 0..runs {
        let id = fresh_id();
        let mut command = Command::new(&binary.executable);
        command.current_dir(&binary.folder).env("CARGO_MANIFEST_DIR", &binary.folder);
        command
            .env(variables::RUN, &id)
            .env("INSTA_UPDATE", "no")
            .args(["--exact", "--include-ignored"]);
        command.args(workloads.iter().map(|workload| &workload.test));
        run(&mut command)?;
        for (series, workload) in all.iter_mut().zip(workloads) {
            series.push(measurement(project.folders(), &suite.suite, &workload.workload, &id)?);
        }
    }
    Ok(all)
}
