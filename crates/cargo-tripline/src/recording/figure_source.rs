//! The source of figures: tests that run here, or measurements of other machines.
//!
//! It may not know plans: they are the same for both.

use std::path::PathBuf;

use anyhow::bail;
use tripline_budget::protocol::files::{LATEST, OUTPUT};
use tripline_budget::{SuiteDescription, WorkloadDescription};

use crate::filter::Filter;
use crate::measuring::{MeasureOptions, Measured, Sample, measure, measured};
use crate::published::{MergedMeasurement, Shard, snapshot_file};
use crate::recording::last_commit::LastCommitSource;
use crate::recording::runs::{RunCounts, RunsTaken};
use crate::recording::uncommitted::UncommittedChanges;
use crate::workspace::{CargoArgs, Project, Selection, SuiteHome};

#[derive(Debug)]
pub(crate) struct FigureSource<'a> {
    pub(super) project: &'a Project,
    /// The named folders and their contents; `None` where tests run here.
    elsewhere: Option<(&'a [PathBuf], MergedMeasurement)>,
    /// The last commit's source, if its tests run in place of this checkout's.
    pub(super) old: Option<LastCommitSource>,
}

impl<'a> FigureSource<'a> {
    pub(crate) const fn tests(project: &'a Project) -> Self {
        Self { project, elsewhere: None, old: None }
    }

    /// Returns the tests of this checkout, unless folders are named.
    pub(crate) fn open(project: &'a Project, folders: &'a [PathBuf]) -> anyhow::Result<Self> {
        if folders.is_empty() {
            return Ok(Self::tests(project));
        }
        let published = MergedMeasurement::read(project, folders)?;
        Ok(Self { project, elsewhere: Some((folders, published)), old: None })
    }

    /// Returns the source for recording the ruler alone: this checkout's tests, or the last commit's if the code has
    /// moved
    /// too.
    pub(crate) fn of_ruler(project: &'a Project, cargo: &CargoArgs) -> anyhow::Result<Self> {
        let moved = UncommittedChanges::find(project)?;
        let old = match moved.code.is_empty() {
            true => None,
            false => Some(LastCommitSource::check_out(project, cargo, &moved)?),
        };
        Ok(Self { old, ..Self::tests(project) })
    }

    pub(crate) fn suites(&self) -> anyhow::Result<Vec<SuiteDescription>> {
        match (&self.elsewhere, &self.old) {
            (Some((_, published)), _) => Ok(published.suites.clone()),
            (None, Some(old)) => old.suites(self.project),
            (None, None) => self.project.suites(),
        }
    }

    /// Returns the suites that match. Where nothing runs, an ignored workload is like any other.
    pub(crate) fn selection<'s>(
        &'s self,
        suites: &'s [SuiteDescription],
        filter: &Filter,
    ) -> Selection<'s> {
        let mut selection = Selection::new(self.project, suites, filter);
        if self.elsewhere.is_some() {
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
        asked: MeasureOptions,
    ) -> anyhow::Result<Vec<Option<Measured>>> {
        match &self.elsewhere {
            Some((_, published)) => {
                let find =
                    |registered: &&WorkloadDescription| self.find(published, home, registered);
                Ok(workloads.iter().map(find).collect())
            }
            None => {
                let project = self.old.as_ref().map_or(self.project, |old| &old.project);
                let measured = measure(project, home, workloads, asked)?;
                let measured = workloads.iter().zip(measured).map(|(registered, measured)| {
                    let here = |sample| self.here(sample, home, registered);
                    Some(if self.old.is_some() { measured.and_then(here) } else { measured })
                });
                Ok(measured.collect())
            }
        }
    }

    /// Returns a workload's published sample, with the breakdown's path in this checkout.
    fn find(
        &self,
        published: &MergedMeasurement,
        home: SuiteHome<'_>,
        registered: &WorkloadDescription,
    ) -> Option<Measured> {
        let found = published.measurement(&home.suite.suite, &registered.workload)?;
        Some(measured(found.clone()).and_then(|sample| self.here(sample, home, registered)))
    }

    fn here(
        &self,
        mut sample: Sample,
        home: SuiteHome<'_>,
        registered: &WorkloadDescription,
    ) -> Result<Sample, String> {
        if let Some(snapshot) = &mut sample.snapshot {
            let file = snapshot_file(self.project, home.suite, registered)?;
            snapshot.file = file.display().to_string();
        }
        Ok(sample)
    }

    /// Counts `runs` runs of a first measurement.
    pub(super) const fn taken(&self, runs: u32) -> RunsTaken {
        match self.elsewhere {
            Some(_) => RunsTaken::Elsewhere(runs),
            None => RunsTaken::Here(RunCounts { idle: runs, loaded: 0 }),
        }
    }

    /// Fails if there is nothing to do because no folder holds a matching workload.
    pub(super) fn refuse_nothing(&self, absent: &[String]) -> anyhow::Result<()> {
        let Some((_, published)) = &self.elsewhere else { return Ok(()) };
        let read: Vec<_> = published.shards.iter().map(Shard::shown).collect();
        bail!(
            "no folder holds {}\n\n  read      {}\n  give      the folder of the run that measured it: \
             `<target>/{OUTPUT}/{LATEST}`",
            absent.join(", "),
            read.join(", ")
        );
    }

    /// Returns the option as a person types it at the end of a command, with a space before it.
    pub(crate) fn typed(&self) -> String {
        let Some((folders, _)) = &self.elsewhere else { return String::new() };
        let folders = folders.iter().map(|folder| match folder.display().to_string() {
            text if text.contains(char::is_whitespace) => format!(" '{text}'"),
            text => format!(" {text}"),
        });
        format!(" --from{}", folders.collect::<String>())
    }
}
