//! The types of a suite, held to their lines, and the layouts of those that are over.

use tripline_budget::layout::DebugLayout;
use tripline_budget::{Sizes, TypeFinding, TypeVerdict, format_count, quoted_shell_word};

use crate::case::paths::WorkspacePaths;
use crate::case::registry::Suite;
use crate::judge::sizes::SizesVerdict;
use crate::layouts::LayoutProblem;
use crate::layouts::read::ReadLayout;
use crate::render::figure::{counted, percent};
use crate::render::table::TextTable;
use crate::render::verdict::moved;
use crate::render::{NextStep, close, headline, separate};

/// Lays out the failure of a suite's `sizes` test; `None` if every type holds.
pub(crate) fn types(
    paths: &WorkspacePaths,
    suite: &Suite,
    verdict: &SizesVerdict,
) -> Option<String> {
    let SizesVerdict { sizes, findings, over, ruler_changes } = verdict;
    let tripped = verdict.tripped();
    if tripped.is_empty() {
        return None;
    }
    let what = format!("{} of {}", tripped.len(), counted(findings.len() as u64, "type"));
    let mut text = headline("TRIPPED", suite.name(), &what, &place(sizes, &tripped));
    for sentence in moved(ruler_changes) {
        text.push_str(&format!("  {sentence}\n"));
    }
    separate(&mut text);
    let mut table = TextTable::default();
    table.row(["type", "budget", "measured", "over"]);
    for finding in &tripped {
        rows(&mut table, finding);
    }
    table.print(&mut text);
    layouts(&mut text, sizes, &explained(over, suite.package));
    close(&mut text, &next_steps(paths, suite.name(), &tripped));
    Some(text)
}

/// Returns layouts as tools read them, with the problem of a layout that is not known as text. `package` is who
/// compiles the types.
pub(crate) fn explained(layouts: &[ReadLayout], package: &str) -> Vec<DebugLayout> {
    let explained = |read: &ReadLayout| DebugLayout {
        name: read.ty.name.to_owned(),
        file: read.ty.file.to_owned(),
        line: read.ty.line,
        layout: read.layout.clone().map_err(|problem| layout_problem(&problem, package)),
    };
    layouts.iter().map(explained).collect()
}

/// Lays out how a type lies in memory, or why that is not known.
pub(crate) fn layout_text(explained: &DebugLayout) -> String {
    match &explained.layout {
        Ok(layout) => layout.text(&explained.name, None),
        Err(problem) => problem.clone(),
    }
}

fn layout_problem(problem: &LayoutProblem, package: &str) -> String {
    match problem {
        LayoutProblem::NoDebugInfo => format!(
            "no debug information for this type: compile the test package with `debug = \"full\"`. \
             In the workspace's Cargo.toml, for the profile that tests are built with:\n\n    \
             [profile.dev.package.{package}]\n    debug = \"full\""
        ),
        LayoutProblem::Split => "its debug information lies in files beside the executable: \
             build with `split-debuginfo = \"off\"`"
            .to_owned(),
        LayoutProblem::Platform => {
            "type layouts are read on Linux alone, where debug information is in the executable"
                .to_owned()
        }
        LayoutProblem::Unreadable(what) => format!("its debug information cannot be read: {what}"),
    }
}

fn place(sizes: &Sizes, tripped: &[&TypeFinding]) -> String {
    let lines = tripped.iter().filter_map(|finding| Some(finding.limit.as_ref()?.line));
    match lines.min() {
        Some(line) => format!("{}:{line}", sizes.file),
        None => sizes.file.clone(),
    }
}

/// Adds how each type lies in memory. The reason why that is not known is most often the same for all: it stands once.
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

/// Adds the rows of a type, which may be too large and misaligned at once.
fn rows(table: &mut TextTable, finding: &TypeFinding) {
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

fn next_steps(paths: &WorkspacePaths, suite: &str, tripped: &[&TypeFinding]) -> Vec<NextStep> {
    let name = format!("{suite}::sizes");
    let named = |wanted: &dyn Fn(&TypeFinding) -> bool| {
        let wanted = tripped.iter().filter(|finding| wanted(finding));
        let names: Vec<_> = wanted.map(|finding| finding.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(","))
    };
    let raise = named(&|finding| finding.verdict == TypeVerdict::Over || finding.is_misaligned());
    let missing = named(&|finding| finding.verdict == TypeVerdict::Missing);
    let orphans = named(&|finding| finding.verdict == TypeVerdict::Orphan);
    let mut next_steps = Vec::new();
    if let Some(types) = raise {
        let raise = format!("{name} --raise {} --reason \"...\"", quoted_shell_word(&types));
        next_steps.push(NextStep::new("wanted?", paths.update_budgets(raise)));
    }
    if missing.is_some() {
        next_steps.push(NextStep::new("record", paths.update_budgets(name)));
    }
    if let Some(types) = orphans {
        let remove = format!("the line of {types}, or name it in `tripline::sizes!`");
        next_steps.push(NextStep::new("remove", remove));
    }
    next_steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_its_remedy() {
        assert_eq!(
            layout_problem(&LayoutProblem::NoDebugInfo, "tests"),
            "no debug information for this type: compile the test package with `debug = \"full\"`. \
             In the workspace's Cargo.toml, for the profile that tests are built with:\n\n    \
             [profile.dev.package.tests]\n    debug = \"full\""
        );
        assert_eq!(
            layout_problem(&LayoutProblem::Split, "tests"),
            "its debug information lies in files beside the executable: build with \
             `split-debuginfo = \"off\"`"
        );
        let length = LayoutProblem::Unreadable("an array without a length".to_owned());
        assert_eq!(
            layout_problem(&length, "tests"),
            "its debug information cannot be read: an array without a length"
        );
    }
}
