//! Lays out the texts that a person reads where a test fails: the verdict, a table, who is to blame, what to do.
//!
//! Every text of the crate is made here, from data: `tripped` from a verdict, `unrecorded` for a workload without a
//! budget, `error` from a reason why there is no verdict, `types` and `orphans` for the suite's own tests. `limit`, `grown`, `superlinear` and
//! `stored_types` make the rows that the page shows, too.
//!
//! It knows every room below it and decides nothing: no verdict depends on a text.

mod blame;
mod error;
mod figure;
mod grown;
mod limit;
mod misuse;
mod orphans;
mod process;
mod sizes_table;
mod stored_types;
mod superlinear;
mod table;
mod tripped;
mod types;
mod unrecorded;
mod verdict;

use tripline_budget::shell_word;

use crate::case::TestCase;
use crate::judge::workload::RunFiles;

pub use blame::{BlameRow, BlameSection};
pub(crate) use error::{error, failed, failed_measurement, not_measured};
pub(crate) use grown::{grown, left};
pub use limit::{CoherenceRow, LimitDifference, LimitRow};
pub(crate) use orphans::orphans;
pub(crate) use stored_types::stored_types;
pub(crate) use superlinear::superlinear;
pub use table::TextTable;
pub(crate) use tripped::{loose, tripped};
pub(crate) use types::{explained, layout_text, types};
pub(crate) use unrecorded::{measured, unrecorded};
pub(crate) use verdict::{blamed_line, doubt, freed_before, headline_of, sentences};

/// Says that nothing limits a workload.
pub(crate) const NO_LIMIT: &str = "no limit is recorded";

/// Begins a failure: the verdict in a word, the test, the fault, and the place to look at.
fn headline(word: &str, name: &str, what: &str, place: &str) -> String {
    format!("{word} {name}: {what}        {place}\n\n")
}

/// Returns the place of a workload's test: `tests/sql.rs:14`.
fn place_of(case: &TestCase) -> String {
    format!("{}:{}", case.workload.file, case.workload.line)
}

/// A closing line: a word, and what to do.
struct NextStep {
    word: &'static str,
    action: String,
}

impl NextStep {
    fn new(word: &'static str, action: impl Into<String>) -> Self {
        Self { word, action: action.into() }
    }
}

/// Returns where to look further.
fn look_at(case: &TestCase, files: &RunFiles) -> Vec<NextStep> {
    let tool = case.paths.tool();
    let shown = |file| case.paths.shown(file);
    let sites = files.profile.as_ref().map(|profile| {
        NextStep::new("sites", format!("{tool} analyze {}", shell_word(&shown(profile))))
    });
    let report = files.report.as_ref().unwrap_or(&files.measurement);
    sites.into_iter().chain([NextStep::new("look at", shown(report))]).collect()
}

/// Ends a failure.
fn close(text: &mut String, next_steps: &[NextStep]) {
    text.push('\n');
    for NextStep { word, action } in next_steps {
        text.push_str(&format!("  {word:<9} {action}\n"));
    }
}

/// Adds an empty line, unless one is there.
fn separate(text: &mut String) {
    if !text.ends_with("\n\n") {
        text.push('\n');
    }
}
