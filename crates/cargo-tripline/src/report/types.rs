//! A suite's types as rows.

use tripline_budget::{Sizes, TypeFinding, TypeVerdict, format_count, judge_types};

use crate::home::{Home, SIZES};
use crate::report::bar::Headroom;
use crate::report::group::LOCK_IN;
use crate::report::limits::above_ceiling;
use crate::report::{Group, Row, Word};
use crate::tool::Tool;

/// A suite's types, as the test itself judges them.
pub(crate) fn judged_types(home: Home<'_>, sizes: &Sizes, tool: Tool) -> Group {
    let findings = judge_types(sizes, &home.suite.types);
    let mut group = Group::new(home.name(SIZES), sizes.file.clone());
    group.rows = findings.iter().flat_map(rows).collect();
    group.remedies = remedies(&group.name, &findings, tool);
    group
}

/// A type may be too large and misaligned at once: a row for each.
fn rows(finding: &TypeFinding) -> Vec<Row> {
    let size = Row {
        limit: finding.name.clone(),
        budget: bytes(finding.limit.as_ref().map(|limit| limit.size)),
        measured: bytes(finding.layout.as_ref().map(|layout| layout.size)),
        headroom: finding
            .limit
            .as_ref()
            .zip(finding.layout.as_ref())
            .map(|(limit, layout)| Headroom::new(u128::from(limit.size), layout.size)),
        word: word(finding.verdict),
        note: note(finding),
    };
    let align = finding.limit.as_ref().and_then(|limit| limit.align);
    let layout = finding.layout.as_ref().map(|layout| layout.align);
    let alignment = Row {
        limit: format!("{}, alignment", finding.name),
        budget: bytes(align),
        measured: bytes(layout),
        headroom: None,
        word: Word::Misaligned,
        note: String::new(),
    };
    match finding.verdict {
        TypeVerdict::Misaligned => vec![Row { word: Word::Within, ..size }, alignment],
        TypeVerdict::Over if finding.is_misaligned() => vec![size, alignment],
        _ => vec![size],
    }
}

fn bytes(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "—".to_owned(), |bytes| format!("{} B", format_count(bytes)))
}

const fn word(verdict: TypeVerdict) -> Word {
    match verdict {
        TypeVerdict::Within => Word::Within,
        TypeVerdict::Over => Word::Over,
        TypeVerdict::Loose => Word::Loose,
        TypeVerdict::Misaligned => Word::Misaligned,
        TypeVerdict::Missing => Word::Missing,
        TypeVerdict::Orphan => Word::Orphan,
    }
}

fn note(finding: &TypeFinding) -> String {
    match (finding.verdict, &finding.layout, &finding.limit) {
        (TypeVerdict::Missing, Some(layout), _) => {
            format!("{}:{} has no limit", layout.file, layout.line)
        }
        (TypeVerdict::Orphan, ..) => "no `sizes!` names this type".to_owned(),
        (_, _, Some(limit)) => match limit.ceiling {
            Some(ceiling) => format!("ceiling {} B", format_count(ceiling)),
            None => String::new(),
        },
        _ => String::new(),
    }
}

fn passes_ceiling(finding: &TypeFinding) -> bool {
    let (layout, limit) = (finding.layout.as_ref(), finding.limit.as_ref());
    let ceiling = limit.and_then(|limit| limit.ceiling);
    layout.zip(ceiling).is_some_and(|(layout, ceiling)| layout.size > ceiling)
}

fn remedies(name: &str, findings: &[TypeFinding], tool: Tool) -> Vec<(&'static str, String)> {
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
    let ceiling = named(&stuck).map(|types| ("ceiling", above_ceiling(&types)));
    let raise =
        raise.map(|types| ("wanted?", format!("{update} --raise '{types}' --reason \"...\"")));
    let record = named(&is(TypeVerdict::Missing)).map(|_| ("record", update.clone()));
    let remove = named(&is(TypeVerdict::Orphan));
    let remove = remove
        .map(|types| ("remove", format!("the line of {types}, or name it in `tripline::sizes!`")));
    let lower = named(&is(TypeVerdict::Loose)).map(|_| (LOCK_IN, update.clone()));
    [raise, ceiling, record, remove, lower].into_iter().flatten().collect()
}
