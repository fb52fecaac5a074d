//! A workload held against its budget: the failure, and the hint that limits are loose.

use tripline_budget::{BreakdownStatus, DisplayScale, Finding, Verdict, default_heap_keys};

use crate::case::TestCase;
use crate::judge::verdict::WorkloadVerdict;
use crate::judge::workload::RunFiles;
use crate::render::blame::BlameSection;
use crate::render::figure::counted;
use crate::render::limit::{CoherenceRow, LimitRow};
use crate::render::sizes_table::sizes;
use crate::render::table::TextTable;
use crate::render::verdict::{blamed_line, freed_before, headline_of, sentences};
use crate::render::{
    NextStep, close, grown, headline, left, look_at, measured, separate, stored_types, superlinear,
};

/// Lays out the failure of a workload that trips.
pub(crate) fn tripped(case: &TestCase, verdict: &WorkloadVerdict, files: &RunFiles) -> String {
    let place = blamed_line(case, verdict);
    let mut text = headline("TRIPPED", &case.name(), &headline_of(verdict), &place);
    for sentence in sentences(verdict) {
        text.push_str(&format!("  {sentence}\n"));
    }
    limits(&mut text, verdict);
    at_each_size(&mut text, verdict);
    coherence(&mut text, verdict);
    for section in blamed(verdict) {
        separate(&mut text);
        section.print(&mut text);
    }
    if verdict.budget.limits.is_empty() {
        separate(&mut text);
        measured(&verdict.figures).print(&mut text);
    }
    if let Some(freed) = freed_before(verdict) {
        text.push_str(&format!("\n  {freed}\n"));
    }
    let mut next_steps = next_steps(case, verdict);
    next_steps.extend(look_at(case, files));
    close(&mut text, &next_steps);
    text
}

/// Lays out a line for each limit that could be lowered; `None` if none could.
pub(crate) fn loose(case: &TestCase, verdict: &WorkloadVerdict) -> Option<String> {
    let findings = verdict.judgement.findings.iter();
    let loose = findings.filter(|finding| finding.verdict == Verdict::Loose);
    let mut table = TextTable::default();
    let mut count = 0_u64;
    for finding in loose {
        let Some(measured) = finding.measured_in_unit() else { continue };
        let limit = &finding.limit;
        let scale =
            DisplayScale::of(&limit.metric, &[limit.max, measured], limit.max.abs_diff(measured));
        let place = format!("{}:{}", verdict.budget.file, limit.line);
        table.row_with_note(
            [&limit.metric.to_string(), &scale.format(limit.max), "→", &scale.format(measured)],
            &place,
        );
        count += 1;
    }
    if count == 0 {
        return None;
    }
    let what = format!("holds with room in {}", counted(count, "limit"));
    let mut text = headline("LOOSE", &case.name(), &what, &verdict.budget.file);
    table.print(&mut text);
    let lower = match &verdict.beside {
        Some(beside) => format!("{} {beside}", case.name()),
        None => case.name(),
    };
    close(&mut text, &[NextStep::new("lock in", case.paths.update_budgets(lower))]);
    Some(text)
}

fn limits(text: &mut String, verdict: &WorkloadVerdict) {
    let hold = |text: &mut String, hold: usize, what: &str| {
        let verb = if hold == 1 { "holds" } else { "hold" };
        text.push_str(&format!("  {hold} {what} {verb}\n"));
    };
    let all = verdict.judgement.findings.len();
    let tripped = verdict.tripped();
    if tripped.is_empty() {
        if verdict.breakdown_status().is_some() && all > 0 {
            hold(text, all, if all == 1 { "limit" } else { "limits" });
        }
        return;
    }
    separate(text);
    let mut table = TextTable::default();
    table.row(["limit", "budget", "measured", "over"]);
    for finding in &tripped {
        LimitRow::of(finding).add_to(&mut table);
    }
    table.print(text);
    let others = all - tripped.len();
    if others > 0 {
        hold(text, others, "more");
    }
}

/// Lays out what each size cost, of the metrics whose line does not hold.
fn at_each_size(text: &mut String, verdict: &WorkloadVerdict) {
    let tripped = verdict.tripped().into_iter();
    let metrics = tripped.filter_map(|finding| finding.limit.metric.growth_metric());
    if let Some(table) = sizes(&verdict.figures, metrics.cloned()) {
        separate(text);
        table.print(text);
    }
}

fn coherence(text: &mut String, verdict: &WorkloadVerdict) {
    if verdict.apart().next().is_none() {
        return;
    }
    separate(text);
    let mut table = TextTable::default();
    table.row(["incoherent", "reported", "measured"]);
    for finding in verdict.apart() {
        CoherenceRow::of(finding).add_to(&mut table);
    }
    table.print(text);
}

/// Returns everything that names call sites or types.
fn blamed(verdict: &WorkloadVerdict) -> Vec<BlameSection> {
    let entities = verdict.figures.entities.as_ref();
    let mut sections: Vec<_> = verdict.superlinear().map(superlinear).collect();
    sections.extend(grown(&verdict.compared(), entities));
    sections.extend(verdict.stored.as_ref().map(|stored| stored_types(stored, entities)));
    let leak = verdict.exceeded_leak().zip(verdict.trusted_sites());
    sections.extend(leak.map(|(unit, sites)| left(&sites.at_exit, unit)));
    sections
}

fn next_steps(case: &TestCase, verdict: &WorkloadVerdict) -> Vec<NextStep> {
    let name = case.name();
    let update = |arguments: String| case.paths.update_budgets(arguments);
    let mut next_steps = Vec::new();
    if verdict.is_without_limits() {
        let add = format!("{name} --add {}", default_heap_keys());
        next_steps.push(NextStep::new("record", update(add)));
    }
    // What stands under a `when` may be raised in whichever build it holds.
    let is_own = |finding: &&Finding| verdict.beside.is_none() || finding.limit.when.is_some();
    let (own, others): (Vec<_>, Vec<_>) = verdict.raisable().partition(is_own);
    if let Some(beside) = verdict.beside.as_ref().filter(|_| !others.is_empty()) {
        next_steps.push(NextStep::new("wanted?", update(format!("{name} {beside}"))));
    }
    let raisable: Vec<_> = own.iter().map(|finding| finding.limit.metric.to_string()).collect();
    if !raisable.is_empty() {
        let raise = format!("{name} --raise {} --reason \"...\"", raisable.join(","));
        next_steps.push(NextStep::new("wanted?", update(raise)));
    }
    for growth in &verdict.judgement.superlinear {
        let line = format!("{}:{}", verdict.budget.file, growth.line);
        let by_hand =
            format!("set a `tolerance` in {line} by hand: no tool takes a curve for a line");
        next_steps.push(NextStep::new("curve?", by_hand));
    }
    match verdict.breakdown_status() {
        Some(BreakdownStatus::Missing) => next_steps.push(NextStep::new("record", update(name))),
        Some(_) if verdict.tripped().is_empty() => {
            next_steps.push(NextStep::new("wanted?", update(name)));
        }
        _ => {}
    }
    for finding in verdict.above_ceiling() {
        let by_hand = format!(
            "no tool raises `{}` above its ceiling: change the code, or the ceiling by hand",
            finding.limit.metric
        );
        next_steps.push(NextStep::new("ceiling", by_hand));
    }
    next_steps
}
