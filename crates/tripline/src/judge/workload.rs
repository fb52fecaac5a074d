//! Holds one workload to its budget.

use std::path::PathBuf;

use tripline_budget::protocol::files;
use tripline_budget::{Figures, Metric, invariants, judge};

use crate::case::TestCase;
use crate::error::{Error, NotJudged, NotMeasured};
use crate::growth::superlinear::SuperlinearSearch;
use crate::judge::engine::{HeapMeasurement, Meters, SitesUse};
use crate::judge::verdict::WorkloadVerdict;
use crate::judge::{inputs, prove};
use crate::run::{Run, Shelf, request};
use crate::sites::call_sites::{self, CallSites, SitesInput};
use crate::sites::snapshot::BreakdownSnapshot;

/// A run of a workload that is over, before anything but its profile is published.
#[derive(Debug)]
pub(crate) struct FinishedRun {
    pub(crate) run: Run,
    pub(crate) outcome: RunOutcome,
    /// Further runs that a tool asked for.
    pub(crate) repeats: Vec<Result<Figures, NotMeasured>>,
    /// The metric that a breach was planted for.
    pub(crate) planted: Option<Metric>,
}

/// The outcome of a workload's run.
#[derive(Debug)]
pub(crate) enum RunOutcome {
    NotMeasured(NotMeasured),
    /// There is no budget file.
    Unrecorded(Box<UnrecordedWorkload>),
    Judged(Box<WorkloadVerdict>),
}

/// A workload without a budget.
#[derive(Debug)]
pub(crate) struct UnrecordedWorkload {
    pub(crate) figures: Figures,
    pub(crate) sites: Option<CallSites>,
}

/// The files that a run leaves to look at.
#[derive(Debug)]
pub(crate) struct RunFiles {
    pub(crate) measurement: PathBuf,
    /// If one was saved.
    pub(crate) profile: Option<PathBuf>,
    /// If there is a breakdown to report.
    pub(crate) report: Option<PathBuf>,
}

impl FinishedRun {
    pub(crate) fn sites(&self) -> Option<&CallSites> {
        match &self.outcome {
            RunOutcome::NotMeasured(_) => None,
            RunOutcome::Unrecorded(workload) => workload.sites.as_ref(),
            RunOutcome::Judged(verdict) => verdict.sites.as_ref(),
        }
    }

    pub(crate) fn files(&self) -> RunFiles {
        let sites = self.sites();
        RunFiles {
            measurement: self.run.published(files::MEASUREMENT),
            profile: sites.map(|_| self.run.published(files::PROFILE)),
            report: sites.map(|_| self.run.published(files::REPORT)),
        }
    }
}

/// Measures a workload and holds it to its budget.
pub(crate) fn hold(case: &TestCase) -> Result<FinishedRun, Error> {
    if case.workload.path() == files::SIZES {
        return Err(NotJudged::ReservedName.into());
    }
    let config = inputs::config(case)?;
    let budget = inputs::budget(case, &config)?;
    if let Some(at) = request::planted_limit()? {
        return prove::hold(case, at, &config, budget);
    }
    let run = Run::begin(Shelf::Latest, case.suite.name(), &case.workload.path())?;
    run.withdraw(files::REPORT)?;
    let meters =
        Meters { workload: case.workload, budget: budget.as_ref(), config: &config, plant: None };
    let compares = budget.as_ref().map_or(config.breakdown, |budget| budget.breakdown);
    let HeapMeasurement { mut figures, doubts, has_profile } =
        match meters.judged(&run, sites_use(case, compares)) {
            Ok(measurement) => measurement,
            Err(Error::NotMeasured(reason)) => {
                let outcome = RunOutcome::NotMeasured(reason);
                return Ok(FinishedRun { run, outcome, repeats: Vec::new(), planted: None });
            }
            Err(error) => return Err(error),
        };
    let search = SuperlinearSearch {
        workload: case.workload,
        budget: budget.as_ref(),
        config: &config,
        folder: run.folder(),
    };
    let superlinear = search.run(&mut figures)?;
    let repeats = meters.repeated()?;
    let judgement = budget.as_ref().map(|budget| judge(budget, &figures));
    let ruler = inputs::ruler(case);
    let ruler_changes =
        budget.as_ref().map(|budget| budget.recorded.changes(&ruler)).unwrap_or_default();
    let input = SitesInput {
        case,
        run: &run,
        budget: budget.as_ref(),
        judgement: judgement.as_ref(),
        config: &config,
        figures: &figures,
        ruler_changes: &ruler_changes,
    };
    let sites = if has_profile { Some(input.read()?) } else { None };
    if compares && !has_profile {
        call_sites::note_in_use(case, &run)?;
    }
    let outcome = match budget.zip(judgement) {
        None => RunOutcome::Unrecorded(Box::new(UnrecordedWorkload { figures, sites })),
        Some((budget, judgement)) => {
            let verdict = WorkloadVerdict {
                invariants: invariants(&figures),
                budget,
                judgement,
                figures,
                doubts,
                sites,
                superlinear,
                ruler_changes,
                stored: None,
            };
            RunOutcome::Judged(Box::new(verdict.with_stored_types(case)))
        }
    };
    Ok(FinishedRun { run, outcome, repeats, planted: None })
}

fn sites_use(case: &TestCase, compares: bool) -> SitesUse {
    let is_recorded = || matches!(BreakdownSnapshot::of_case(case).read(), Ok(Some(_)));
    match compares {
        false => SitesUse::Off,
        true if is_recorded() => SitesUse::Compared,
        true => SitesUse::Unrecorded,
    }
}
