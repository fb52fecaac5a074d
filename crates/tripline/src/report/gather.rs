//! Makes a report of a finished run.

use tripline_budget::{Figures, format_count};
use tripline_profile::AmountUnit;

use crate::case::TestCase;
use crate::case::registry;
use crate::judge::verdict::WorkloadVerdict;
use crate::judge::workload::{FinishedRun, RunOutcome, UnrecordedWorkload};
use crate::layouts::read;
use crate::render::{self, BlameSection, CoherenceRow, LimitRow, NO_LIMIT};
use crate::report::{Report, SiteTable, TypeRow};
use crate::sites::call_sites::CallSites;

impl Report {
    /// Returns `None` where no call sites are known.
    pub(crate) fn of(case: &TestCase, finished: &FinishedRun) -> Option<Self> {
        match &finished.outcome {
            RunOutcome::NotMeasured(_) => None,
            RunOutcome::Unrecorded(workload) => {
                let UnrecordedWorkload { figures, sites } = &**workload;
                Some(Self::unrecorded(case, figures, sites.as_ref()?).with_types(case))
            }
            RunOutcome::Judged(verdict) => {
                let sites = verdict.sites.as_ref()?;
                let report = Self::unrecorded(case, &verdict.figures, sites);
                Some(report.judged(case, verdict).with_types(case))
            }
        }
    }

    fn unrecorded(case: &TestCase, figures: &Figures, sites: &CallSites) -> Self {
        Self {
            name: case.name(),
            trips: true,
            what: NO_LIMIT.to_owned(),
            place: case.budget_shown(),
            measured: render::measured(figures),
            left: leaked(sites),
            sites: SiteTable::of(&sites.at_exit, sites.at_region_end.as_ref()),
            ..Self::default()
        }
    }

    fn judged(mut self, case: &TestCase, verdict: &WorkloadVerdict) -> Self {
        let judgement = &verdict.judgement;
        self.limits = judgement.findings.iter().map(LimitRow::of).collect();
        self.coherence = judgement.coherence.iter().map(CoherenceRow::of).collect();
        self.trips = verdict.trips();
        self.what = if self.trips { render::headline_of(verdict) } else { self.all() };
        self.place = render::blamed_line(case, verdict);
        self.sentences = render::sentences(verdict);
        self.sentences.extend(render::freed_before(verdict));
        self.superlinear = verdict.superlinear().map(render::superlinear).collect();
        let entities = verdict.figures.entities.as_ref();
        self.grown = render::grown(&verdict.compared(), entities);
        let stored = verdict.stored.as_ref();
        self.stored = stored.map(|stored| render::stored_types(stored, entities));
        let leak = verdict.exceeded_leak().zip(verdict.trusted_sites());
        let left = leak.map(|(unit, sites)| render::left(&sites.at_exit, unit));
        self.left = left.or(self.left);
        if let Some(site_metric) = verdict.site_metrics().first() {
            self.sites.choose(*site_metric);
        }
        self
    }

    /// Says that every limit holds.
    fn all(&self) -> String {
        match self.limits.len() + self.coherence.len() {
            1 => "its limit".to_owned(),
            limits => format!("all {} limits", format_count(limits as u64)),
        }
    }

    /// Adds the suite's types. Reading layouts means reading the whole executable. So only a workload that trips asks for
    /// them.
    fn with_types(self, case: &TestCase) -> Self {
        let rows = registry::type_layouts().into_iter().map(TypeRow::of);
        if !self.trips {
            return Self { types: rows.collect(), ..self };
        }
        let layouts = read::layouts(&registry::types());
        let explained = render::explained(&layouts, case.suite.package);
        Self { types: rows.map(|row| row.explained(&explained)).collect(), ..self }
    }
}

/// Returns what is left after everything ended, whether or not a limit is on it.
fn leaked(sites: &CallSites) -> Option<BlameSection> {
    let leaked = sites.at_exit.totals.end.blocks > 0;
    leaked.then(|| render::left(&sites.at_exit, AmountUnit::Bytes))
}
