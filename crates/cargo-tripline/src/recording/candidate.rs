//! A workload or a suite's types, with budget and figures.

use tripline_budget::protocol::variables::BREAKDOWN;
use tripline_budget::{
    Budget, BudgetFile, Finding, Metric, PendingSnapshot, Percent, Sizes, TypeLayout,
    WorkloadDescription, judge,
};

use crate::measuring::{Sample, SampleResult};
use crate::recording::another_build::AnotherBuild;
use crate::recording::figure_source::FigureSource;
use crate::recording::plan::is_moved;
use crate::recording::request::RecordingRequest;
use crate::recording::runs::{RunBatch, RunCounts, RunsTaken};
use crate::recording::samples::Samples;
use crate::workspace::{LoadedFile, SuiteHome};

/// A workload, its budget if it has one, and its figures.
#[derive(Clone, Debug)]
pub(super) struct WorkloadCandidate<'a> {
    pub(super) home: SuiteHome<'a>,
    pub(super) registered: &'a WorkloadDescription,
    pub(super) budget: Option<LoadedFile<Budget>>,
    pub(super) samples: Samples,
    pub(super) taken: RunsTaken,
    /// The latest breakdown that is not recorded.
    pub(super) snapshot: Option<PendingSnapshot>,
    /// True if its breakdown is recorded beside its limits.
    breakdown: bool,
    /// The least tolerance of a new band.
    pub(super) default_tolerance: Percent,
}

impl<'a> WorkloadCandidate<'a> {
    /// Returns the reason as an error if nothing can be planned.
    pub(super) fn new(
        home: SuiteHome<'a>,
        registered: &'a WorkloadDescription,
        measured: SampleResult,
        source: &FigureSource<'_>,
    ) -> Result<Self, String> {
        // A budget that cannot be read is the reason why there is no measurement, so it comes first.
        let budget = home.load_budget(&registered.workload)?;
        let config = home.load_config()?;
        let Sample { figures, snapshot, repeats } =
            measured.map_err(|reason| reason.to_string())?;
        let taken = source.taken(1 + u32::try_from(repeats.len()).unwrap_or(u32::MAX - 1));
        let mut samples = Samples::new(figures)?;
        repeats.into_iter().try_for_each(|figures| samples.push(figures))?;
        let (breakdown, default_tolerance) = (config.breakdown, config.tolerance);
        let breakdown = budget.as_ref().map_or(breakdown, |budget| budget.applies.breakdown);
        Ok(Self {
            home,
            registered,
            budget,
            samples,
            taken,
            snapshot,
            breakdown,
            default_tolerance,
        })
    }

    pub(super) fn name(&self) -> String {
        self.home.name(&self.registered.workload)
    }

    /// Returns `true` if its budget states another ruler, or not all of it.
    pub(super) fn ruler_moved(&self) -> bool {
        let budget = self.budget.as_ref();
        budget.is_some_and(|budget| !budget.applies.ruler.is(&self.home.suite.ruler))
    }

    /// Returns the build that its limits are of, if that is another one.
    pub(super) fn another_build(&self) -> Option<AnotherBuild> {
        AnotherBuild::of(self.home, &self.budget.as_ref()?.applies.ruler)
    }

    /// Returns `true` if its `[limits]` were written by hand, of a build that is not known. What stands under a `when`
    /// says nothing of theirs.
    pub(super) fn has_unmeasured_limits(&self) -> bool {
        let Some(LoadedFile { shown, text, .. }) = &self.budget else { return false };
        let file = BudgetFile::parse(shown, text);
        file.is_ok_and(|file| file.ruler.0.is_empty() && !file.base.limits.is_empty())
    }

    /// Returns `true` if the limit is another build's, which nothing moves here.
    fn is_held_back(&self, finding: &Finding, request: &RecordingRequest) -> bool {
        let is_shared = finding.limit.when.is_none() && !request.is_ruler();
        is_shared && self.another_build().is_some()
    }

    /// Adds the runs of a batch.
    pub(super) fn push(&mut self, measured: SampleResult, batch: RunBatch) -> Result<(), String> {
        let Sample { figures, snapshot, repeats } =
            measured.map_err(|reason| reason.to_string())?;
        let runs = repeats.len() + 1;
        if runs != batch.count as usize {
            return Err(format!(
                "it published {runs} runs where {} were asked for: is its `tripline` another version than this tool?",
                batch.count
            ));
        }
        self.taken.add(batch);
        self.snapshot = snapshot.or(self.snapshot.take());
        std::iter::once(figures).chain(repeats).try_for_each(|figures| self.samples.push(figures))
    }

