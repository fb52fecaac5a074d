//! Every workload and suite that matches, with budgets and figures.

use tripline_budget::WorkloadDescription;
use tripline_budget::protocol::file_names::SIZES;

use crate::findings::BudgetFindings;
use crate::measuring::{Load, MeasureOptions, SampleResult, WithoutFigures};
use crate::outcome::Status;
use crate::output::Step;
use crate::recording::candidate::{TypesCandidate, WorkloadCandidate};
use crate::recording::figure_source::FigureSource;
use crate::recording::request::RecordingRequest;
use crate::recording::runs::RunBatch;
use crate::workspace::{Selection, SuiteHome};

#[derive(Debug, Default)]
pub(super) struct Candidates<'a> {
    pub(super) workloads: Vec<WorkloadCandidate<'a>>,
    pub(super) types: Vec<TypesCandidate<'a>>,
    /// Findings on workloads that nothing can be planned for.
    pub(super) unknown: Vec<BudgetFindings>,
    /// Workloads that no folder holds.
    pub(super) absent: Vec<String>,
}

impl<'a> Candidates<'a> {
    /// Measures every workload: runs it once, or reads all its published runs.
    pub(super) fn open(
        source: &FigureSource<'_>,
        selection: &Selection<'a>,
        request: &RecordingRequest,
    ) -> anyhow::Result<Self> {
        let mut candidates = Self::default();
        for (index, selected) in selection.suites.iter().enumerate() {
            let home = selected.home;
            let of = format!("{} of {}", index + 1, selection.suites.len());
            let step = Step::begin(format!("measuring {} ({of})", home.suite.suite));
            let options = MeasureOptions { rss: request.needs_rss(), ..MeasureOptions::default() };
            let measured = source.measure(home, &selected.workloads, options)?;
            drop(step);
            for (registered, measured) in selected.workloads.iter().zip(measured) {
                match measured
                    .map(|measured| WorkloadCandidate::new(home, registered, measured, source))
                {
                    Some(Ok(candidate)) => candidates.workloads.push(candidate),
                    Some(Err(reason)) => {
                        candidates.unknown.push(unknown(home, &registered.workload, reason));
                    }
                    None => candidates.absent.push(home.name(&registered.workload)),
                }
            }
            if selected.types {
                match TypesCandidate::new(home) {
                    Ok(candidate) => candidates.types.push(candidate),
                    Err(reason) => candidates.unknown.push(unknown(home, SIZES, reason)),
                }
            }
        }
        Ok(candidates)
    }

    pub(super) const fn holds_nothing(&self) -> bool {
        self.workloads.is_empty() && self.types.is_empty() && self.unknown.is_empty()
    }

    /// Runs candidates that change until each has as many runs as its limits need.
    pub(super) fn measure_again(
        &mut self,
        source: &FigureSource<'_>,
        request: &RecordingRequest,
    ) -> anyhow::Result<()> {
        while let Some((home, workloads, batch)) = self.due(request) {
            let _step = Step::begin(announced(home, workloads.len(), batch));
            let _load = batch.loaded.then(Load::begin);
            let options = MeasureOptions {
                rss: request.needs_rss(),
                breakdown: !batch.loaded,
                repeats: batch.count - 1,
                ..MeasureOptions::default()
            };
            let measured = source.measure(home, &workloads, options)?;
            for (registered, measured) in workloads.iter().zip(measured) {
                let measured = measured.unwrap_or(Err(WithoutFigures::OneRunOnly));
                self.push(&home.name(&registered.workload), measured, batch);
            }
        }
        Ok(())
    }

    /// Adds runs of a workload. One that failed in any run is no longer a candidate.
    fn push(&mut self, name: &str, measured: SampleResult, batch: RunBatch) {
        let Some(index) = self.workloads.iter().position(|candidate| candidate.name() == name)
        else {
            return;
        };
        if let Err(reason) = self.workloads[index].push(measured, batch) {
            let WorkloadCandidate { home, registered, .. } = self.workloads.remove(index);
            self.unknown.push(unknown(home, &registered.workload, reason));
        }
    }

    /// Returns the next missing runs, of the workloads of one suite, which run together.
    fn due(
        &self,
        request: &RecordingRequest,
    ) -> Option<(SuiteHome<'a>, Vec<&'a WorkloadDescription>, RunBatch)> {
        let batch =
            |candidate: &WorkloadCandidate<'_>| candidate.taken.next(candidate.wanted(request));
        let first = self.workloads.iter().find(|candidate| batch(candidate).is_some())?;
        let next = batch(first)?;
        let same = |candidate: &&WorkloadCandidate<'_>| {
            candidate.home.suite.suite == first.home.suite.suite && batch(candidate) == Some(next)
        };
        let workloads = self.workloads.iter().filter(same).map(|candidate| candidate.registered);
        Some((first.home, workloads.collect(), next))
    }
}

fn announced(home: SuiteHome<'_>, workloads: usize, batch: RunBatch) -> String {
    let suite = &home.suite.suite;
    let load = if batch.loaded { " with every core busy" } else { "" };
    format!("measuring {suite} ({workloads} to record or change, {} more runs{load})", batch.count)
}

fn unknown(home: SuiteHome<'_>, workload: &str, reason: String) -> BudgetFindings {
    BudgetFindings::of(home, workload).say(Status::Unknown, reason)
}
