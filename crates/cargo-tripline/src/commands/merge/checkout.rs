//! Compares this checkout's budgets with those of the measured commit.

use std::process::Command;

use tripline_budget::is_commit_stated;

use crate::output::few;
use crate::published::MergedMeasurement;
use crate::system::process;
use crate::workspace::{Project, SuiteHome};

/// The most files that are named.
const NAMED: usize = 5;

/// Returns a note if they differ, or git does not say; empty where a variable names the sources in place of git.
pub(super) fn note(project: &Project, published: &MergedMeasurement) -> String {
    if is_commit_stated() {
        return String::new();
    }
    match changed(project, published) {
        Ok(changed) if changed.is_empty() => String::new(),
        Ok(changed) => format!(
            "note: the budgets of this checkout are not those of its commit: {}\n",
            few(&changed, NAMED)
        ),
        Err(reason) => format!(
            "note: git does not say whether the budgets are those of the commit: {reason}\n"
        ),
    }
}

/// Returns the files that git finds changed, new or gone among the suites' budgets.
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
