//! Holds one workload to its budget.

use std::path::PathBuf;

use tripline_budget::protocol::file_names;
use tripline_budget::{Budget, Config, Figures, Judgement, Metric, RulerChange, invariants, judge};

use crate::case::TestCase;
use crate::error::{Error, NotJudged, NotMeasured};
use crate::growth::superlinear::{SuperlinearSearch, SuperlinearSites};
use crate::judge::engine::{Doubt, HeapMeasurement, Meters, SitesUse};
use crate::judge::verdict::WorkloadVerdict;
use crate::judge::{inputs, prove};
use crate::run::{PublishedFolder, Run, request};
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
    fn not_measured(run: Run, reason: NotMeasured) -> Self {
        let outcome = RunOutcome::NotMeasured(reason);
        Self { run, outcome, repeats: Vec::new(), planted: None }
    }

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
            measurement: self.run.published(file_names::MEASUREMENT),
            profile: sites.map(|_| self.run.published(file_names::PROFILE)),
            report: sites.map(|_| self.run.published(file_names::REPORT)),
        }
    }
}

/// Measures a workload and holds it to its budget.
pub(crate) fn hold(case: &TestCase) -> Result<FinishedRun, Error> {
    let path = case.workload.path();
    if path.eq_ignore_ascii_case(file_names::SIZES) {
        return Err(NotJudged::ReservedName.into());
    }
    if let Some(clash) = case.clash() {
        return Err(NotJudged::NameClash(clash).into());
    }
    let config = inputs::config(case)?;
    let budget = inputs::budget(case, &config)?;
    if let Some(at) = request::planted_limit()? {
        return prove::judge_planted(case, at, &config, budget);
    }
    let run = Run::begin(PublishedFolder::Latest, case.suite.name(), &path)?;
    run.withdraw(file_names::REPORT)?;
    let order = RunOrder { case, run: &run, config: &config, budget: budget.as_ref() };
    let MeasuredWorkload { figures, doubts, superlinear, repeats, judged, sites } =
        match order.measure() {
            Ok(measured) => measured,
            Err(Error::NotMeasured(reason)) => return Ok(FinishedRun::not_measured(run, reason)),
            Err(error) => return Err(error),
        };
    let outcome = match budget.zip(judged) {
        None => RunOutcome::Unrecorded(Box::new(UnrecordedWorkload { figures, sites })),
        Some((budget, JudgedFigures { judgement, ruler_changes, beside })) => {
            let invariants = invariants(&figures);
            let verdict = WorkloadVerdict {
                budget,
                figures,
                judgement,
                invariants,
                doubts,
                sites,
                superlinear,
                ruler_changes,
                beside,
                stored: None,
            };
            RunOutcome::Judged(Box::new(verdict.with_stored_types(case)))
        }
    };
    Ok(FinishedRun { run, outcome, repeats, planted: None })
}

/// A run to be measured, and the files that it is held to.
#[derive(Clone, Copy, Debug)]
struct RunOrder<'a> {
    case: &'a TestCase,
    run: &'a Run,
    config: &'a Config,
    budget: Option<&'a Budget>,
}

/// All that a run measured.
struct MeasuredWorkload {
    figures: Figures,
    doubts: Vec<Doubt>,
    superlinear: SuperlinearSites,
    repeats: Vec<Result<Figures, NotMeasured>>,
    /// If there is a budget.
    judged: Option<JudgedFigures>,
    /// If a profile was saved.
    sites: Option<CallSites>,
}

/// Figures held to a budget.
struct JudgedFigures {
    judgement: Judgement,
    ruler_changes: Vec<RulerChange>,
    beside: Option<String>,
}

impl RunOrder<'_> {
    fn measure(self) -> Result<MeasuredWorkload, Error> {
        let Self { case, run, config, budget } = self;
        let workload = case.workload;
        let meters = Meters { workload, budget, config, plant: None };
        let HeapMeasurement { mut figures, doubts, has_profile } =
            meters.judged(run, self.sites_use())?;
        let search = SuperlinearSearch { workload, budget, config, folder: run.folder() };
        let superlinear = search.run(&mut figures)?;
        let repeats = meters.repeated()?;
        let judged = budget.map(|budget| {
            let ruler = inputs::ruler(case.suite, &case.paths);
            JudgedFigures {
                judgement: judge(budget, &figures),
                ruler_changes: budget.ruler.changes(&ruler),
                beside: budget.ruler.beside(&ruler),
            }
        });
        let sites = self.sites(&figures, judged.as_ref(), has_profile)?;
        Ok(MeasuredWorkload { figures, doubts, superlinear, repeats, judged, sites })
    }

    fn sites(
        self,
        figures: &Figures,
        judged: Option<&JudgedFigures>,
        has_profile: bool,
    ) -> Result<Option<CallSites>, Error> {
        let Self { case, run, config, budget } = self;
        if has_profile {
            let judgement = judged.map(|judged| &judged.judgement);
            let ruler_changes = judged.map_or(&[][..], |judged| &judged.ruler_changes);
            let input = SitesInput { case, run, budget, judgement, config, figures, ruler_changes };
            return input.read().map(Some);
        }
        if self.compares_sites() {
            call_sites::note_in_use(case, run)?;
        }
        Ok(None)
    }

    fn compares_sites(self) -> bool {
        self.budget.map_or(self.config.breakdown, |budget| budget.breakdown)
    }

    fn sites_use(self) -> SitesUse {
        let is_recorded = || matches!(BreakdownSnapshot::of_case(self.case).read(), Ok(Some(_)));
        match self.compares_sites() {
            false => SitesUse::Off,
            true if is_recorded() => SitesUse::Compared,
            true => SitesUse::Unrecorded,
        }
    }
}
