//! `check`: measures, and shows each limit that does not hold; with `--base`, each limit that was relaxed.

mod base;

use clap::Args;
use tripline_budget::{Engine, SuiteDescription};

use crate::filter::Filter;
use crate::findings::orphans::SuitesKnownFrom;
use crate::findings::{RepeatedOptions, orphans, suite_findings};
use crate::measuring::{MeasureOptions, measure};
use crate::outcome::Status;
use crate::output::{Step, Tool};
use crate::reports::ReportArgs;
use crate::workspace::{CargoArgs, Project, Selection, names};

/// The workloads to check, and the engine.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// A part of `suite::path`; `suite::sizes` stands for the suite's types.
    ///
    /// An ignored workload runs only if this is its whole name.
    #[arg(value_name = "FILTER")]
    filter: Option<String>,

    /// Compares files only: fails if a limit was relaxed without a reason since REV and HEAD parted.
    ///
    /// Every limit that was raised, widened, removed or renamed needs a new reason: on its own line, or
    /// if it is gone, under `[reasons]` (in budgets/tripline.toml for a whole file). Nothing is built or
    /// measured.
    #[arg(long, value_name = "REV", conflicts_with_all = ["all", "strict", "json", "github", "markdown", "junit", "csv", "html"])]
    base: Option<String>,

    /// Measures with ENGINE, whatever the budgets say: `dhat` names call sites, `count` takes next to no time.
    ///
    /// If the counters see a breach, dhat measures again, to name the sites that grew.
    #[arg(long, value_name = "ENGINE", value_parser = engine, conflicts_with = "base")]
    engine: Option<Engine>,

    #[command(flatten)]
    report: ReportArgs,

    #[command(flatten)]
    cargo: CargoArgs,
}

fn engine(name: &str) -> Result<Engine, String> {
    Engine::named(name).ok_or_else(|| "it is `dhat` or `count`".to_owned())
}

/// Runs the suites and prints the report.
pub(crate) fn check(args: &CheckArgs, tool: Tool) -> anyhow::Result<Status> {
    args.report.probe()?;
    let project = Project::load(&args.cargo)?;
    let filter = Filter::new(args.filter.as_deref());
    if let Some(rev) = &args.base {
        return base::check(&project, rev, &filter);
    }
    let _lock = project.lock()?;
    let suites = project.suites()?;
    let selection = Selection::new(&project, &suites, &filter);
    let orphans = orphans::find(&project, &suites, &filter, SuitesKnownFrom::Build, tool);
    if selection.suites.is_empty() && orphans.is_empty() {
        return Err(filter.matches_nothing(&all_names(&project, &suites, tool)));
    }
    let options = MeasureOptions { engine: args.engine, ..MeasureOptions::default() };
    let mut groups = Vec::new();
    for (index, selected) in selection.suites.iter().enumerate() {
        let of = format!("{} of {}", index + 1, selection.suites.len());
        let step = Step::begin(format!("measuring {} ({of})", selected.home.suite.suite));
        let measured = measure(&project, selected.home, &selected.workloads, options)?;
        drop(step);
        groups.extend(suite_findings(selected, measured, tool));
    }
    groups.extend(orphans);
    let options = RepeatedOptions { cargo: args.cargo.typed(), ..RepeatedOptions::default() };
    groups.iter_mut().for_each(|group| group.repeat(&options));
    let suites = selection.suites.iter().map(|selected| selected.home.suite);
    args.report.write(&project, suites, groups)
}

fn all_names(project: &Project, suites: &[SuiteDescription], tool: Tool) -> Vec<String> {
    let mut names = names(project, suites);
    let orphans = orphans::find(project, suites, &Filter::default(), SuitesKnownFrom::Build, tool);
    names.extend(orphans.into_iter().map(|orphan| orphan.name));
    names
}
