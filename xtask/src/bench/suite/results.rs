//! The times of all rounds, and their comparison. Ratios are of one round: a machine that slows down slows every
//! method down.

use crate::bench::rounds::milliseconds;
use crate::bench::suite::method::Method;
use crate::bench::suite::method_runner::RunTimes;
use crate::bench::suite::region_times::WORKLOADS;

/// The times of the methods that could run.
#[derive(Debug)]
pub(super) struct SuiteResults {
    methods: Vec<MethodTimes>,
}

/// The times of one method.
#[derive(Debug)]
pub(super) struct MethodTimes {
    pub(super) method: Method,
    /// One for each round. Each figure is the lowest of the round's runs.
    pub(super) rounds: Vec<RunTimes>,
}

impl MethodTimes {
    pub(super) fn new(method: Method) -> Self {
        Self { method, rounds: Vec::new() }
    }

    /// Adds a run to a round, which is the latest or the next one.
    pub(super) fn add(&mut self, round: usize, times: RunTimes) {
        match self.rounds.get_mut(round) {
            Some(lowest) => *lowest = lowest.lowest(times),
            None => self.rounds.push(times),
        }
    }
}

impl SuiteResults {
    /// Takes the methods, each with as many rounds.
    pub(super) fn new(methods: Vec<MethodTimes>) -> Self {
        Self { methods }
    }

    /// Returns the methods that ran.
    pub(super) fn methods(&self) -> impl Iterator<Item = Method> {
        self.methods.iter().map(|times| times.method)
    }

    /// Returns the times of a method, round by round; none if it could not run.
    pub(super) fn rounds(&self, method: Method) -> &[RunTimes] {
        let times = self.methods.iter().find(|times| times.method == method);
        times.map_or(&[], |times| &times.rounds)
    }

    /// Returns the time of the whole run, in milliseconds.
    pub(super) fn whole(&self, method: Method) -> Vec<f64> {
        self.rounds(method).iter().map(whole).collect()
    }

    /// Returns the time that the whole run takes longer than plain tests, divided by the workloads.
    pub(super) fn beyond_plain(&self, method: Method) -> Vec<f64> {
        let per_workload = |time: f64, plain: f64| (time - plain) / WORKLOADS.len() as f64;
        self.compare(method, Method::Plain, whole, per_workload)
    }

    /// Returns the time of the measured parts of all workloads.
    pub(super) fn measured(&self, method: Method) -> Vec<f64> {
        self.rounds(method).iter().map(measured).collect()
    }

    /// Returns the time of one workload's measured part. `workload` is an index of [`WORKLOADS`].
    pub(super) fn region(&self, method: Method, workload: usize) -> Vec<f64> {
        self.rounds(method).iter().map(|times| milliseconds(times.regions[workload])).collect()
    }

    /// Returns the measured part of `method` divided by that of `base`.
    pub(super) fn ratio(&self, method: Method, base: Method) -> Vec<f64> {
        self.compare(method, base, measured, |time, base| time / base)
    }

    /// Compares a figure with that of `base` in the same round.
    fn compare(
        &self,
        method: Method,
        base: Method,
        figure: fn(&RunTimes) -> f64,
        comparison: impl Fn(f64, f64) -> f64,
    ) -> Vec<f64> {
        let pairs = self.rounds(method).iter().zip(self.rounds(base));
        pairs.map(|(times, base)| comparison(figure(times), figure(base))).collect()
    }
}

fn whole(times: &RunTimes) -> f64 {
    milliseconds(times.whole)
}

fn measured(times: &RunTimes) -> f64 {
    milliseconds(times.regions.iter().sum())
}

#[cfg(test)]
pub(super) mod testing {
    use std::time::Duration;

    use super::*;

    /// Returns two rounds, the second at half the machine's speed.
    pub(crate) fn results() -> SuiteResults {
        let times = |whole: u64, region: u64| RunTimes {
            whole: Duration::from_millis(whole),
            regions: [1, 2, 3, 4, 5].map(|part| Duration::from_millis(part * region)),
        };
        let of_method = |method, whole, region| MethodTimes {
            method,
            rounds: vec![times(whole, region), times(2 * whole, 2 * region)],
        };
        SuiteResults::new(vec![
            of_method(Method::Plain, 1_000, 10),
            of_method(Method::Count, 1_050, 11),
            of_method(Method::Dhat, 5_000, 100),
            of_method(Method::ByHand, 6_000, 110),
        ])
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::testing::results;
    use super::*;

    #[test]
    fn a_round_has_the_lowest_of_each_figure() {
        let times = |whole, region| RunTimes {
            whole: Duration::from_secs(whole),
            regions: [Duration::from_secs(region); WORKLOADS.len()],
        };
        let mut of_method = MethodTimes::new(Method::Plain);
        for (round, run) in [(0, times(9, 2)), (0, times(8, 3)), (1, times(9, 4))] {
            of_method.add(round, run);
        }
        assert_eq!(of_method.rounds, [times(8, 2), times(9, 4)]);
    }

    #[test]
    fn ratios_are_of_one_round() {
        let results = results();
        assert_eq!(results.ratio(Method::Count, Method::Plain), [1.1, 1.1]);
        assert_eq!(results.ratio(Method::ByHand, Method::Count), [10.0, 10.0]);
        assert_eq!(results.beyond_plain(Method::Count), [10.0, 20.0]);
        assert_eq!(results.region(Method::Plain, 2), [30.0, 60.0]);
    }

    #[test]
    fn a_method_that_did_not_run_has_no_figures() {
        let results = results();
        assert!(results.whole(Method::Gungraun).is_empty());
        assert!(results.ratio(Method::Gungraun, Method::Count).is_empty());
        assert_eq!(results.methods().count(), 4);
    }
}
