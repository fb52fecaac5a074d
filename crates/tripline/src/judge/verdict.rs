//! The verdict on one workload: what was measured, what trips, and which call sites are to blame.
//!
//! It is data, and the questions that a failure and a page ask of it.

use std::cmp::Reverse;

use tripline_budget::{
    BreakdownStatus, Budget, CoherenceFinding, Figures, Finding, Judgement, RulerChange, Verdict,
};
use tripline_profile::{AmountUnit, Comparison, SiteMetric};

use crate::case::TestCase;
use crate::growth::superlinear::{SuperlinearMetric, SuperlinearSites};
use crate::judge::engine::Doubt;
use crate::layouts::stored_types::StoredTypes;
use crate::sites::call_sites::CallSites;
use crate::sites::metric::{leaked, limited_site_metric};

/// A workload held to its budget.
#[derive(Debug)]
pub(crate) struct WorkloadVerdict {
    pub(crate) budget: Budget,
    pub(crate) figures: Figures,
    pub(crate) judgement: Judgement,
    /// Invariants of the figures that do not hold, a sentence each.
    pub(crate) invariants: Vec<String>,
    pub(crate) doubts: Vec<Doubt>,
    /// The call sites, where a profile was saved.
    pub(crate) sites: Option<CallSites>,
    pub(crate) superlinear: SuperlinearSites,
    pub(crate) ruler_changes: Vec<RulerChange>,
    /// The option that records limits beside the recorded ones, where those are another build's.
    pub(crate) beside: Option<String>,
    /// The types that grew with the worst breach of bytes.
    pub(crate) stored: Option<StoredTypes>,
}

/// One figure of every call site, compared with what was recorded.
#[derive(Debug)]
pub(crate) struct ComparedFigure {
    pub(crate) site_metric: SiteMetric,
    pub(crate) comparison: Comparison,
}

impl WorkloadVerdict {
    /// Joins the worst breach with the types that grew.
    pub(crate) fn with_stored_types(self, case: &TestCase) -> Self {
        let compared = || {
            let site_metric = self.worst_bytes()?;
            Some((site_metric, self.trusted_sites()?.comparison(site_metric)?))
        };
        let stored = compared()
            .and_then(|(site_metric, compared)| StoredTypes::find(case, site_metric, &compared));
        Self { stored, ..self }
    }

    /// Returns `true` if the test fails.
    pub(crate) fn trips(&self) -> bool {
        let is_sound = !self.is_broken() && self.doubts.is_empty();
        self.judgement.trips() || !is_sound || self.breakdown_status().is_some()
    }

    /// Returns `true` if the measurement contradicts itself.
    pub(crate) fn is_broken(&self) -> bool {
        let contradicts = |sites: &CallSites| !sites.contradictions.is_empty();
        !self.invariants.is_empty() || self.sites.as_ref().is_some_and(contradicts)
    }

    /// Returns `true` if the budget limits nothing.
    pub(crate) fn is_without_limits(&self) -> bool {
        self.budget.limits.is_empty() && self.budget.coherence.is_empty()
    }

    /// Returns the limits that trip: the furthest over first, as a share of the limit, and those that have no share
    /// before all others. Equals stand as in the file.
    pub(crate) fn tripped(&self) -> Vec<&Finding> {
        worst_first(&self.judgement.findings)
    }

    /// Returns the coherences that trip.
    pub(crate) fn apart(&self) -> impl Iterator<Item = &CoherenceFinding> {
        self.judgement.coherence.iter().filter(|finding| finding.verdict.trips())
    }

    /// Returns the limits that are exceeded, as [`tripped`](Self::tripped) orders them.
    pub(crate) fn exceeded(&self) -> impl Iterator<Item = &Finding> {
        let is_over = |finding: &&Finding| matches!(finding.verdict, Verdict::Over { .. });
        self.tripped().into_iter().filter(is_over)
    }

    /// Returns the first line of the budget that trips.
    pub(crate) fn first_line(&self) -> Option<usize> {
        let limits = self.tripped().into_iter().map(|finding| finding.limit.line);
        let lines = limits.chain(self.apart().map(|finding| finding.coherence.line));
        lines.chain(self.judgement.superlinear.iter().map(|growth| growth.line)).min()
    }

    /// Returns how the call sites differ from the recorded ones, if insta does not accept them.
    pub(crate) fn breakdown_status(&self) -> Option<BreakdownStatus> {
        let refused = self.sites.as_ref().filter(|sites| !sites.is_accepted);
        refused.map(|sites| sites.status)
    }

