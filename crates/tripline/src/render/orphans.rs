//! Budgets without tests, and tests without budgets.

use crate::case::paths::WorkspacePaths;
use crate::case::registry::Suite;
use crate::judge::budgets::{OrphanBudget, Orphans, UnreadableBudget};
use crate::render::{NextStep, close, error, headline};

/// Lays out the failure of a suite's `budgets` test; `None` if budgets and tests match.
pub(crate) fn orphans(paths: &WorkspacePaths, suite: &Suite, orphans: &Orphans) -> Option<String> {
    if orphans.is_empty() {
        return None;
    }
    let what = "budgets and tests do not match";
    let place = paths.shown(&paths.suite(suite.name()));
    let mut text = headline("TRIPPED", suite.name(), what, &place);
    let budget = |OrphanBudget { file, test }: &OrphanBudget| {
        format!("{}        no test `{test}` in this build", paths.shown(file))
    };
    let budgets = orphans.budgets.iter().map(budget).collect::<Vec<_>>();
    let tests = orphans.tests.iter().map(|test| {
        format!("{}::{}        {}:{}", suite.name(), test.workload, test.file, test.line)
    });
    let unreadable = orphans.unreadable.iter().map(|file| unreadable(paths, file));
    let sections = [
        section("a budget without a test", &budgets),
        section("a test without a budget", &tests.collect::<Vec<_>>()),
        section("a file that cannot be read", &unreadable.collect::<Vec<_>>()),
    ];
    text.push_str(&sections.into_iter().flatten().collect::<Vec<_>>().join("\n"));
    close(&mut text, &next_steps(paths, suite, orphans));
    Some(text)
}

fn unreadable(paths: &WorkspacePaths, file: &UnreadableBudget) -> String {
    match file {
        UnreadableBudget::NotToml(file) => {
            format!("{}: not a budget: its name does not end in `.toml`", paths.shown(file))
        }
        UnreadableBudget::Problem(problem) => error::not_judged(problem),
    }
}

fn section(title: &str, lines: &[String]) -> Option<String> {
    let indented = |line: &String| format!("    {}\n", line.trim_end().replace('\n', "\n    "));
    let lines: String = lines.iter().map(indented).collect();
    (!lines.is_empty()).then(|| format!("  {title}\n{lines}"))
}

fn next_steps(paths: &WorkspacePaths, suite: &Suite, orphans: &Orphans) -> Vec<NextStep> {
    let mut next_steps = Vec::new();
    if !orphans.budgets.is_empty() {
        let keep = "the budget under `[when.'cfg(…)'.limits]` if its test stands behind a cfg";
        next_steps.push(NextStep::new("keep", keep));
        let remove = paths.update_budgets(format!("--remove-orphans {}", suite.name()));
        next_steps.push(NextStep::new("remove", remove));
    }
    if !orphans.tests.is_empty() {
        let record = paths.update_budgets(suite.name());
        next_steps.push(NextStep::new("record", record));
    }
    next_steps
}
