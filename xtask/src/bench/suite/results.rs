//! Readings of several rounds, and what is compared of them. Ratios are of one round: a machine that slows down
//! slows every way down.

use std::time::Duration;

use crate::bench::suite::runs::Reading;
use crate::bench::suite::times::WORKLOADS;
use crate::bench::suite::way::Way;

/// What was measured of the ways that could run.
#[derive(Debug)]
pub(super) struct Results {
    columns: Vec<(Way, Vec<Reading>)>,
}

impl Results {
    /// Each way with as many readings as there were rounds.
    pub(super) fn new(columns: Vec<(Way, Vec<Reading>)>) -> Self {
        Self { columns }
    }

    pub(super) fn ways(&self) -> impl Iterator<Item = Way> {
        self.columns.iter().map(|(way, _)| *way)
    }

    /// In the order of rounds; empty for a way that could not run.
    pub(super) fn readings(&self, way: Way) -> &[Reading] {
        let column = self.columns.iter().find(|(of, _)| *of == way);
        column.map_or(&[], |(_, readings)| readings)
    }

    /// The whole run, in milliseconds.
    pub(super) fn whole(&self, way: Way) -> Vec<f64> {
        self.readings(way).iter().map(whole).collect()
    }

    /// What the whole run takes beyond that of plain tests, for each workload.
    pub(super) fn beyond_plain(&self, way: Way) -> Vec<f64> {
        let of_one = |way: f64, plain: f64| (way - plain) / WORKLOADS.len() as f64;
        self.beside(way, Way::Plain, whole, of_one)
    }

    /// The measured parts of all workloads.
    pub(super) fn measured(&self, way: Way) -> Vec<f64> {
        self.readings(way).iter().map(measured).collect()
    }

    /// The measured part of one workload, by its place in [`WORKLOADS`].
    pub(super) fn region(&self, way: Way, workload: usize) -> Vec<f64> {
        self.readings(way).iter().map(|reading| milliseconds(reading.regions[workload])).collect()
    }

    /// How many times the measured part of `base` that of `way` is.
    pub(super) fn ratio(&self, way: Way, base: Way) -> Vec<f64> {
        self.beside(way, base, measured, |way, base| way / base)
    }

    fn beside(
        &self,
        way: Way,
        base: Way,
        figure: fn(&Reading) -> f64,
        compared: impl Fn(f64, f64) -> f64,
    ) -> Vec<f64> {
        let pairs = self.readings(way).iter().zip(self.readings(base));
        pairs.map(|(way, base)| compared(figure(way), figure(base))).collect()
    }
}

fn whole(reading: &Reading) -> f64 {
    milliseconds(reading.whole)
}

fn measured(reading: &Reading) -> f64 {
    milliseconds(reading.regions.iter().sum())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// Two rounds, the second at half the machine's speed.
    pub(crate) fn results() -> Results {
        let reading = |whole: u64, region: u64| Reading {
            whole: Duration::from_millis(whole),
            regions: [1, 2, 3, 4, 5].map(|part| Duration::from_millis(part * region)),
        };
        let column = |way, whole, region| {
            (way, vec![reading(whole, region), reading(2 * whole, 2 * region)])
        };
        Results::new(vec![
            column(Way::Plain, 1_000, 10),
            column(Way::Count, 1_050, 11),
            column(Way::Dhat, 5_000, 100),
            column(Way::ByHand, 6_000, 110),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::testing::results;
    use super::*;

    #[test]
    fn ratios_are_of_one_round() {
        let results = results();
        assert_eq!(results.ratio(Way::Count, Way::Plain), [1.1, 1.1]);
        assert_eq!(results.ratio(Way::ByHand, Way::Count), [10.0, 10.0]);
        assert_eq!(results.beyond_plain(Way::Count), [10.0, 20.0]);
        assert_eq!(results.region(Way::Plain, 2), [30.0, 60.0]);
    }

    #[test]
    fn a_way_that_did_not_run_has_no_figures() {
        let results = results();
        assert!(results.whole(Way::Gungraun).is_empty());
        assert!(results.ratio(Way::Gungraun, Way::Count).is_empty());
        assert_eq!(results.ways().count(), 4);
    }
}
