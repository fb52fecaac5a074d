//! `check`: every limit, what was measured, and whether it holds; with `--base`, what was relaxed.

mod base;
mod checked;
pub(crate) mod orphans;
mod outputs;
mod summary;
mod workload;

pub(crate) use workload::group;

use clap::Args;
use tripline_budget::protocol::files::SIZES;
use tripline_budget::{Engine, SuiteDescription};

use self::checked::{Checked, Measure};
use self::outputs::OutputArgs;
use self::summary::Summary;
use crate::cargo_args::CargoArgs;
use crate::filter::Filter;
use crate::measure::{Asked, Measured, measure};
use crate::progress::Step;
use crate::project::Project;
use crate::report::{Group, judged_types, skipped};
use crate::selection::{Selected, Selection, names};
use crate::status::Status;
use crate::tool::Tool;
use orphans::Described;

/// What to check.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// A part of `suite::path`; `suite::sizes` stands for the suite's types.
    ///
    /// An ignored workload runs only if this is its whole name.
    #[arg(value_name = "FILTER")]
    filter: Option<String>,

    /// Compares files only: what they relax since REV and HEAD parted, and whether a reason says why.
    ///
    /// Every limit that was raised, widened, removed or renamed needs a new reason: on its own line, or
    /// where it is gone, under `[reasons]` (in budgets/tripline.toml for a whole file). Nothing is built or
    /// measured.
    #[arg(long, value_name = "REV", conflicts_with_all = ["strict", "json", "github", "markdown", "junit", "csv", "html"])]
    base: Option<String>,

    /// Measures with ENGINE, whatever the budgets say: `dhat` names call sites, `count` takes next to no time.
    ///
    /// Where the counters see a breach dhat measures again, to name who grew.
    #[arg(long, value_name = "ENGINE", value_parser = engine, conflicts_with = "base")]
    engine: Option<Engine>,

    #[command(flatten)]
    telling: TellingArgs,

    #[command(flatten)]
    cargo: CargoArgs,
}

fn engine(name: &str) -> Result<Engine, String> {
    Engine::named(name).ok_or_else(|| "it is `dhat` or `count`".to_owned())
}

/// How what was found is told, and when it fails.
#[derive(Args, Clone, Debug)]
pub(crate) struct TellingArgs {
    /// Fails on loose limits, too: exit code 3 if nothing is worse.
    #[arg(long)]
    strict: bool,

    #[command(flatten)]
    outputs: OutputArgs,
}

/// Runs the suites and prints every limit.
pub(crate) fn check(args: &CheckArgs, tool: Tool) -> anyhow::Result<Status> {
    args.telling.probe()?;
    let project = Project::load(&args.cargo)?;
    let filter = Filter::new(args.filter.as_deref());
    if let Some(rev) = &args.base {
        return base::check(&project, rev, &filter);
    }
    let _lock = project.lock()?;
    let suites = project.suites()?;
    let selection = Selection::new(&project, &suites, &filter);
    let orphans = orphans::find(&project, &suites, &filter, Described::ByBuild);
    if selection.suites.is_empty() && orphans.is_empty() {
        return Err(filter.matches_nothing(&all_names(&project, &suites)));
    }
    let asked = Asked { engine: args.engine, ..Asked::default() };
    let mut groups = Vec::new();
    for (index, selected) in selection.suites.iter().enumerate() {
        let of = format!("{} of {}", index + 1, selection.suites.len());
        let step = Step::begin(format!("measuring {} ({of})", selected.home.suite.suite));
        let measured = measure(&project, selected.home, &selected.workloads, asked)?;
        drop(step);
        groups.extend(groups_of(selected, measured, tool));
    }
    groups.extend(orphans);
    let suites = selection.suites.iter().map(|selected| selected.home.suite);
    args.telling.tell(&project, suites, groups)
}

impl TellingArgs {
    /// Finds out, before anything is measured, whether it can be told.
    pub(crate) fn probe(&self) -> anyhow::Result<()> {
        self.outputs.probe()
    }

    pub(crate) fn is_json(&self) -> bool {
        self.outputs.is_json()
    }

    /// Tells every group and what they come to.
    pub(crate) fn tell<'a>(
        &self,
        project: &Project,
        suites: impl Iterator<Item = &'a SuiteDescription>,
        groups: Vec<Group>,
    ) -> anyhow::Result<Status> {
        let summary = Summary::of(&groups, self.strict);
        let checked = Checked { suites: suites.map(Measure::of).collect(), groups, summary };
        self.outputs.write(&checked, project)?;
        Ok(checked.summary.exit())
    }
}

/// All that there is to say of a suite; `measured` is in the order of its workloads.
pub(crate) fn groups_of(
    selected: &Selected<'_>,
    measured: Vec<Measured>,
    tool: Tool,
) -> Vec<Group> {
    let home = selected.home;
    let mut groups = Vec::new();
    for (registered, measured) in selected.workloads.iter().zip(measured) {
        groups.push(group(home, registered, measured, tool));
    }
    groups.extend(selected.skipped.iter().map(|ignored| skipped(home, ignored, tool)));
    if selected.types {
        groups.push(types(selected, tool));
    }
    groups
}

fn types(selected: &Selected<'_>, tool: Tool) -> Group {
    let home = selected.home;
    match home.load_sizes() {
        Ok(Some(sizes)) => judged_types(home, &sizes.applies, tool),
        Ok(None) => judged_types(home, &home.no_sizes(), tool),
        Err(problems) => Group::of(home, SIZES).say(Status::Unknown, problems),
    }
}

fn all_names(project: &Project, suites: &[SuiteDescription]) -> Vec<String> {
    let mut names = names(project, suites);
    let orphans = orphans::find(project, suites, &Filter::default(), Described::ByBuild);
    names.extend(orphans.into_iter().map(|orphan| orphan.name));
    names
}
