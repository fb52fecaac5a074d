//! The source of figures: tests that run here, or measurements of other machines.
//!
//! It may not know plans: they are the same for both.

use std::path::PathBuf;

use anyhow::bail;
use tripline_budget::protocol::file_names::{LATEST, OUTPUT};
use tripline_budget::{SuiteDescription, WorkloadDescription, shell_word};

use crate::filter::Filter;
use crate::measuring::{MeasureOptions, Sample, SampleResult, WithoutFigures, measure, sample_of};
use crate::published::{MergedMeasurement, Shard, snapshot_file};
use crate::recording::last_commit::LastCommitSource;
use crate::recording::runs::{RunCounts, RunsTaken};
use crate::recording::uncommitted::UncommittedChanges;
use crate::workspace::{CargoArgs, Project, Selection, SuiteHome};

/// The source of figures for a project.
#[derive(Debug)]
pub(crate) struct FigureSource<'a> {
    pub(super) project: &'a Project,
    kind: SourceKind<'a>,
}

/// The kind of a source.
#[derive(Debug)]
enum SourceKind<'a> {
    /// The tests of this checkout.
    ThisCheckout,
    /// The tests of the last commit, on this checkout's ruler.
    LastCommit(Box<LastCommitSource>),
    /// The named folders of other machines.
    OtherMachines { folders: &'a [PathBuf], measurement: MergedMeasurement },
}

impl<'a> FigureSource<'a> {
    pub(crate) const fn tests(project: &'a Project) -> Self {
        Self { project, kind: SourceKind::ThisCheckout }
    }

    /// Returns the tests of this checkout, unless folders are named.
    pub(crate) fn open(project: &'a Project, folders: &'a [PathBuf]) -> anyhow::Result<Self> {
        if folders.is_empty() {
            return Ok(Self::tests(project));
        }
        let measurement = MergedMeasurement::read(project, folders)?;
        Ok(Self { project, kind: SourceKind::OtherMachines { folders, measurement } })
    }

    /// Returns the source for recording the ruler alone: this checkout's tests, or the last commit's if the code has
    /// moved too.
    pub(crate) fn of_ruler(project: &'a Project, cargo: &CargoArgs) -> anyhow::Result<Self> {
        let moved = UncommittedChanges::find(project)?;
        if moved.code.is_empty() {
            return Ok(Self::tests(project));
        }
        let old = LastCommitSource::check_out(project, cargo, &moved)?;
        Ok(Self { project, kind: SourceKind::LastCommit(Box::new(old)) })
    }

    /// Returns `true` if the tests of the last commit run in place of this checkout's.
    pub(super) const fn is_last_commit(&self) -> bool {
        matches!(self.kind, SourceKind::LastCommit(_))
    }

    pub(crate) fn suites(&self) -> anyhow::Result<Vec<SuiteDescription>> {
        match &self.kind {
            SourceKind::ThisCheckout => self.project.suites(),
            SourceKind::LastCommit(old) => old.suites(self.project),
            SourceKind::OtherMachines { measurement, .. } => Ok(measurement.suites.clone()),
        }
    }

    /// Returns the suites that match. Where nothing runs, an ignored workload is like any other.
    pub(crate) fn selection<'s>(
        &'s self,
        suites: &'s [SuiteDescription],
        filter: &Filter,
    ) -> Selection<'s> {
        let mut selection = Selection::new(self.project, suites, filter);
        if matches!(self.kind, SourceKind::OtherMachines { .. }) {
            for selected in &mut selection.suites {
                selected.workloads.append(&mut selected.skipped);
            }
        }
        selection
    }

    /// Measures workloads of a suite, or finds their published figures; `None` for one that no folder holds.
    pub(crate) fn measure(
        &self,
        home: SuiteHome<'_>,
        workloads: &[&WorkloadDescription],
        options: MeasureOptions,
    ) -> anyhow::Result<Vec<Option<SampleResult>>> {
        let here = |registered: &&WorkloadDescription, result: SampleResult| {
            result.and_then(|sample| self.here(sample, home, registered))
        };
        let results = match &self.kind {
            SourceKind::ThisCheckout => {
                let results = measure(self.project, home, workloads, options)?;
                results.into_iter().map(Some).collect()
            }
            SourceKind::LastCommit(old) => {
                let results = measure(&old.project, home, workloads, options)?;
                let results = workloads.iter().zip(results);
                results.map(|(registered, result)| Some(here(registered, result))).collect()
            }
            SourceKind::OtherMachines { measurement, .. } => {
                let find = |registered: &&WorkloadDescription| {
                    let found = measurement.measurement(&home.suite.suite, &registered.workload)?;
                    Some(here(registered, sample_of(found.clone())))
                };
                workloads.iter().map(find).collect()
            }
        };
        Ok(results)
    }

    /// Gives the breakdown its path in this checkout.
    fn here(
        &self,
        mut sample: Sample,
        home: SuiteHome<'_>,
        registered: &WorkloadDescription,
    ) -> SampleResult {
        if let Some(snapshot) = &mut sample.snapshot {
            let file = snapshot_file(self.project, home.suite, registered)
                .map_err(WithoutFigures::BreakdownMisplaced)?;
            snapshot.file = file.display().to_string();
        }
        Ok(sample)
    }

    /// Counts `runs` runs of a first measurement.
    pub(super) const fn taken(&self, runs: u32) -> RunsTaken {
        match self.kind {
            SourceKind::OtherMachines { .. } => RunsTaken::Elsewhere(runs),
            SourceKind::ThisCheckout | SourceKind::LastCommit(_) => {
                RunsTaken::Here(RunCounts { idle: runs, loaded: 0 })
            }
        }
    }

    /// Fails if there is nothing to do because no folder holds a matching workload.
    pub(super) fn refuse_nothing(&self, absent: &[String]) -> anyhow::Result<()> {
        let SourceKind::OtherMachines { measurement, .. } = &self.kind else { return Ok(()) };
        let read: Vec<_> = measurement.shards.iter().map(Shard::shown).collect();
        bail!(
            "no folder holds {}\n\n  read      {}\n  give      the folder of the run that measured it: \
             `<target>/{OUTPUT}/{LATEST}`",
            absent.join(", "),
            read.join(", ")
        );
    }

    /// Returns the option as a person types it at the end of a command, with a space before it.
    pub(crate) fn typed(&self) -> String {
        let SourceKind::OtherMachines { folders, .. } = &self.kind else { return String::new() };
        let folders =
            folders.iter().map(|folder| format!(" {}", shell_word(&folder.display().to_string())));
        format!(" --from{}", folders.collect::<String>())
    }
}
