//! What several readings of one load come to.

use anyhow::Context as _;

use crate::mvcc_cost::sweep::Job;

/// What is read of each run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Metric {
    /// In the benchmark's report.
    pub(super) key: &'static str,
    pub(super) title: &'static str,
    /// By how much a fresh median may differ from the page's, in hundredths of a percent of the page's.
    pub(super) tolerance: u64,
}

/// The order of every table. Tolerances are half again, or more, what three runs were seen to lie apart on a
/// machine that was busy: 4.7, 7.9 and 1.5 %.
pub(super) const METRICS: [Metric; 3] = [
    Metric { key: "total_allocs", title: "allocations", tolerance: 8_00 },
    Metric { key: "heap_peak_bytes", title: "heap peak, B", tolerance: 12_00 },
    Metric { key: "heap_current_bytes", title: "heap at the end, B", tolerance: 3_00 },
];

/// Where the heap's peak is in [`METRICS`].
pub(super) const PEAK: usize = 1;

/// One run's figures, in the order of [`METRICS`].
pub(super) type Reading = [u64; METRICS.len()];

/// One metric over all runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) median: u64,
    /// Highest less lowest, in hundredths of a percent of the median, rounded up.
    pub(super) spread: u64,
}

/// What was measured of one load in one mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) job: Job,
    pub(super) figures: [Figure; METRICS.len()],
}

impl Point {
    pub(super) fn new(job: Job, readings: &[Reading]) -> anyhow::Result<Self> {
        let mut figures = [Figure { median: 0, spread: 0 }; METRICS.len()];
        for (index, figure) in figures.iter_mut().enumerate() {
            let values = readings.iter().map(|reading| reading[index]).collect();
            *figure = Figure::of(values).context("nothing was read")?;
        }
        Ok(Self { job, figures })
    }
}

impl Figure {
    /// Of an even number of values, the lower of the two in the middle: a figure that was seen.
    fn of(mut values: Vec<u64>) -> Option<Self> {
        values.sort_unstable();
        let median = *values.get(values.len().checked_sub(1)? / 2)?;
        let range = values.last()? - values.first()?;
        Some(Self { median, spread: hundredths(range, median) })
    }
}

/// `part` in hundredths of a percent of `whole`, rounded up: what differs never shows as nothing.
pub(super) fn hundredths(part: u64, whole: u64) -> u64 {
    let hundredths = (u128::from(part) * 10_000).div_ceil(u128::from(whole).max(1));
    u64::try_from(hundredths).unwrap_or(u64::MAX)
}

/// Hundredths of a percent as a person reads them.
pub(super) fn percent(hundredths: u64) -> String {
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_the_median_and_how_far_the_runs_lie_apart() {
        assert_eq!(Figure::of(vec![110, 100, 90]), Some(Figure { median: 100, spread: 20_00 }));
        assert_eq!(Figure::of(vec![7, 7]), Some(Figure { median: 7, spread: 0 }));
        assert_eq!(Figure::of(Vec::new()), None);
    }

    #[test]
    fn what_differs_never_shows_as_nothing() {
        assert_eq!(percent(hundredths(1, 1_000_000_000)), "0.01 %");
        assert_eq!(percent(hundredths(0, 0)), "0.00 %");
    }
}
