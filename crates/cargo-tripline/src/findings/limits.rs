//! A workload's limits as rows.

use tripline_budget::{
    Budget, CoherenceFinding, CoherenceVerdict, DisplayScale, Figures, Finding, Verdict,
    default_heap_keys, judge,
};

use crate::findings::budget_findings::BudgetFindings;
use crate::findings::remedy::{LOCK_IN, RemedyLine};
use crate::findings::row::{FindingRow, RowKind};
use crate::findings::ruler::blame_ruler;
use crate::findings::verdict::RowVerdict;
use crate::outcome::Status;
use crate::output::Tool;
use crate::workspace::SuiteHome;

/// A workload with its budget and figures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JudgedWorkload<'a> {
    pub(crate) home: SuiteHome<'a>,
    pub(crate) workload: &'a str,
    pub(crate) budget: &'a Budget,
    pub(crate) figures: &'a Figures,
    pub(crate) tool: Tool,
}

impl JudgedWorkload<'_> {
    /// Returns its limits as the test itself judges them.
    pub(crate) fn group(&self) -> BudgetFindings {
        let judgement = judge(self.budget, self.figures);
        let mut group = BudgetFindings::of(self.home, self.workload);
        group.rows.extend(judgement.findings.iter().map(row));
        group.rows.extend(judgement.coherence.iter().map(coherence_row));
        for problem in judgement.problems {
            group = group.say(Status::Breach, problem);
        }
        for growth in judgement.superlinear {
            group = group.say(Status::Breach, growth.to_string());
        }
        if group.status() >= Status::Breach {
            group = blame_ruler(group, self.home, self.workload, &self.budget.ruler);
        }
        group.remedies = self.remedies(&judgement.findings);
        group
    }

    fn remedies(&self, findings: &[Finding]) -> Vec<RemedyLine> {
        let (tool, name) = (self.tool, self.home.name(self.workload));
        let mut remedies = Vec::new();
        if self.budget.limits.is_empty() && self.budget.coherence.is_empty() {
            let keys = default_heap_keys();
            remedies.push(RemedyLine::update(
                "record",
                format!("{tool} update-budgets {name} --add {keys}"),
            ));
        }
        let over = |finding: &Finding| matches!(finding.verdict, Verdict::Over { .. });
        let loose = |finding: &Finding| finding.verdict == Verdict::Loose;
        let beside = self.budget.ruler.beside(&self.home.suite.ruler);
        // What stands under a `when` may be moved in whichever build it holds.
        let is_own = |finding: &Finding| beside.is_none() || finding.limit.when.is_some();
        if let Some(beside) = &beside {
            let is_over = findings.iter().any(|finding| over(finding) && !is_own(finding));
            let is_loose = findings.iter().any(|finding| loose(finding) && !is_own(finding));
            let word = if is_over { "wanted?" } else { LOCK_IN };
            let record = format!("{tool} update-budgets {name} {beside}");
            remedies.extend((is_over || is_loose).then(|| RemedyLine::update(word, record)));
        }
        let (stuck, raisable): (Vec<_>, Vec<_>) = findings
            .iter()
            .filter(|finding| over(finding) && is_own(finding))
            .partition(|finding| passes_ceiling(finding));
        if !raisable.is_empty() {
            let keys: Vec<_> = raisable.iter().map(|f| f.limit.metric.to_string()).collect();
            let keys = keys.join(",");
            remedies.push(RemedyLine::update(
                "wanted?",
                format!("{tool} update-budgets {name} --raise {keys} --reason \"...\""),
            ));
        }
        for finding in stuck {
            remedies.push(RemedyLine::advice(
                "ceiling",
                above_ceiling(&finding.limit.metric.to_string()),
            ));
        }
        if findings.iter().any(|finding| loose(finding) && is_own(finding)) {
            remedies.push(RemedyLine::update(LOCK_IN, format!("{tool} update-budgets {name}")));
        }
        remedies
    }
}

/// Returns `true` if the measured figure is above the limit's ceiling.
fn passes_ceiling(finding: &Finding) -> bool {
    let measured = finding.measured_in_unit();
    measured.zip(finding.limit.ceiling).is_some_and(|(measured, ceiling)| measured > ceiling)
}

pub(super) fn above_ceiling(key: &str) -> String {
    format!("no tool raises `{key}` above its ceiling: change the code, or the ceiling by hand")
}

fn row(finding: &Finding) -> FindingRow {
    let limit = &finding.limit;
    let unit = limit.metric.unit();
    let measured = finding.measured_in_unit();
    let difference = measured.map_or(0, |measured| measured.abs_diff(limit.max));
    let (row_verdict, why) = row_verdict(&finding.verdict);
    // A limit that cannot be judged has no headroom.
    let judged = !matches!(row_verdict, RowVerdict::Missing | RowVerdict::Unsupported);
    let allowed = judged.then(|| limit.allowed(finding.entities.unwrap_or(1)));
    FindingRow {
        scale: DisplayScale::of(&limit.metric, &[limit.max, measured.unwrap_or(0)], difference),
        budget: Some(limit.max),
        measured,
        total: finding.measured,
        // No figure reaches beyond 64 bits.
        allowed: allowed.map(|allowed| u64::try_from(allowed).unwrap_or(u64::MAX)),
        entities: finding.entities,
        tolerance: limit.tolerance.map(|tolerance| tolerance.describe(unit)),
        ceiling: limit.ceiling,
        line: Some(limit.line),
        text: why.unwrap_or_default().to_owned(),
        ..FindingRow::new(RowKind::Limit, limit.metric.to_string(), unit, row_verdict)
    }
}

fn row_verdict(verdict: &Verdict) -> (RowVerdict, Option<&str>) {
    match verdict {
        Verdict::Within => (RowVerdict::Within, None),
        Verdict::Over { .. } => (RowVerdict::Over, None),
        Verdict::Loose => (RowVerdict::Loose, None),
        Verdict::Missing(why) => (RowVerdict::Missing, Some(why)),
        Verdict::Unsupported(why) => (RowVerdict::Unsupported, Some(why)),
    }
}

fn coherence_row(finding: &CoherenceFinding) -> FindingRow {
    let coherence = &finding.coherence;
    let (row_verdict, why) = match &finding.verdict {
        CoherenceVerdict::Within => (RowVerdict::Within, None),
        CoherenceVerdict::Apart => (RowVerdict::Apart, None),
        CoherenceVerdict::Missing(why) => (RowVerdict::Missing, Some(why)),
        CoherenceVerdict::Unsupported(why) => (RowVerdict::Unsupported, Some(why)),
    };
    let rule = || format!("must equal `{}` within {}", coherence.equals, coherence.within);
    FindingRow {
        scale: DisplayScale::Count,
        budget: finding.total.map(|total| total.div_ceil(finding.entities.unwrap_or(1).max(1))),
        measured: finding.reported,
        entities: finding.entities,
        tolerance: Some(coherence.within.to_string()),
        line: Some(coherence.line),
        text: why.map_or_else(rule, String::clone),
        ..FindingRow::new(
            RowKind::Coherence,
            coherence.reported.to_string(),
            coherence.reported.unit(),
            row_verdict,
        )
    }
}
