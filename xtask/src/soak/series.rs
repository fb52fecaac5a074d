//! The figures of one workload over many runs.

use std::collections::{BTreeMap, BTreeSet};

use cargo_tripline::{Status, SuiteHome};
use tripline_budget::{BreakdownStatus, Figures, Limit, Measurement, Outcome};

/// One workload, run again and again.
#[derive(Debug)]
pub(super) struct Series {
    pub(super) name: String,
    /// Its limits, or the reason why there are none.
    limits: Result<Vec<Limit>, String>,
    figures: Vec<Figures>,
    /// Reasons why runs measured nothing, each with the number of runs.
    pub(super) failures: BTreeMap<String, u32>,
}

/// The range of one limit's figure over all runs, in the limit's unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spread {
    pub(super) min: u64,
    pub(super) max: u64,
    pub(super) distinct: usize,
}

impl Series {
    pub(super) fn new(home: SuiteHome<'_>, workload: &str) -> Self {
        let limits = home.load_budget(workload).and_then(|budget| {
            let budget = budget.ok_or_else(|| "no limit is recorded".to_owned())?;
            Ok(budget.applies.limits)
        });
        Self { name: home.name(workload), limits, figures: Vec::new(), failures: BTreeMap::new() }
    }

    pub(super) fn push(&mut self, published: Option<Measurement>) {
        let changed = |measurement: &Measurement| {
            let snapshot = measurement.snapshot.as_ref();
            snapshot.is_some_and(|snapshot| snapshot.composition == BreakdownStatus::Changed)
        };
        if published.as_ref().is_some_and(changed) {
            *self.failures.entry("its call sites changed".to_owned()).or_default() += 1;
        }
        let reason = match published.map(|measurement| measurement.outcome) {
            Some(Outcome::Measured(figures)) => return self.figures.push(figures),
            Some(Outcome::Failed(reason)) => reason,
            None => self.limits.as_ref().err().cloned().unwrap_or("nothing was published".into()),
        };
        let first = reason.lines().next().unwrap_or_default().to_owned();
        *self.failures.entry(first).or_default() += 1;
    }

    /// Returns the number of runs that were measured.
    pub(super) fn measured(&self) -> usize {
        self.figures.len()
    }

    /// Returns every limit with its spread, or `None` if some run did not measure it.
    pub(super) fn spreads(&self) -> impl Iterator<Item = (&Limit, Option<Spread>)> {
        self.limits.iter().flatten().map(|limit| (limit, self.spread(limit)))
    }

    /// Returns the reason why no limit is shown, if there are figures.
    pub(super) fn why_no_limits(&self) -> Option<&str> {
        self.limits.as_ref().err().map(String::as_str).filter(|_| self.measured() > 0)
    }

    fn spread(&self, limit: &Limit) -> Option<Spread> {
        let mut distinct = BTreeSet::new();
        for figures in &self.figures {
            distinct.insert(limited_figure(limit, figures)?);
        }
        let (min, max) = (*distinct.first()?, *distinct.last()?);
        Some(Spread { min, max, distinct: distinct.len() })
    }

    /// Returns `Breach` if an exact limit's figure moved, and `Unknown` if only some runs failed. A workload
    /// that fails every time is steady.
    pub(super) fn status(&self) -> Status {
        if self.measured() > 0 && !self.failures.is_empty() {
            return Status::Unknown;
        }
        let moved = self.spreads().any(|(limit, spread)| moved(limit, spread.as_ref()));
        if moved { Status::Breach } else { Status::Holds }
    }
}

/// Returns `true` if the limit is exact and its figure differed between runs.
pub(super) fn moved(limit: &Limit, spread: Option<&Spread>) -> bool {
    limit.tolerance.is_none() && spread.is_some_and(|spread| spread.distinct > 1)
}

/// Returns the figure that the limit holds, in its unit.
fn limited_figure(limit: &Limit, figures: &Figures) -> Option<u64> {
    let total = *figures.metrics.get(&limit.metric.measured_key())?;
    if !limit.metric.per_entity {
        return Some(total);
    }
    let entities = figures.entities.as_ref()?.count;
    (entities > 0).then(|| total.div_ceil(entities))
}

#[cfg(test)]
mod tests {
    use tripline_budget::PendingSnapshot;

    use super::*;

    fn series(tolerance: Option<&str>, figures: &[Option<u64>]) -> Series {
        let limit = Limit {
            metric: "total_blocks".parse().unwrap(),
            max: 10,
            tolerance: tolerance
                .map(|text| tripline_budget::Tolerance::Percent(text.parse().unwrap())),
            ceiling: None,
            reason: None,
            when: None,
            line: 1,
        };
        let mut series = Series {
            name: "a::b".to_owned(),
            limits: Ok(vec![limit]),
            figures: Vec::new(),
            failures: BTreeMap::new(),
        };
        for blocks in figures {
            series.push(blocks.map(|blocks| {
                let metrics = BTreeMap::from([("total_blocks".to_owned(), blocks)]);
                measurement(Figures { metrics, ..Figures::default() })
            }));
        }
        series
    }

    fn measurement(figures: Figures) -> Measurement {
        Measurement {
            schema: tripline_budget::SCHEMA,
            run: String::new(),
            suite: "a".to_owned(),
            workload: "b".to_owned(),
            commit: None,
            ruler: tripline_budget::Ruler::default(),
            outcome: Outcome::Measured(figures),
            repeats: Vec::new(),
            planted: None,
            tripped: Vec::new(),
            snapshot: None,
        }
    }

    #[test]
    fn call_sites_that_change_are_not_steady() {
        let mut series = series(None, &[Some(7)]);
        let metrics = BTreeMap::from([("total_blocks".to_owned(), 7)]);
        let changed = PendingSnapshot {
            composition: BreakdownStatus::Changed,
            file: String::new(),
            text: String::new(),
        };
        let figures = Figures { metrics, ..Figures::default() };
        series.push(Some(Measurement { snapshot: Some(changed), ..measurement(figures) }));
        assert_eq!(series.status(), Status::Unknown);
    }

    #[test]
    fn an_exact_limit_must_not_move_and_a_band_may() {
        assert_eq!(series(None, &[Some(7), Some(7)]).status(), Status::Holds);
        assert_eq!(series(None, &[Some(7), Some(8)]).status(), Status::Breach);
        assert_eq!(series(Some("3%"), &[Some(7), Some(8)]).status(), Status::Holds);
    }

    #[test]
    fn what_fails_sometimes_is_unknown_and_what_fails_always_is_steady() {
        assert_eq!(series(None, &[Some(7), None]).status(), Status::Unknown);
        assert_eq!(series(None, &[None, None]).status(), Status::Holds);
    }

    #[test]
    fn a_spread_counts_distinct_figures() {
        let series = series(None, &[Some(9), Some(7), Some(9)]);
        let spreads: Vec<_> = series.spreads().map(|(_, spread)| spread).collect();
        assert_eq!(spreads, [Some(Spread { min: 7, max: 9, distinct: 2 })]);
    }
}
