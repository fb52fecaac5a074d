//! From what was decided to what the page says of it.

use tripline_budget::{Figures, format_count};
use tripline_profile::AmountUnit;

use crate::case::registry;
use crate::judge::Case;
use crate::judge::sizes;
use crate::render::{CoherenceRow, LimitRow, NO_LIMIT, Rows, Verdict, left, measured};
use crate::report::{Report, Sites, TypeRow};
use crate::sites::evidence::Evidence;

impl Report {
    /// Without a verdict the workload has no budget.
    pub(crate) fn of(
        case: &Case,
        figures: &Figures,
        evidence: &Evidence,
        verdict: Option<&Verdict<'_>>,
    ) -> Self {
        let mut report = Self {
            name: case.name(),
            trips: true,
            what: NO_LIMIT.to_owned(),
            place: case.budget_shown(),
            measured: measured(figures),
            left: leaked(evidence),
            sites: Sites::of(&evidence.now, evidence.live.as_ref()),
            ..Self::default()
        };
        if let Some(verdict) = verdict {
            report.add(verdict);
        }
        report.types = types_of(case, report.trips);
        report
    }

    fn add(&mut self, verdict: &Verdict<'_>) {
        let judgement = &verdict.judgement;
        self.limits = judgement.findings.iter().map(LimitRow::of).collect();
        self.coherence = judgement.coherence.iter().map(CoherenceRow::of).collect();
        self.trips = verdict.trips();
        self.what = if self.trips { verdict.what() } else { self.all() };
        self.place = verdict.place();
        self.sentences = verdict.sentences();
        self.sentences.extend(verdict.freed_before());
        self.bent = verdict.bent().cloned().collect();
        self.grown = verdict.grown();
        self.stored = verdict.stored();
        self.left = verdict.left().or(self.left.take());
        if let Some(question) = verdict.questions().first() {
            self.sites.choose(*question);
        }
    }

    fn all(&self) -> String {
        match self.limits.len() + self.coherence.len() {
            1 => "its limit".to_owned(),
            limits => format!("all {} limits", format_count(limits as u64)),
        }
    }
}

/// Layouts cost reading the whole executable: only who has to find out what grew asks for them.
fn types_of(case: &Case, trips: bool) -> Vec<TypeRow> {
    let rows = registry::type_layouts().into_iter().map(TypeRow::of);
    if !trips {
        return rows.collect();
    }
    let layouts = sizes::explained(case.suite, &registry::types());
    rows.map(|row| row.explained(&layouts)).collect()
}

/// What is left after everything ended, whether or not a limit is on it.
fn leaked(evidence: &Evidence) -> Option<Rows> {
    let leaked = evidence.now.totals.end.blocks > 0;
    leaked.then(|| left(&evidence.now, AmountUnit::Bytes))
}
