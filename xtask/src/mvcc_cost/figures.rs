//! The figures of one load over several runs: a median and a spread for each field of the report.

use anyhow::Context as _;

use crate::mvcc_cost::sweep::InsertLoad;
use crate::percent::hundredths_of_percent;

/// A field of the benchmark's report that the page shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReportField {
    /// Its key in the report.
    pub(super) key: &'static str,
    pub(super) title: &'static str,
    /// The most that a fresh median may differ from the page's, in hundredths of a percent of the page's.
    pub(super) tolerance: u64,
}

/// The fields, in the order of every table. Three runs on a busy machine lay 4.7, 7.9 and 1.5 % apart; each
/// tolerance is at least half as much again.
pub(super) const FIELDS: [ReportField; 3] = [
    ReportField { key: "total_allocs", title: "allocations", tolerance: 8_00 },
    ReportField { key: "heap_peak_bytes", title: "heap peak, B", tolerance: 12_00 },
    ReportField { key: "heap_current_bytes", title: "heap at the end, B", tolerance: 3_00 },
];

/// The index of the heap's peak in [`FIELDS`].
pub(super) const PEAK: usize = 1;

/// One run's figures, in the order of [`FIELDS`].
pub(super) type RunFigures = [u64; FIELDS.len()];

/// One field over all runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MedianFigure {
    pub(super) median: u64,
    /// Highest less lowest, in hundredths of a percent of the median, rounded up.
    pub(super) spread: u64,
}

/// The figures of one load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SweepPoint {
    pub(super) load: InsertLoad,
    pub(super) figures: [MedianFigure; FIELDS.len()],
}

impl SweepPoint {
    pub(super) fn new(load: InsertLoad, runs: &[RunFigures]) -> anyhow::Result<Self> {
        let mut figures = [MedianFigure { median: 0, spread: 0 }; FIELDS.len()];
        for (index, figure) in figures.iter_mut().enumerate() {
            let values = runs.iter().map(|run| run[index]).collect();
            *figure = MedianFigure::of(values).context("no run was read")?;
        }
        Ok(Self { load, figures })
    }
}

impl MedianFigure {
    /// Takes the lower of two values in the middle, so that the median is a figure of some run.
    fn of(mut values: Vec<u64>) -> Option<Self> {
        values.sort_unstable();
        let median = *values.get(values.len().checked_sub(1)? / 2)?;
        let range = values.last()? - values.first()?;
        Some(Self { median, spread: hundredths_of_percent(range, median) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_the_median_and_how_far_the_runs_lie_apart() {
        let figure = |median, spread| Some(MedianFigure { median, spread });
        assert_eq!(MedianFigure::of(vec![110, 100, 90]), figure(100, 20_00));
        assert_eq!(MedianFigure::of(vec![7, 7]), figure(7, 0));
        assert_eq!(MedianFigure::of(Vec::new()), None);
    }
}
