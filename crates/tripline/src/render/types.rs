//! Types held against their sizes.

use tripline_budget::layout::DebugLayout;
use tripline_budget::{Sizes, TypeFinding, TypeVerdict, format_count};

use crate::case::paths::Home;
use crate::render::figure::percent;
use crate::render::table::Table;
use crate::render::{headline, remedies};

/// The failure of a suite's `sizes` test; `None` if every type holds. `over` are the layouts of the
/// types over their line.
pub(crate) fn types(
    home: &Home,
    suite: &str,
    sizes: &Sizes,
    findings: &[TypeFinding],
    over: &[DebugLayout],
) -> Option<String> {
    let tripped: Vec<_> = findings.iter().filter(|finding| finding.verdict.trips()).collect();
    if tripped.is_empty() {
        return None;
    }
    let plural = if findings.len() == 1 { "" } else { "s" };
    let what = format!("{} of {} type{plural}", tripped.len(), findings.len());
    let mut text = headline("TRIPPED", suite, &what, &place(sizes, &tripped));
    let mut table = Table::default();
    table.row(["type", "budget", "measured", "over"]);
    for finding in &tripped {
        rows(&mut table, finding);
    }
    table.print(&mut text);
    layouts(&mut text, sizes, over);
    remedies(
        &mut text,
        &what_to_do(home, suite, &tripped)
            .iter()
            .map(|(word, text)| (*word, text.as_str()))
            .collect::<Vec<_>>(),
    );
    Some(text)
}

fn place(sizes: &Sizes, tripped: &[&TypeFinding]) -> String {
    let lines = tripped.iter().filter_map(|finding| Some(finding.limit.as_ref()?.line));
    match lines.min() {
        Some(line) => format!("{}:{line}", sizes.file),
        None => sizes.file.clone(),
    }
}

/// How each lies in memory. Why that is not known is one reason for all, most often: it stands once.
fn layouts(text: &mut String, sizes: &Sizes, over: &[DebugLayout]) {
    let mut unknown: Vec<(&str, Vec<&str>)> = Vec::new();
    for DebugLayout { name, layout, .. } in over {
        match layout {
            Ok(layout) => {
                let limit = sizes.types.iter().find(|limit| limit.name == *name);
                text.push('\n');
                text.push_str(&layout.text(name, limit.map(|limit| limit.size)));
            }
            Err(reason) => match unknown.iter_mut().find(|(known, _)| known == reason) {
                Some((_, names)) => names.push(name),
                None => unknown.push((reason, vec![name])),
            },
        }
    }
    for (reason, names) in unknown {
        let names = names.join(", ");
        text.push_str(&format!("\n  the layout of {names} is not known: {reason}\n"));
    }
}

/// A type may be too large and misaligned at once: a row for each.
fn rows(table: &mut Table, finding: &TypeFinding) {
    let name = &finding.name;
    let bytes = |bytes: u64| format!("{} B", format_count(bytes));
    match (&finding.limit, &finding.layout) {
        (Some(limit), Some(layout)) => {
            let place = format!("{}:{}", layout.file, layout.line);
            if finding.verdict == TypeVerdict::Over {
                let over = layout.size - limit.size;
                let tenths = i128::from(over) * 1_000 / i128::from(limit.size.max(1));
                let over = format!("+{}", bytes(over));
                table.row_with_note(
                    [name, &bytes(limit.size), &bytes(layout.size), &over, &percent(tenths)],
                    &place,
                );
            }
            if let Some(align) = limit.align.filter(|align| *align != layout.align) {
                let name = format!("{name}, alignment");
                table.row_with_note([&name, &bytes(align), &bytes(layout.align), "", ""], &place);
            }
        }
        (None, Some(layout)) => {
            let note = format!("{}:{} has no limit", layout.file, layout.line);
            table.row_with_note([name, "—", &bytes(layout.size), "", ""], &note);
        }
        (Some(limit), None) => {
            table.row_with_note(
                [name, &bytes(limit.size), "—", "", ""],
                "no `sizes!` names this type",
            );
        }
        (None, None) => {}
    }
}

fn what_to_do(home: &Home, suite: &str, tripped: &[&TypeFinding]) -> Vec<(&'static str, String)> {
    let tool = home.tool();
    let named = |wanted: &dyn Fn(&TypeFinding) -> bool| {
        let names: Vec<_> = tripped
            .iter()
            .filter(|finding| wanted(finding))
            .map(|finding| finding.name.as_str())
            .collect();
        (!names.is_empty()).then(|| names.join(","))
    };
    let raise = named(&|finding| finding.verdict == TypeVerdict::Over || finding.is_misaligned());
    let missing = named(&|finding| finding.verdict == TypeVerdict::Missing);
    let orphans = named(&|finding| finding.verdict == TypeVerdict::Orphan);
    let mut remedies = Vec::new();
    if let Some(types) = raise {
        // Within quotes of a shell, and a lifetime has one of its own.
        let types = types.replace('\'', "'\\''");
        remedies.push((
            "wanted?",
            format!("{tool} update-budgets {suite}::sizes --raise '{types}' --reason \"...\""),
        ));
    }
    if missing.is_some() {
        remedies.push(("record", format!("{tool} update-budgets {suite}::sizes")));
    }
    if let Some(types) = orphans {
        remedies.push(("remove", format!("the line of {types}, or name it in `tripline::sizes!`")));
    }
    remedies
}
