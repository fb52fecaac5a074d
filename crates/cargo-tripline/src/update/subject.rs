//! What is to be planned for: a workload that was measured, or a suite's types.

use tripline_budget::{
    Budget, Metric, PendingSnapshot, Percent, Registered, Sizes, TypeLayout, Verdict, judge,
};

use crate::budgets::Loaded;
use crate::home::Home;
use crate::measure::{Measured, Sample};
use crate::update::request::Request;
use crate::update::samples::Samples;

/// A workload, its budget if it has one, and its figures.
#[derive(Clone, Debug)]
pub(super) struct Subject<'a> {
    pub(super) home: Home<'a>,
    pub(super) registered: &'a Registered,
    pub(super) budget: Option<Loaded<Budget>>,
    pub(super) samples: Samples,
    /// Its latest breakdown that is not recorded.
    pub(super) snapshot: Option<PendingSnapshot>,
    /// What a new band tolerates at least.
    pub(super) usual: Percent,
}

impl<'a> Subject<'a> {
    /// The error says why nothing can be planned.
    pub(super) fn new(
        home: Home<'a>,
        registered: &'a Registered,
        measured: Measured,
    ) -> Result<Self, String> {
        // A budget that cannot be read is why there is no measurement, so it comes first.
        let budget = home.load_budget(&registered.workload)?;
        let config = home.load_config()?;
        let Sample { figures, snapshot } = measured?;
        let samples = Samples::new(figures)?;
        Ok(Self { home, registered, budget, samples, snapshot, usual: config.tolerance })
    }

    pub(super) fn name(&self) -> String {
        self.home.name(&self.registered.workload)
    }

    /// Adds another run.
    pub(super) fn push(&mut self, measured: Measured) -> Result<(), String> {
        let Sample { figures, snapshot } = measured?;
        self.snapshot = snapshot.or(self.snapshot.take());
        self.samples.push(figures)
    }

    /// Whether something is to be recorded or changed, which takes more runs than one.
    pub(super) fn is_due(&self, request: &Request) -> bool {
        let Some(budget) = &self.budget else {
            return true;
        };
        let changes = |verdict: &Verdict, metric| match verdict {
            Verdict::Loose => true,
            Verdict::Over { .. } => request.raises(metric),
            _ => false,
        };
        let findings = judge(&budget.applies, &self.samples.worst()).findings;
        findings.iter().any(|finding| changes(&finding.verdict, &finding.limit.metric))
            || request.add.iter().any(|metric| self.addable(metric).is_ok())
    }

    /// Whether `metric` was measured and has no limit yet; the error says what is in the way.
    pub(super) fn addable(&self, metric: &Metric) -> Result<(), String> {
        let limits = self.budget.iter().flat_map(|budget| &budget.applies.limits);
        if let Some(limit) = limits.into_iter().find(|limit| limit.metric == *metric) {
            let file = self.budget.as_ref().map_or("", |budget| &budget.shown);
            return Err(format!("`{metric}` cannot be added: it stands in {file}:{}", limit.line));
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
pub(super) struct TypesSubject<'a> {
    pub(super) home: Home<'a>,
    pub(super) file: Option<Loaded<Sizes>>,
    /// What applies, with or without a file.
    pub(super) sizes: Sizes,
}

impl<'a> TypesSubject<'a> {
    /// The error says why nothing can be planned.
    pub(super) fn new(home: Home<'a>) -> Result<Self, String> {
        let file = home.load_sizes()?;
        let sizes = file.as_ref().map_or_else(|| home.no_sizes(), |file| file.applies.clone());
        Ok(Self { home, file, sizes })
    }

    pub(super) fn layouts(&self) -> &'a [TypeLayout] {
        &self.home.suite.types
    }
}
