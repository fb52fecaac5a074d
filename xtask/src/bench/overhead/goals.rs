//! The ratios that tripline aims at. Nothing fails where one is missed: the figures are a machine's.

use crate::bench::overhead::catalogue::{
    ALLOCATORS, Allocator, PROGRAMS, Speed, ThreadScope, TimedProgram,
};
use crate::bench::overhead::results::OverheadResults;

/// The highest ratio that an allocator should have.
struct Goal {
    binary: &'static str,
    /// The program's name, or the beginning of several.
    program_prefix: &'static str,
    at_most: f64,
}

const COUNT: &str = "tripline-count";

const GOALS: [Goal; 4] = [
    Goal { binary: "tripline-idle", program_prefix: "", at_most: 1.05 },
    Goal { binary: COUNT, program_prefix: "sql-", at_most: 1.03 },
    Goal { binary: COUNT, program_prefix: "one-thread", at_most: 1.2 },
    Goal { binary: COUNT, program_prefix: "two-threads", at_most: 1.3 },
];

/// Returns a line for each goal and program.
pub(super) fn goals(results: &OverheadResults) -> String {
    let ratios = GOALS.iter().flat_map(|goal| {
        PROGRAMS
            .iter()
            .filter(|program| program.name.starts_with(goal.program_prefix))
            .filter_map(|program| ratio_line(results, by_name(goal.binary)?, program, goal.at_most))
    });
    let fastest = PROGRAMS.iter().filter_map(|program| fastest_line(results, program));
    ratios.chain(fastest).collect()
}

fn ratio_line(
    results: &OverheadResults,
    allocator: &Allocator,
    program: &TimedProgram,
    at_most: f64,
) -> Option<String> {
    let median = results.ratio(allocator, program)?.median;
    let verdict = if median <= at_most { "met   " } else { "missed" };
    let (title, name) = (allocator.title, program.name);
    Some(format!("  {verdict}   {title} at most {at_most:.2} on {name}: {median:.3}\n"))
}

/// Returns a line that names the faster allocators among those that know the peak of all threads.
fn fastest_line(results: &OverheadResults, program: &TimedProgram) -> Option<String> {
    let ours = results.ratio(by_name(COUNT)?, program)?.median;
    let rivals = ALLOCATORS.iter().filter(|other| is_rival(other)).filter_map(|other| {
        let median = results.ratio(other, program)?.median;
        (median < ours).then(|| format!("{} {median:.3}", other.title))
    });
    let rivals: Vec<_> = rivals.collect();
    let name = program.name;
    let claim = format!("nothing with a peak across threads is faster on {name}");
    Some(if rivals.is_empty() {
        format!("  met      {claim}\n")
    } else {
        format!("  missed   {claim}: {ours:.3}, but {}\n", rivals.join(", "))
    })
}

fn is_rival(other: &Allocator) -> bool {
    let counts = other.speed == Speed::Fast && other.reports.peak;
    counts && other.scope == ThreadScope::AllThreads && other.binary != COUNT
}

fn by_name(binary: &str) -> Option<&'static Allocator> {
    ALLOCATORS.iter().find(|allocator| allocator.binary == binary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::overhead::results::tests::results;

    #[test]
    fn a_goal_that_is_missed_is_shown() {
        insta::assert_snapshot!(goals(&results()));
    }

    #[test]
    fn where_all_take_the_same_time_every_goal_is_met() {
        let mut results = results();
        for run in &mut results.0 {
            run.report.nanoseconds = Some(run.report.iterations * 100);
        }
        let text = goals(&results);
        assert!(text.lines().all(|line| line.starts_with("  met ")), "{text}");
        insta::assert_snapshot!(text.lines().last().unwrap_or_default(), @"  met      nothing with a peak across threads is faster on sql-mvcc");
    }

    #[test]
    fn every_goal_names_a_program() {
        for goal in &GOALS {
            assert!(PROGRAMS.iter().any(|program| program.name.starts_with(goal.program_prefix)));
        }
    }
}
