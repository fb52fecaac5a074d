//! `merge`: gives one verdict on a measurement whose parts ran on several machines.
//!
//! It builds and measures nothing. It judges the published parts as `check` would, by the budgets of this checkout. A
//! workload that no part measured is as unknown as one that failed.

mod checkout;
mod output;

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use tripline_budget::WorkloadDescription;

use crate::filter::Filter;
use crate::findings::orphans::{self, SuitesKnownFrom};
use crate::findings::{BudgetFindings, RepeatedOptions, suite_findings};
use crate::measuring::{Sample, SampleResult, WithoutFigures, sample_of};
use crate::outcome::Status;
use crate::output::{Tool, counted, few, paint_error, print, print_to_stderr};
use crate::published::{
    MergedMeasurement, Shard, compared_by_now, shown_commit, snapshot_file, without_features,
};
use crate::reports::ReportArgs;
use crate::workspace::{CargoArgs, Project, SelectedSuite, Selection, SuiteHome};

/// The most shards that a note names.
const SHOWN_SHARDS: usize = 3;

/// The folders to merge.
#[derive(Args, Clone, Debug)]
pub struct MergeArgs {
    /// The folder that a shard published: its `<target>/tripline/latest`, or a folder that holds it.
    #[arg(value_name = "DIR", required = true)]
    shards: Vec<PathBuf>,

    /// Expects N shards: fails unless as many folders are given.
    #[arg(long, value_name = "N")]
    expect: Option<usize>,

    /// Also writes all that the shards published, profiles and pages included, as one folder.
    ///
    /// The folder must not exist yet.
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,

    #[command(flatten)]
    report: ReportArgs,

    /// The workspace's or package's Cargo.toml.
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<PathBuf>,
}

/// Judges the published measurements and prints the report.
pub(crate) fn merge(args: &MergeArgs, tool: Tool) -> anyhow::Result<Status> {
    args.refuse_another_number()?;
    args.report.probe()?;
    let given = CargoArgs { manifest_path: args.manifest_path.clone(), ..CargoArgs::default() };
    let project = Project::load(&CargoArgs { workspace: true, ..given.clone() })?;
    let published = MergedMeasurement::read(&project, &args.shards)?;
    if let Some(folder) = &args.output {
        output::write(&published.shards, folder)?;
    }
    let everything = Filter::default();
    let selection = Selection::new(&project, &published.suites, &everything);
    let selected: Vec<_> =
        selection.suites.into_iter().map(|selected| with_measured(selected, &published)).collect();
    let mut groups: Vec<_> =
        selected.iter().flat_map(|selected| judged(&project, selected, &published, tool)).collect();
    groups.extend(orphans::find(
        &project,
        &published.suites,
        &everything,
        SuitesKnownFrom::Shards,
        tool,
    ));
    let options = RepeatedOptions { cargo: given.typed(), ..RepeatedOptions::default() };
    groups.iter_mut().for_each(|group| group.repeat(&options));
    let status = args.report.write(&project, published.suites.iter(), groups)?;
    // A JSON document stands alone on standard output.
    let say = if args.report.is_json() { print_to_stderr } else { print };
    say(&merged(&published));
    print_to_stderr(&checkout::note(&project, &published));
    print_to_stderr(&features_note(&published.shards));
    print_to_stderr(&missing(&selected, &published));
    Ok(status)
}

impl MergeArgs {
    fn refuse_another_number(&self) -> anyhow::Result<()> {
        let given = self.shards.len();
        if let Some(expected) = self.expect
            && expected != given
        {
            let shards: String =
                self.shards.iter().map(|shard| format!("\n    {}", shard.display())).collect();
            bail!(
                "{expected} shards are expected and {given} given\n\n  given{shards}\n  \
                 look      whether each shard ran, and uploaded its folder under a name of its own"
            );
        }
        Ok(())
    }
}

/// Moves the ignored workloads that a shard ran to the others, so they are held to their budgets.
fn with_measured<'a>(
    mut selected: SelectedSuite<'a>,
    published: &MergedMeasurement,
) -> SelectedSuite<'a> {
    let (ran, skipped) = std::mem::take(&mut selected.skipped)
        .into_iter()
        .partition(|ignored| sample(selected.home, ignored, published).is_some());
    selected.workloads.extend::<Vec<_>>(ran);
    selected.skipped = skipped;
    selected
}

fn judged(
    project: &Project,
    selected: &SelectedSuite<'_>,
    published: &MergedMeasurement,
    tool: Tool,
) -> Vec<BudgetFindings> {
    let unmeasured = || Err(WithoutFigures::NoShard);
    let of = |workload: &&WorkloadDescription| {
        let sample = sample(selected.home, workload, published).unwrap_or_else(unmeasured);
        sample.map(|sample| compared(project, selected.home, workload, sample))
    };
    suite_findings(selected, selected.workloads.iter().map(of).collect(), tool)
}

/// Compares the breakdown with the one that is recorded by now. Where this checkout has no place for it, the run's own
/// comparison stands.
fn compared(
    project: &Project,
    home: SuiteHome<'_>,
    workload: &WorkloadDescription,
    mut sample: Sample,
) -> Sample {
    if let Some(snapshot) = &mut sample.snapshot
        && let Ok(file) = snapshot_file(project, home.suite, workload)
    {
        snapshot.composition = compared_by_now(snapshot, &file);
    }
    sample
}

fn sample(
    home: SuiteHome<'_>,
    workload: &WorkloadDescription,
    published: &MergedMeasurement,
) -> Option<SampleResult> {
    published.measurement(&home.suite.suite, &workload.workload).cloned().map(sample_of)
}

/// Returns the line that names the merged shards and their commit.
fn merged(published: &MergedMeasurement) -> String {
    let shards = counted(published.shards.len(), "shard");
    let commit = shown_commit(&published.commit);
    format!("{shards}, commit {commit}\n")
}

/// Returns a note on the shards whose dependencies may have other features; empty if there are none.
fn features_note(shards: &[Shard]) -> String {
    let unknown = without_features(shards);
    if unknown.is_empty() {
        return String::new();
    }
    format!(
        "note: the features of dependencies are not known of {}, so nobody compared them: tests of an archive do not say\n",
        few(&unknown, SHOWN_SHARDS)
    )
}

/// Returns the error that names the workloads no shard measured, and the shards.
fn missing(selected: &[SelectedSuite<'_>], published: &MergedMeasurement) -> String {
    let of = |selected: &SelectedSuite<'_>| {
        let home = selected.home;
        let missing =
            selected.workloads.iter().filter(move |it| sample(home, it, published).is_none());
        missing.map(|it| home.name(&it.workload)).collect::<Vec<_>>()
    };
    let missing: Vec<_> = selected.iter().flat_map(of).collect();
    if missing.is_empty() {
        return String::new();
    }
    let shards: Vec<_> = published.shards.iter().map(Shard::shown).collect();
    format!(
        "{} no shard measured {}\n\n  read      {}\n  give      every shard, and look whether one ended early\n",
        paint_error("error:"),
        missing.join(", "),
        shards.join(", ")
    )
}
