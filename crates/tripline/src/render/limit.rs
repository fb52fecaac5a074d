//! The row of a limit, and of a coherence: the failure and the page show the same.

use tripline_budget::{
    CoherenceFinding, CoherenceVerdict, DisplayScale, Finding, Unit, Verdict, format_count,
};

use crate::render::figure::percent;
use crate::render::table::TextTable;

/// Stands for a figure that is not there.
const NONE: &str = "—";

/// A limit and its verdict, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitRow {
    pub name: String,
    pub budget: String,
    pub measured: String,
    /// The difference from the limit to the measured figure, if there is one.
    pub difference: Option<LimitDifference>,
    /// `within`, `over`, `loose`, `missing` or `unsupported`.
    pub verdict: &'static str,
    pub trips: bool,
    /// The tolerance and the ceiling, or the reason why there is nothing to compare.
    pub note: String,
}

/// The difference between a figure and its limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitDifference {
    pub above: bool,
    pub amount: String,
    /// The share of the limit; empty where the limit is 0.
    pub share: String,
}

/// A coherence and its verdict, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoherenceRow {
    pub name: String,
    pub reported: String,
    pub measured: String,
    /// `within`, `apart`, `missing` or `unsupported`.
    pub verdict: &'static str,
    pub trips: bool,
    pub note: String,
}

impl LimitRow {
    pub(crate) fn of(finding: &Finding) -> Self {
        let limit = &finding.limit;
        let measured = finding.measured_in_unit();
        let (verdict, why) = word(&finding.verdict);
        let over = finding.over().filter(|_| why.is_none());
        let difference =
            over.map_or(0, |over| u64::try_from(over.unsigned_abs()).unwrap_or(u64::MAX));
        let scale =
            DisplayScale::of(&limit.metric, &[limit.max, measured.unwrap_or(0)], difference);
        let share = || finding.over_tenths_of_percent().map(|tenths| percent(tenths.abs()));
        Self {
            name: limit.metric.to_string(),
            budget: scale.format(limit.max),
            measured: measured.map_or_else(|| NONE.to_owned(), |measured| scale.format(measured)),
            difference: over.map(|over| LimitDifference {
                above: over > 0,
                amount: scale.format(difference),
                share: share().unwrap_or_default(),
            }),
            verdict,
            trips: finding.verdict.trips(),
            note: why.map_or_else(|| allowance(finding), str::to_owned),
        }
    }

    /// Adds the row to those that trip.
    pub(crate) fn add_to(&self, table: &mut TextTable) {
        let Self { name, budget, measured, note, .. } = self;
        match &self.difference {
            None => table.row_with_note([name, budget, measured, ""], note),
            Some(LimitDifference { amount, share, .. }) => {
                let over = format!("+{amount}");
                table.row_with_note([name, budget, measured, &over, share], note);
            }
        }
    }
}

impl CoherenceRow {
    pub(crate) fn of(finding: &CoherenceFinding) -> Self {
        let coherence = &finding.coherence;
        let shown = |figure: Option<u64>| figure.map_or_else(|| NONE.to_owned(), format_count);
        let divisor = finding.entities.unwrap_or(1).max(1);
        let (verdict, why) = match &finding.verdict {
            CoherenceVerdict::Within => ("within", None),
            CoherenceVerdict::Apart => ("apart", None),
            CoherenceVerdict::Missing(why) => ("missing", Some(why)),
            CoherenceVerdict::Unsupported(why) => ("unsupported", Some(why)),
        };
        let rule = || format!("(must equal `{}` within {})", coherence.equals, coherence.within);
        Self {
            name: coherence.reported.to_string(),
            reported: shown(finding.reported),
            measured: shown(finding.total.map(|total| total.div_ceil(divisor))),
            verdict,
            trips: finding.verdict.trips(),
            note: why.map_or_else(rule, String::clone),
        }
    }

    /// Adds the row to those that trip.
    pub(crate) fn add_to(&self, table: &mut TextTable) {
        table.row_with_note([&self.name, &self.reported, &self.measured], &self.note);
    }
}

/// Returns the verdict's word, and the reason why there is nothing to compare.
fn word(verdict: &Verdict) -> (&'static str, Option<&str>) {
    match verdict {
        Verdict::Within => ("within", None),
        Verdict::Over { .. } => ("over", None),
        Verdict::Loose => ("loose", None),
        Verdict::Missing(why) => ("missing", Some(why)),
        Verdict::Unsupported(why) => ("unsupported", Some(why)),
    }
}

/// Returns what the limit's line grants beside `max`: `(tolerance 3 %, ceiling 64)`.
fn allowance(finding: &Finding) -> String {
    let limit = &finding.limit;
    let unit = limit.metric.unit();
    let tolerance =
        limit.tolerance.map(|tolerance| format!("tolerance {}", tolerance.describe(unit)));
    let ceiling = limit.ceiling.map(|ceiling| {
        let unit = if unit == Unit::Bytes { " B" } else { "" };
        format!("ceiling {}{unit}", format_count(ceiling))
    });
    let grants: Vec<_> = tolerance.into_iter().chain(ceiling).collect();
    if grants.is_empty() { String::new() } else { format!("({})", grants.join(", ")) }
}
