//! The parts of a verdict that the failure and the page both say.

use tripline_budget::{BreakdownStatus, RulerChange, format_count};

use crate::case::TestCase;
use crate::judge::engine::Doubt;
use crate::judge::verdict::WorkloadVerdict;
use crate::render::NO_LIMIT;
use crate::render::figure::counted;
use crate::sites::breakdown::SitesContradiction;

const FAULT: &str = "this is a fault of the instruments, not of the workload: please report it";

/// Says in a few words what is wrong.
pub(crate) fn headline_of(verdict: &WorkloadVerdict) -> String {
    if verdict.is_broken() {
        return "the measurement contradicts itself".to_owned();
    }
    if verdict.is_without_limits() {
        return NO_LIMIT.to_owned();
    }
    let tripped = verdict.tripped().len() + verdict.apart().count();
    if tripped > 0 {
        return format!("{tripped} of {}", counted(verdict.limits() as u64, "limit"));
    }
    let what = match verdict.breakdown_status() {
        Some(BreakdownStatus::Missing) => "no breakdown is recorded",
        Some(_) => "its call sites changed",
        None if !verdict.doubts.is_empty() => "the counters and dhat disagree",
        None if !verdict.judgement.superlinear.is_empty() => "it grows faster than a line",
        None => "budget and workload do not fit",
    };
    what.to_owned()
}

/// Returns the first line to blame.
pub(crate) fn blamed_line(case: &TestCase, verdict: &WorkloadVerdict) -> String {
    match (verdict.first_line(), &verdict.sites) {
        (Some(line), _) => format!("{}:{line}", verdict.budget.file),
        (None, Some(sites)) if !sites.is_accepted => case.paths.shown(&sites.snapshot),
        (None, _) => verdict.budget.file.clone(),
    }
}

/// Returns what has to be said before any figure, a line each.
pub(crate) fn sentences(verdict: &WorkloadVerdict) -> Vec<String> {
    let mut lines = moved(&verdict.ruler_changes);
    let sites = verdict.sites.iter().flat_map(|sites| &sites.contradictions);
    lines.extend(sites.map(contradiction));
    lines.extend(verdict.invariants.iter().chain(&verdict.judgement.problems).cloned());
    lines.extend(verdict.doubts.iter().flat_map(doubt));
    lines.extend(verdict.judgement.superlinear.iter().map(ToString::to_string));
    if verdict.is_broken() {
        lines.push(FAULT.to_owned());
    }
    lines
}

/// Says which parts of the ruler changed, a line each, and what that means.
pub(crate) fn moved(changes: &[RulerChange]) -> Vec<String> {
    let said = |change: &RulerChange| {
        let cause = change.cause().map(str::to_owned);
        [change.to_string()].into_iter().chain(cause)
    };
    let end = "so this change may not have caused the growth".to_owned();
    let end = (!changes.is_empty()).then_some(end);
    changes.iter().flat_map(said).chain(end).collect()
}

fn contradiction(SitesContradiction { metric, measured, sites }: &SitesContradiction) -> String {
    let measured = measured.map_or_else(|| "absent".to_owned(), format_count);
    format!("`{metric}` is {measured}, but its call sites add up to {}", format_count(*sites))
}

/// Says how the counters and dhat do not fit each other, a sentence each.
pub(crate) fn doubt(doubt: &Doubt) -> Vec<String> {
    match doubt {
        Doubt::FreedBefore(freed) => vec![
            format!(
                "the region frees {} from before it, {} B, which the counters take for its own",
                counted(freed.blocks, "block"),
                format_count(freed.bytes)
            ),
            "so `engine = \"count\"` cannot measure it: allocate inside the region what it keeps, or measure with dhat"
                .to_owned(),
        ],
        Doubt::NotReproduced { metric, counted, measured_again } => vec![format!(
            "`{metric}` was {} by the counters and {} when dhat measured again: the workload does not allocate \
             the same in each run",
            format_count(*counted),
            format_count(*measured_again)
        )],
    }
}

/// Says what the region freed without having allocated it, if anything.
pub(crate) fn freed_before(verdict: &WorkloadVerdict) -> Option<String> {
    let freed = verdict.figures.freed_before;
    (freed.blocks > 0).then(|| {
        format!(
            "the region freed {} from before it, {} B; no figure counts them",
            counted(freed.blocks, "block"),
            format_count(freed.bytes)
        )
    })
}
