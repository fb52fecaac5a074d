//! What the runs say together. Times are compared within a round only.

use crate::bench::overhead::catalogue::{Allocator, Program, SYSTEM};
use crate::bench::overhead::sweep::Run;
use crate::bench::rounds::Quartiles;

/// The runs of all rounds.
#[derive(Debug)]
pub(super) struct Results(pub(super) Vec<Run>);

impl Results {
    /// How many times as long as on the system's allocator, over the rounds.
    pub(super) fn ratio(&self, allocator: &Allocator, program: &Program) -> Option<Quartiles> {
        let ratios = self.of(allocator, program).map(|run| self.ratio_of(run));
        Quartiles::of(ratios.collect::<Option<_>>()?)
    }

    /// Of one run, beside the system's of its round.
    pub(super) fn ratio_of(&self, run: &Run) -> Option<f64> {
        let system = self.of(SYSTEM, run.program).find(|system| system.round == run.round)?;
        Some(run.line.pace()? / system.line.pace()?)
    }

    /// Nanoseconds an iteration, of the fastest round.
    pub(super) fn fastest(&self, allocator: &Allocator, program: &Program) -> Option<f64> {
        self.of(allocator, program).filter_map(|run| run.line.pace()).min_by(f64::total_cmp)
    }

    pub(super) fn rounds(&self) -> usize {
        self.0.iter().map(|run| run.round + 1).max().unwrap_or_default()
    }

    fn of(&self, allocator: &Allocator, program: &Program) -> impl Iterator<Item = &Run> {
        let (binary, name) = (allocator.binary, program.name);
        let mine = move |run: &&Run| run.allocator.binary == binary && run.program.name == name;
        self.0.iter().filter(mine)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::bench::overhead::catalogue::{ALLOCATORS, PROGRAMS};
    use crate::bench::overhead::line::{Counted, Line};

    pub(in crate::bench::overhead) fn run(
        round: usize,
        allocator: usize,
        program: usize,
        pace: u64,
    ) -> Run {
        let (allocator, program) = (&ALLOCATORS[allocator], &PROGRAMS[program]);
        let (iterations, repeats) = (program.iterations, program.repeats(allocator.pace));
        let counted = Counted { blocks: Some(iterations), ..Counted::default() };
        let text = format!(
            r#"{{"program":"{}","iterations":{iterations},"repeats":{repeats},"threads":1,"nanoseconds":{},"counted":{}}}"#,
            program.name,
            iterations * pace,
            r#"{"blocks":null,"bytes":null,"peak":null,"live":null}"#,
        );
        let mut line: Line = serde_json::from_str(&text).unwrap();
        line.counted = counted;
        Run { round, allocator, program, line }
    }

    /// Three rounds on a machine that becomes slower, by which each allocator takes a tenth longer than the one
    /// before it, give or take.
    pub(in crate::bench::overhead) fn results() -> Results {
        let mut runs = Vec::new();
        for round in 0..3 {
            for program in 0..PROGRAMS.len() {
                for allocator in 0..ALLOCATORS.len() {
                    let uneven = if allocator == 2 { 400 * round } else { 0 };
                    let pace = (100 + 10 * allocator + uneven) * (round + 1) * (program + 1);
                    runs.push(run(round, allocator, program, pace as u64));
                }
            }
        }
        Results(runs)
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
        assert!(Results(Vec::new()).fastest(SYSTEM, &PROGRAMS[0]).is_none());
    }
}
