//! A suite's types as rows.

use tripline_budget::protocol::file_names::SIZES;
use tripline_budget::{Sizes, TypeFinding, TypeVerdict, Unit, judge_types, quoted_shell_word};

use crate::findings::budget_findings::BudgetFindings;
use crate::findings::limits::above_ceiling;
use crate::findings::remedy::{LOCK_IN, RemedyLine};
use crate::findings::row::{FindingRow, RowKind};
use crate::findings::ruler::blame_ruler;
use crate::findings::verdict::RowVerdict;
use crate::outcome::Status;
use crate::output::Tool;
use crate::workspace::SuiteHome;

/// Returns findings on a suite's types, as the test itself judges them.
pub(crate) fn judged_types(home: SuiteHome<'_>, sizes: &Sizes, tool: Tool) -> BudgetFindings {
    let findings = judge_types(sizes, &home.suite.types);
    let mut group = BudgetFindings { place: sizes.file.clone(), ..BudgetFindings::of(home, SIZES) };
    group.rows = findings.iter().flat_map(rows).collect();
    if group.status() >= Status::Breach {
        group = blame_ruler(group, home, SIZES, &sizes.ruler);
    }
    group.remedies = match sizes.ruler.beside(&home.suite.ruler) {
        Some(beside) => remedies_beside(&group.name, &findings, tool, &beside),
        None => remedies(&group.name, &findings, tool),
    };
    group
}

/// Returns a row for the size and one for the alignment: a type may break both.
fn rows(finding: &TypeFinding) -> Vec<FindingRow> {
    let size = size_row(finding);
    match finding.verdict {
        TypeVerdict::Misaligned => {
            vec![FindingRow { verdict: RowVerdict::Within, ..size }, alignment_row(finding)]
        }
        TypeVerdict::Over if finding.is_misaligned() => vec![size, alignment_row(finding)],
        _ => vec![size],
    }
}

fn size_row(finding: &TypeFinding) -> FindingRow {
    let limit = finding.limit.as_ref();
    let size = finding.layout.as_ref().map(|layout| layout.size);
    FindingRow {
        budget: limit.map(|limit| limit.size),
        measured: size,
        total: size,
        allowed: size.and_then(|_| limit.map(|limit| limit.size)),
        ceiling: limit.and_then(|limit| limit.ceiling),
        line: limit.map(|limit| limit.line),
        text: text(finding),
        ..FindingRow::new(RowKind::Size, &finding.name, Unit::Bytes, row_verdict(finding.verdict))
    }
}

fn alignment_row(finding: &TypeFinding) -> FindingRow {
    let limit = finding.limit.as_ref();
    FindingRow {
        budget: limit.and_then(|limit| limit.align),
        measured: finding.layout.as_ref().map(|layout| layout.align),
        line: limit.map(|limit| limit.line),
        ..FindingRow::new(RowKind::Alignment, &finding.name, Unit::Bytes, RowVerdict::Misaligned)
    }
}

const fn row_verdict(verdict: TypeVerdict) -> RowVerdict {
    match verdict {
        TypeVerdict::Within => RowVerdict::Within,
        TypeVerdict::Over => RowVerdict::Over,
        TypeVerdict::Loose => RowVerdict::Loose,
        TypeVerdict::Misaligned => RowVerdict::Misaligned,
        TypeVerdict::Missing => RowVerdict::Missing,
        TypeVerdict::Orphan => RowVerdict::Orphan,
    }
}

fn text(finding: &TypeFinding) -> String {
    match (finding.verdict, &finding.layout) {
        (TypeVerdict::Missing, Some(layout)) => {
            format!("{}:{} has no limit", layout.file, layout.line)
        }
        (TypeVerdict::Orphan, _) => "no `sizes!` names this type".to_owned(),
        _ => String::new(),
    }
}

fn passes_ceiling(finding: &TypeFinding) -> bool {
    let (layout, limit) = (finding.layout.as_ref(), finding.limit.as_ref());
    let ceiling = limit.and_then(|limit| limit.ceiling);
    layout.zip(ceiling).is_some_and(|(layout, ceiling)| layout.size > ceiling)
}

/// Returns the remedy where the limits are another build's.
fn remedies_beside(
    name: &str,
    findings: &[TypeFinding],
    tool: Tool,
    beside: &str,
) -> Vec<RemedyLine> {
    let is = |verdict| findings.iter().any(|finding| finding.verdict == verdict);
    let word = if is(TypeVerdict::Over) || is(TypeVerdict::Missing) { "wanted?" } else { LOCK_IN };
    let is_moved = word != LOCK_IN || is(TypeVerdict::Loose);
    let record = format!("{tool} update-budgets {name} {beside}");
    is_moved.then(|| RemedyLine::update(word, record)).into_iter().collect()
}

fn remedies(name: &str, findings: &[TypeFinding], tool: Tool) -> Vec<RemedyLine> {
    let named = |wanted: &dyn Fn(&TypeFinding) -> bool| {
        let names: Vec<_> =
            findings.iter().filter(|finding| wanted(finding)).map(|f| f.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(","))
    };
    let is = |verdict| move |finding: &TypeFinding| finding.verdict == verdict;
    let over = |finding: &TypeFinding| finding.verdict == TypeVerdict::Over;
    let update = format!("{tool} update-budgets {name}");
    let stuck = |finding: &TypeFinding| over(finding) && passes_ceiling(finding);
    let raise =
        named(&|finding| (over(finding) || finding.is_misaligned()) && !passes_ceiling(finding));
    let ceiling = named(&stuck).map(|types| RemedyLine::advice("ceiling", above_ceiling(&types)));
    let raise = raise.map(|types| {
        RemedyLine::update(
            "wanted?",
            format!("{update} --raise {} --reason \"...\"", quoted_shell_word(&types)),
        )
    });
    let record =
        named(&is(TypeVerdict::Missing)).map(|_| RemedyLine::update("record", update.clone()));
    let remove = named(&is(TypeVerdict::Orphan));
    let remove = remove.map(|types| {
        RemedyLine::advice(
            "remove",
            format!("the line of {types}, or name it in `tripline::sizes!`"),
        )
    });
    let lower = named(&is(TypeVerdict::Loose)).map(|_| RemedyLine::update(LOCK_IN, update.clone()));
    [raise, ceiling, record, remove, lower].into_iter().flatten().collect()
}
