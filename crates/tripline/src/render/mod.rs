//! What a person reads when a workload does not hold: the verdict, a table, what to do.

mod figure;
mod grew;
mod limit;
mod rows;
mod scaled;
mod stored;
mod table;
mod types;
mod verdict;

use std::collections::BTreeMap;

use tripline_budget::{DisplayScale, Figures, Metric};

pub(crate) use figure::counted;
pub(crate) use grew::left;
pub use limit::{CoherenceRow, Difference, LimitRow};
pub use rows::{Row, Rows};
pub use table::Table;
pub(crate) use types::types;
pub(crate) use verdict::Verdict;

use crate::judge::Case;

/// What is wrong with a workload that nothing limits.
pub(crate) const NO_LIMIT: &str = "no limit is recorded";

/// What a run left to look at, by the paths that a person would type.
#[derive(Debug)]
pub(crate) struct Published {
    pub(crate) measurement: String,
    /// If it was saved.
    pub(crate) profile: Option<String>,
    /// If there is a breakdown to report.
    pub(crate) report: Option<String>,
}

impl Published {
    fn remedies(&self, tool: &str) -> Vec<(&'static str, String)> {
        let sites =
            self.profile.as_ref().map(|profile| ("sites", format!("{tool} analyze {profile}")));
        let look_at = self.report.as_ref().unwrap_or(&self.measurement);
        sites.into_iter().chain([("look at", look_at.clone())]).collect()
    }
}

/// A failure's first line: what, and where to look.
pub(crate) fn headline(word: &str, name: &str, what: &str, place: &str) -> String {
    format!("{word} {name}: {what}        {place}\n\n")
}

/// A workload that could not be measured or judged.
pub(crate) fn unknown(case: &Case, reason: &str) -> String {
    let (what, more) = reason.split_once('\n').unwrap_or((reason, ""));
    // A file's problems name their own places.
    if what.starts_with("error") {
        let mut text =
            headline("FAILED", &case.name(), "its budget cannot be read", &case.budget_shown());
        text.push_str(reason.trim_end());
        text.push('\n');
        return text;
    }
    let mut text = headline("FAILED", &case.name(), what, &case.place());
    let more = more.trim_matches('\n');
    if !more.is_empty() {
        text.push_str(more);
        text.push('\n');
    }
    text
}

/// A workload whose budget file is not there.
pub(crate) fn unrecorded(case: &Case, figures: &Figures, published: &Published) -> String {
    let mut text = headline("TRIPPED", &case.name(), NO_LIMIT, &case.budget_shown());
    measured(figures).print(&mut text);
    if let Some(sizes) = scaled::sizes(figures, figures.growth_metrics()) {
        text.push('\n');
        sizes.print(&mut text);
    }
    let tool = case.home.tool();
    let record = ("record", format!("{tool} update-budgets {}", case.name()));
    let all: Vec<_> = [record].into_iter().chain(published.remedies(tool)).collect();
    remedies(&mut text, &all);
    text
}

/// Everything that was measured, and per entity where entities were declared.
pub(crate) fn measured(figures: &Figures) -> Table {
    let mut table = Table::default();
    let entities = figures.entities.as_ref().filter(|entities| entities.count > 0);
    match entities {
        Some(entities) => table.row(["measured", "", &format!("per {}", entities.name)]),
        None => table.row(["measured", ""]),
    }
    let in_order = in_order(&figures.metrics).into_iter();
    for (metric, value) in in_order.filter(|(metric, _)| !metric.is_growth()) {
        let total = DisplayScale::exact(metric.unit()).format(value);
        match entities {
            Some(entities) if metric.may_be_per_entity() => {
                table.row([
                    &metric.to_string(),
                    &total,
                    &figure::per_entity(value, entities.count),
                ]);
            }
            _ => table.row([&metric.to_string(), &total]),
        }
    }
    table
}

/// By metric, in the order in which limits stand in a file.
fn in_order(metrics: &BTreeMap<String, u64>) -> BTreeMap<Metric, u64> {
    metrics.iter().filter_map(|(key, value)| Some((key.parse().ok()?, *value))).collect()
}

/// The closing lines: a word and what to do.
fn remedies<T: AsRef<str>>(text: &mut String, remedies: &[(&str, T)]) {
    text.push('\n');
    for (word, remedy) in remedies {
        text.push_str(&format!("  {word:<9} {}\n", remedy.as_ref()));
    }
}