    /// Returns the runs that the request needs.
    pub(super) fn wanted(&self, request: &RecordingRequest) -> RunCounts {
        let Some(budget) = &self.budget else {
            return if request.leaves_alone() { RunCounts::LOOK } else { RunCounts::NEW };
        };
        if request.add.iter().any(|metric| self.addable(metric).is_ok()) {
            return RunCounts::NEW;
        }
        let findings = judge(&budget.applies, &self.samples.worst()).findings;
        if request.when.is_some() {
            let is_moved = findings.iter().any(is_moved);
            return if is_moved { RunCounts::NEW } else { RunCounts::LOOK };
        }
        let is_due =
            |finding: &&Finding| request.moves(finding) && !self.is_held_back(finding, request);
        let moves: Vec<_> = findings.iter().filter(is_due).collect();
        match moves.as_slice() {
            [] => RunCounts::LOOK,
            moves if moves.iter().any(|finding| self.varies(finding)) => RunCounts::NEW,
            _ => RunCounts::MOVED,
        }
    }

    /// Says that too few runs were published; `None` where tests run here, because more can be had.
    pub(super) fn missing_runs(&self, request: &RecordingRequest) -> Option<String> {
        self.taken.refusal(self.wanted(request))
    }

    /// Says that the breakdown is missing, which every written limit needs.
    pub(super) fn missing_breakdown(&self) -> Option<String> {
        let missing = self.breakdown && self.snapshot.is_none();
        (missing && matches!(self.taken, RunsTaken::Elsewhere(_))).then(|| {
            format!(
                "no breakdown by call site was published, and one is recorded with every limit: have the job \
                 set {BREAKDOWN}=1"
            )
        })
    }

    /// Returns `true` if its limits need runs under load, and nobody knows the load of these.
    pub(super) fn hides_load(&self, request: &RecordingRequest) -> bool {
        self.taken.hides_load(self.wanted(request))
    }

    /// Returns `true` if an exact limit cannot stay exact.
    fn varies(&self, finding: &Finding) -> bool {
        let range = self.samples.range(&finding.limit.metric);
        finding.limit.tolerance.is_none() && range.is_some_and(|range| !range.is_exact())
    }

    /// Succeeds if `metric` was measured and has no limit yet; the error names the obstacle.
    pub(super) fn addable(&self, metric: &Metric) -> Result<(), String> {
        let limits = self.budget.iter().flat_map(|budget| &budget.applies.limits);
        if let Some(limit) = limits.into_iter().find(|limit| limit.metric == *metric) {
            let file = self.budget.as_ref().map_or("", |budget| &budget.shown);
            return Err(format!(
                "`{metric}` cannot be added: it is already in {file}:{}",
                limit.line
            ));
        }
        if self.samples.range(metric).is_some() {
            return Ok(());
        }
        let why = match (self.samples.unsupported(metric), self.samples.divisor(metric)) {
            (Some(why), _) => format!("it cannot be measured here: {why}"),
            (None, None) => format!("{} declares no entities to divide it by", self.name()),
            (None, Some(_)) => format!("{} does not measure it", self.name()),
        };
        Err(format!("`{metric}` cannot be added: {why}"))
    }
}

/// A suite's types and their limits.
#[derive(Clone, Debug)]
pub(super) struct TypesCandidate<'a> {
    pub(super) home: SuiteHome<'a>,
    pub(super) file: Option<LoadedFile<Sizes>>,
    /// The limits that apply, with or without a file.
    pub(super) sizes: Sizes,
}

impl<'a> TypesCandidate<'a> {
    /// Returns the reason as an error if nothing can be planned.
    pub(super) fn new(home: SuiteHome<'a>) -> Result<Self, String> {
        let file = home.load_sizes()?;
        let sizes = file.as_ref().map_or_else(|| home.no_sizes(), |file| file.applies.clone());
        Ok(Self { home, file, sizes })
    }

    /// Returns `true` if its file states another ruler, or not all of it.
    pub(super) fn ruler_moved(&self) -> bool {
        let file = self.file.as_ref();
        file.is_some_and(|file| !file.applies.ruler.is(&self.home.suite.ruler))
    }

    /// Returns the build that its limits are of, if that is another one.
    pub(super) fn another_build(&self) -> Option<AnotherBuild> {
        AnotherBuild::of(self.home, &self.file.as_ref()?.applies.ruler)
    }

    pub(super) fn layouts(&self) -> &'a [TypeLayout] {
        &self.home.suite.types
    }
}
