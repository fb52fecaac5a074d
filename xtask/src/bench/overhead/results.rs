//! Ratios over all runs. Times are compared within a round only.

use crate::bench::overhead::catalogue::{Allocator, SYSTEM, TimedProgram};
use crate::bench::overhead::sweep::ProcessRun;
use crate::bench::rounds::Quartiles;

/// The runs of all rounds.
#[derive(Debug)]
pub(super) struct OverheadResults(pub(super) Vec<ProcessRun>);

impl OverheadResults {
    /// Returns the time beside that on the system's allocator, over the rounds.
    pub(super) fn ratio(&self, allocator: &Allocator, program: &TimedProgram) -> Option<Quartiles> {
        let ratios = self.of(allocator, program).map(|run| self.ratio_of(run));
        Quartiles::of(ratios.collect::<Option<_>>()?)
    }

    /// Returns the time of one run beside the system's in its round.
    pub(super) fn ratio_of(&self, run: &ProcessRun) -> Option<f64> {
        let system = self.of(SYSTEM, run.program).find(|system| system.round == run.round)?;
        let time = run.report.nanoseconds_per_iteration()?;
        Some(time / system.report.nanoseconds_per_iteration()?)
    }

    /// Returns the nanoseconds an iteration, of the fastest round.
    pub(super) fn fastest(&self, allocator: &Allocator, program: &TimedProgram) -> Option<f64> {
        let times = self.of(allocator, program);
        times.filter_map(|run| run.report.nanoseconds_per_iteration()).min_by(f64::total_cmp)
    }

    /// Returns the number of rounds.
    pub(super) fn rounds(&self) -> usize {
        self.0.iter().map(|run| run.round + 1).max().unwrap_or_default()
    }

    fn of(
        &self,
        allocator: &Allocator,
        program: &TimedProgram,
    ) -> impl Iterator<Item = &ProcessRun> {
        let (binary, name) = (allocator.binary, program.name);
        let runs = self.0.iter();
        runs.filter(move |run| run.allocator.binary == binary && run.program.name == name)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::bench::overhead::catalogue::{ALLOCATORS, PROGRAMS};
    use crate::bench::overhead::process_report::{CountedFigures, ProcessReport};

    /// Returns a run that takes `nanoseconds` an iteration.
    pub(in crate::bench::overhead) fn run(
        round: usize,
        allocator: usize,
        program: usize,
        nanoseconds: u64,
    ) -> ProcessRun {
        let (allocator, program) = (&ALLOCATORS[allocator], &PROGRAMS[program]);
        let (iterations, repeats) = (program.iterations, program.repeats(allocator.speed));
        let counted = CountedFigures { blocks: Some(iterations), ..CountedFigures::default() };
        let text = format!(
            r#"{{"program":"{}","iterations":{iterations},"repeats":{repeats},"threads":1,"nanoseconds":{},"counted":{}}}"#,
            program.name,
            iterations * nanoseconds,
            r#"{"blocks":null,"bytes":null,"peak":null,"live":null}"#,
        );
        let mut report: ProcessReport = serde_json::from_str(&text).unwrap();
        report.counted = counted;
        ProcessRun { round, allocator, program, report }
    }

    /// Returns three rounds on a machine that becomes slower. Each allocator takes 10 ns longer than the one
    /// before it; the third is uneven.
    pub(in crate::bench::overhead) fn results() -> OverheadResults {
        let mut runs = Vec::new();
        for round in 0..3 {
            for program in 0..PROGRAMS.len() {
                for allocator in 0..ALLOCATORS.len() {
                    let uneven = if allocator == 2 { 400 * round } else { 0 };
                    let even = 100 + 10 * allocator;
                    let nanoseconds = (even + uneven) * (round + 1) * (program + 1);
                    runs.push(run(round, allocator, program, nanoseconds as u64));
                }
            }
        }
        OverheadResults(runs)
    }

    #[test]
    fn a_ratio_is_of_one_round() {
        let results = results();
        let (even, program) = (&ALLOCATORS[5], &PROGRAMS[3]);
        let Quartiles { lower, median, upper } = results.ratio(even, program).unwrap();
        assert_eq!([lower, median, upper], [1.5, 1.5, 1.5]);
        let uneven = results.ratio(&ALLOCATORS[2], program).unwrap();
        let tenths =
            [uneven.lower, uneven.median, uneven.upper].map(|ratio| (ratio * 10.0).round());
        assert_eq!(tenths, [32.0, 52.0, 72.0]);
        assert_eq!(results.ratio(SYSTEM, program).unwrap().median, 1.0);
    }

    #[test]
    fn the_fastest_round_is_the_fewest_nanoseconds() {
        let results = results();
        assert_eq!(results.fastest(&ALLOCATORS[5], &PROGRAMS[0]), Some(150.0));
        assert_eq!(results.rounds(), 3);
    }

    #[test]
    fn without_the_systems_run_there_is_no_ratio() {
        let mut results = results();
        results.0.retain(|run| run.allocator.binary != "system" || run.round != 1);
        assert_eq!(results.ratio(&ALLOCATORS[5], &PROGRAMS[0]), None);
        assert!(OverheadResults(Vec::new()).fastest(SYSTEM, &PROGRAMS[0]).is_none());
    }
}
