//! Whether the budgets that are judged by are those of the commit that was measured.

use std::process::Command;

use crate::published::MergedMeasurement;
use crate::system::process;
use crate::workspace::{Project, SuiteHome};

/// How many files are named.
const NAMED: usize = 5;

/// A note if they are not, or nobody knows; nothing outside of git.
pub(super) fn note(project: &Project, published: &MergedMeasurement) -> String {
    if published.commit.is_none() {
        return String::new();
    }
    match changed(project, published) {
        Ok(changed) if changed.is_empty() => String::new(),
        Ok(changed) => format!(
            "note: the budgets of this checkout are not those of its commit: {}\n",
            named(&changed)
        ),
        Err(reason) => format!(
            "note: git does not say whether the budgets are those of the commit: {reason}\n"
        ),
    }
}

/// The files that git finds changed, new or gone where the suites' budgets lie.
fn changed(project: &Project, published: &MergedMeasurement) -> Result<Vec<String>, String> {
    let mut git = Command::new("git");
    git.current_dir(project.root()).args(["status", "--porcelain", "--untracked-files=all", "--"]);
    for suite in &published.suites {
        let home = SuiteHome::new(project, suite);
        git.args([home.folder(), home.config()]);
    }
    let finished = process::run(&mut git).map_err(|error| format!("{error:#}"))?;
    if !finished.success {
        return Err(finished.stderr.lines().next().unwrap_or("it failed").to_owned());
    }
    // `XY path`: the first two columns say how it changed.
    Ok(finished.stdout.lines().filter_map(|line| line.get(3..)).map(str::to_owned).collect())
}

fn named(files: &[String]) -> String {
    let shown = files.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match files.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use crate::commands::merge::checkout::named;

    #[test]
    fn a_few_files_are_named_and_the_others_counted() {
        let files: Vec<_> = (1..=7).map(|n| n.to_string()).collect();
        assert_eq!(named(&files[..5]), "1, 2, 3, 4, 5");
        assert_eq!(named(&files), "1, 2, 3, 4, 5 and 2 more");
    }
}