    /// Returns the figures of a site that the breaches are about, each once.
    pub(crate) fn site_metrics(&self) -> Vec<SiteMetric> {
        let quantities = self.exceeded().map(|finding| &finding.limit.metric.quantity);
        let asked: Vec<_> = if self.exceeded().next().is_some() {
            quantities.filter_map(limited_site_metric).collect()
        } else {
            self.sites.iter().flat_map(|sites| sites.grown.iter().copied()).collect()
        };
        let mut site_metrics = Vec::new();
        for site_metric in asked {
            if !site_metrics.contains(&site_metric) {
                site_metrics.push(site_metric);
            }
        }
        site_metrics
    }

    /// Returns what became of every call site, by each figure that the breaches are about.
    pub(crate) fn compared(&self) -> Vec<ComparedFigure> {
        let Some(sites) = self.trusted_sites() else { return Vec::new() };
        let compared = |site_metric| {
            Some(ComparedFigure { site_metric, comparison: sites.comparison(site_metric)? })
        };
        self.site_metrics().into_iter().filter_map(compared).collect()
    }

    /// Returns how to rank the sites that leaked, where a limit on that is exceeded.
    pub(crate) fn exceeded_leak(&self) -> Option<AmountUnit> {
        self.exceeded().find_map(|finding| leaked(&finding.limit.metric.quantity))
    }

    /// Returns the sites of each metric that grows faster than a line.
    pub(crate) fn superlinear(&self) -> impl Iterator<Item = &SuperlinearMetric> {
        let metrics = self
            .judgement
            .superlinear
            .iter()
            .filter_map(|growth| self.superlinear.get(&growth.metric));
        metrics.filter(|metric| !metric.sites.is_empty())
    }

    /// Returns the call sites, unless they contradict the figures.
    pub(crate) fn trusted_sites(&self) -> Option<&CallSites> {
        self.sites.as_ref().filter(|_| !self.is_broken())
    }

    /// Returns the figure of bytes that is furthest over its limit, as a share.
    fn worst_bytes(&self) -> Option<SiteMetric> {
        let site_metrics = self
            .exceeded()
            .filter_map(|finding| limited_site_metric(&finding.limit.metric.quantity));
        site_metrics.into_iter().find(|site_metric| site_metric.unit == AmountUnit::Bytes)
    }

    /// Returns the limits that a tool can raise to what was measured.
    pub(crate) fn raisable(&self) -> impl Iterator<Item = &Finding> {
        self.exceeded().filter(|finding| !is_above_ceiling(finding))
    }

    /// Returns the limits whose ceiling is below what was measured.
    pub(crate) fn above_ceiling(&self) -> impl Iterator<Item = &Finding> {
        self.tripped().into_iter().filter(|finding| is_above_ceiling(finding))
    }

    /// Returns the number of the budget's limits and coherences.
    pub(crate) fn limits(&self) -> usize {
        self.judgement.findings.len() + self.judgement.coherence.len()
    }
}

/// Returns the findings that trip, in the order of [`WorkloadVerdict::tripped`].
fn worst_first(findings: &[Finding]) -> Vec<&Finding> {
    let trips = |finding: &&Finding| finding.verdict.trips();
    let mut tripped: Vec<_> = findings.iter().filter(trips).collect();
    tripped.sort_by_key(|finding| Reverse(share(finding)));
    tripped
}

fn share(finding: &Finding) -> i128 {
    finding.over_tenths_of_percent().unwrap_or(i128::MAX)
}

/// Returns `true` if what was measured is above the limit's ceiling.
fn is_above_ceiling(finding: &Finding) -> bool {
    let measured = finding.measured_in_unit();
    measured.zip(finding.limit.ceiling).is_some_and(|(measured, ceiling)| measured > ceiling)
}

#[cfg(test)]
mod tests {
    use tripline_budget::{BudgetFile, Cfgs, Config, judge};

    use super::*;

    #[test]
    fn the_furthest_over_its_limit_stands_first() {
        let text =
            "[limits]\ntotal_blocks = 100\ntotal_bytes = 100\nmax_bytes = 100\nleaked_blocks = 0\n";
        let file = BudgetFile::parse("a.toml", text).expect("a budget file");
        let budget = file.resolve(&Config::default(), &Cfgs::default()).expect("a budget");
        let measured = [
            ("total_blocks", 101),
            ("total_bytes", 100),
            ("max_bytes", 200),
            ("leaked_blocks", 1),
            ("leaked_bytes", 0),
        ];
        let metrics = measured.map(|(key, value)| (key.to_owned(), value)).into();
        let judgement = judge(&budget, &Figures { metrics, ..Figures::default() });
        let tripped = worst_first(&judgement.findings).into_iter();
        let keys: Vec<_> = tripped.map(|finding| finding.limit.metric.to_string()).collect();
        assert_eq!(keys, ["leaked_blocks", "max_bytes", "total_blocks"]);
    }
}
