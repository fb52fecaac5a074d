//! What we want to see. Nothing fails where it is not seen: the figures are a machine's.

use crate::bench::overhead::catalogue::{ALLOCATORS, Allocator, PROGRAMS, Pace, Program, Scope};
use crate::bench::overhead::results::Results;

/// A ratio that an allocator is not to exceed.
struct Goal {
    binary: &'static str,
    /// Or the beginning of several.
    program: &'static str,
    at_most: f64,
}

const COUNT: &str = "tripline-count";

const GOALS: [Goal; 4] = [
    Goal { binary: "tripline-idle", program: "", at_most: 1.05 },
    Goal { binary: COUNT, program: "sql-", at_most: 1.03 },
    Goal { binary: COUNT, program: "one-thread", at_most: 1.2 },
    Goal { binary: COUNT, program: "two-threads", at_most: 1.3 },
];

/// A line for each goal and program.
pub(super) fn goals(results: &Results) -> String {
    let each = GOALS.iter().flat_map(|goal| {
        PROGRAMS
            .iter()
            .filter(|program| program.name.starts_with(goal.program))
            .filter_map(|program| line(results, by_name(goal.binary)?, program, goal.at_most))
    });
    let fastest = PROGRAMS.iter().filter_map(|program| faster(results, program));
    each.chain(fastest).collect()
}

fn line(
    results: &Results,
    allocator: &Allocator,
    program: &Program,
    at_most: f64,
) -> Option<String> {
    let median = results.ratio(allocator, program)?.median;
    let seen = if median <= at_most { "seen    " } else { "not seen" };
    let (title, name) = (allocator.title, program.name);
    Some(format!("  {seen}   {title} at most {at_most:.2} on {name}: {median:.3}\n"))
}

/// Whether something else that knows the peak of all threads takes less time than tripline's counters.
fn faster(results: &Results, program: &Program) -> Option<String> {
    let ours = results.ratio(by_name(COUNT)?, program)?.median;
    let rivals = ALLOCATORS.iter().filter(|other| is_rival(other)).filter_map(|other| {
        let median = results.ratio(other, program)?.median;
        (median < ours).then(|| format!("{} {median:.3}", other.title))
    });
    let rivals: Vec<_> = rivals.collect();
    let name = program.name;
    let claim = format!("nothing with a peak across threads is faster on {name}");
    Some(if rivals.is_empty() {
        format!("  seen       {claim}\n")
    } else {
        format!("  not seen   {claim}: {ours:.3}, but {}\n", rivals.join(", "))
    })
}

fn is_rival(other: &Allocator) -> bool {
    let counts = other.pace == Pace::Fast && other.reports.peak;
    counts && other.scope == Scope::AllThreads && other.binary != COUNT
}

fn by_name(binary: &str) -> Option<&'static Allocator> {
    ALLOCATORS.iter().find(|allocator| allocator.binary == binary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::overhead::results::tests::results;

    #[test]
    fn a_goal_that_is_not_seen_is_shown() {
        insta::assert_snapshot!(goals(&results()));
    }

    #[test]
    fn where_all_take_the_same_time_every_goal_is_seen() {
        let mut results = results();
        for run in &mut results.0 {
            run.line.nanoseconds = Some(run.line.iterations * 100);
        }
        let text = goals(&results);
        assert!(text.lines().all(|line| line.starts_with("  seen ")), "{text}");
        insta::assert_snapshot!(text.lines().last().unwrap_or_default(), @"  seen       nothing with a peak across threads is faster on sql-mvcc");
    }

    #[test]
    fn every_goal_is_some_programs() {
        for goal in &GOALS {
            assert!(PROGRAMS.iter().any(|program| program.name.starts_with(goal.program)));
        }
    }
}
