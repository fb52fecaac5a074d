//! The outputs of a report, and their options.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;

use crate::output::{print, print_json, print_to_stderr};
use crate::reports::check_report::CheckReport;
use crate::reports::json::CheckJson;
use crate::reports::pages::ReportPages;
use crate::reports::short_form::short_form;
use crate::reports::table::table;
use crate::reports::{csv, file, github, html, junit, markdown};
use crate::workspace::Project;

/// The outputs beside the table. Files are written whatever the verdict is.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Outputs")]
pub(super) struct OutputArgs {
    /// Shows every limit of every workload, also where all hold.
    #[arg(long, conflicts_with = "json")]
    all: bool,

    /// Prints one JSON document instead of the table (docs/schema/check.json describes it).
    #[arg(long)]
    json: bool,

    /// Prints GitHub annotations, each on the budget's line; on by itself where GITHUB_ACTIONS=true.
    ///
    /// With --json they go to standard error.
    #[arg(long)]
    github: bool,

    /// Appends a summary for a CI job, such as to "$GITHUB_STEP_SUMMARY".
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,

    /// Writes a JUnit report: a test case for each limit.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,

    /// Writes a line of figures for each limit.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,

    /// Writes a page that links to each workload's own.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

impl OutputArgs {
    /// Checks before anything is measured that every file can be written.
    pub(super) fn probe(&self) -> anyhow::Result<()> {
        let files = [&self.markdown, &self.junit, &self.csv, &self.html];
        let mut seen = Vec::new();
        for file in files.into_iter().flatten() {
            let whole = std::path::absolute(file)?;
            if seen.contains(&whole) {
                bail!("failed to write {}: two outputs cannot be one file", file.display());
            }
            seen.push(whole);
            file::probe(file)?;
        }
        Ok(())
    }

    pub(super) const fn is_json(&self) -> bool {
        self.json
    }

    /// Prints first, so that a file that cannot be written loses nothing.
    pub(super) fn write(&self, checked: &CheckReport, project: &Project) -> anyhow::Result<()> {
        self.print(checked, project)?;
        let page = |file: &Path| {
            let pages = ReportPages::find(project, &checked.groups, file);
            file::write(file, &html::html(checked, &pages))
        };
        let written = [
            self.markdown.as_ref().map(|file| file::append(file, &markdown::markdown(checked))),
            self.junit.as_ref().map(|file| file::write(file, &junit::junit(checked)?)),
            self.csv.as_ref().map(|file| file::write(file, &csv::csv(checked))),
            self.html.as_deref().map(page),
        ];
        written.into_iter().flatten().collect()
    }

    fn print(&self, checked: &CheckReport, project: &Project) -> anyhow::Result<()> {
        if self.json {
            print_json(&CheckJson::from(checked))?;
        } else {
            match self.all {
                true => print(table(&checked.groups).trim_start_matches('\n')),
                false => print(&short_form(&checked.groups)),
            }
            print(&format!("\n{}\n", checked.summary.text()));
        }
        if self.github || runs_on_github() {
            let annotations = github::annotations(checked, &within_repository(project.root()));
            if self.json { print_to_stderr(&annotations) } else { print(&annotations) }
        }
        Ok(())
    }
}

fn runs_on_github() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Returns the workspace's folder within the repository, which annotations start from.
fn within_repository(root: &Path) -> PathBuf {
    let repository = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let within = repository.and_then(|repository| root.strip_prefix(repository).ok());
    within.unwrap_or(Path::new("")).to_owned()
}
