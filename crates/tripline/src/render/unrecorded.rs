//! A workload whose budget file is not there, and the table of all figures.

use std::collections::BTreeMap;

use tripline_budget::{DisplayScale, Figures, Metric};

use crate::case::TestCase;
use crate::judge::workload::RunFiles;
use crate::render::figure::per_entity;
use crate::render::sizes_table::sizes;
use crate::render::table::TextTable;
use crate::render::{NO_LIMIT, NextStep, close, headline, look_at};

/// Lays out the failure of a workload whose budget file is not there.
pub(crate) fn unrecorded(case: &TestCase, figures: &Figures, files: &RunFiles) -> String {
    let mut text = headline("TRIPPED", &case.name(), NO_LIMIT, &case.budget_shown());
    measured(figures).print(&mut text);
    if let Some(sizes) = sizes(figures, figures.growth_metrics()) {
        text.push('\n');
        sizes.print(&mut text);
    }
    let record = case.paths.update_budgets(case.name());
    let mut next_steps = vec![NextStep::new("record", record)];
    next_steps.extend(look_at(case, files));
    close(&mut text, &next_steps);
    text
}

/// Returns everything that was measured, and per entity where entities were declared.
pub(crate) fn measured(figures: &Figures) -> TextTable {
    let mut table = TextTable::default();
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
                let each = per_entity(value, entities.count);
                table.row([&metric.to_string(), &total, &each]);
            }
            _ => table.row([&metric.to_string(), &total]),
        }
    }
    table
}

/// Sorts figures by metric, in the order in which limits stand in a file.
fn in_order(metrics: &BTreeMap<String, u64>) -> BTreeMap<Metric, u64> {
    metrics.iter().filter_map(|(key, value)| Some((key.parse().ok()?, *value))).collect()
}
