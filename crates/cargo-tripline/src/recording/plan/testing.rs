//! Helpers for the tests of plans.

use tripline_budget::{Blocks, Budget, BudgetFile, Cfgs, Config, Entities, Figures};

use crate::recording::band::Band;
use crate::recording::plan::set_limit::{LimitsPlan, SetLimit};
use crate::recording::samples::Samples;

/// Returns one run: `key = figure`, and the entities that it declared.
pub(in crate::recording) fn figures(metrics: &[(&str, u64)], entities: Option<u64>) -> Figures {
    let mut figures = Figures::default();
    // The figures of every run, large enough for any other.
    let all = [("total_blocks", 1_000), ("total_bytes", 1_000_000), ("max_bytes", 100_000)];
    for (key, figure) in all.iter().chain(metrics) {
        figures.metrics.insert((*key).to_owned(), *figure);
    }
    let total = |key: &str| figures.metrics[key];
    figures.counted = Blocks { blocks: total("total_blocks"), bytes: total("total_bytes") };
    figures.entities = entities.map(|count| Entities { name: "row".to_owned(), count });
    figures
}

/// Runs of one workload, each with one metric at another figure.
pub(super) fn samples(key: &str, runs: &[u64]) -> Samples {
    let mut runs = runs.iter().map(|figure| figures(&[(key, *figure)], Some(10)));
    let mut samples = Samples::new(runs.next().unwrap()).unwrap();
    for run in runs {
        samples.push(run).unwrap();
    }
    samples
}

pub(super) fn budget(text: &str) -> Budget {
    let file = BudgetFile::parse("a.toml", text).unwrap();
    file.resolve(&Config::default(), &Cfgs::parse(&["unix", "!windows"]).unwrap()).unwrap()
}

/// Returns a line for each set limit, refusal and note.
pub(super) fn show(plan: &LimitsPlan) -> String {
    let sets = plan.sets.iter().map(show_set);
    let refusals = plan.refusals.iter().map(|refusal| format!("refused: {refusal}"));
    let notes = plan.notes.iter().map(|note| format!("note: {note}"));
    sets.chain(refusals).chain(notes).collect::<Vec<_>>().join("\n")
}

fn show_set(set: &SetLimit) -> String {
    let band = |band: Band| match band.tolerance {
        Some(tolerance) => format!("{} + {}", band.max, tolerance.describe(set.metric.unit())),
        None => band.max.to_string(),
    };
    let old = set.old.map_or_else(|| "—".to_owned(), band);
    let when = set.when.as_ref().map_or_else(String::new, |when| format!(" under {when}"));
    let reason = set.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
    format!("{}{when}: {old} → {}, {}{reason}", set.metric, band(set.new), set.why.text())
}
