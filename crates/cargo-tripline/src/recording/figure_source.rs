//! Where figures come from: tests that run here, or what runs elsewhere published.
//!
//! Deliberately absent: what becomes of the figures. Plans, refusals and files are the same for both.

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
    /// The folders that a person named, and what is in them; `None` where tests run here.
    elsewhere: Option<(&'a [PathBuf], MergedMeasurement)>,
    /// Whose tests run, where it is not this checkout's source.
    pub(super) old: Option<LastCommitSource>,
}

impl<'a> FigureSource<'a> {
    pub(crate) const fn tests(project: &'a Project) -> Self {
        Self { project, elsewhere: None, old: None }
    }

    /// Tests that run here, unless folders are named.
    pub(crate) fn open(project: &'a Project, folders: &'a [PathBuf]) -> anyhow::Result<Self> {
        if folders.is_empty() {
            return Ok(Self::tests(project));
        }
        let published = MergedMeasurement::read(project, folders)?;
        Ok(Self { project, elsewhere: Some((folders, published)), old: None })
    }

    /// To record the ruler alone: this checkout's tests, or the last commit's where the code has moved as well.
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

    /// What a filter leaves. Where nothing runs, an ignored workload is one like any other.
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

    /// Has workloads of a suite measured, or finds what they published, which is all that there is of them;
    /// `None` of one that no folder holds.
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

    /// The path that another checkout stated for the breakdown gives way to that in this one.
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

    /// What `runs` runs of a first look are.
    pub(super) const fn taken(&self, runs: u32) -> RunsTaken {
        match self.elsewhere {
            Some(_) => RunsTaken::Elsewhere(runs),
            None => RunsTaken::Here(RunCounts { idle: runs, loaded: 0 }),
        }
    }

    /// Refuses to find nothing to do where nothing was looked at.
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

    /// As it is typed at the end of a command, with a space before it.
    pub(crate) fn typed(&self) -> String {
        let Some((folders, _)) = &self.elsewhere else { return String::new() };
        let folders = folders.iter().map(|folder| match folder.display().to_string() {
            text if text.contains(char::is_whitespace) => format!(" '{text}'"),
            text => format!(" {text}"),
        });
        format!(" --from{}", folders.collect::<String>())
    }
}
