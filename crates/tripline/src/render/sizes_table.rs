//! The figures at each size of a workload, as a table: a column for each size.

use std::collections::BTreeSet;

use tripline_budget::{DisplayScale, Figures, GrowthMetric, Metric, format_count};

use crate::render::table::TextTable;

/// Returns the figures of `grown` at each size; `None` where there is none to show.
pub(crate) fn sizes(
    figures: &Figures,
    grown: impl IntoIterator<Item = GrowthMetric>,
) -> Option<TextTable> {
    let mut table = TextTable::default();
    let sizes = figures.scale.iter().map(|scaled| format_count(scaled.size));
    table.cells([label(figures)].into_iter().chain(sizes).collect());
    let grown: BTreeSet<GrowthMetric> = grown.into_iter().collect();
    for of in grown {
        let points = figures.points(&of).filter(|points| !points.is_empty());
        let Some(points) = points else { continue };
        let scale = DisplayScale::exact(Metric::total(of.quantity()).unit());
        let cells = points.iter().map(|point| scale.format(point.figure));
        table.cells([of.to_string()].into_iter().chain(cells).collect());
    }
    (table.rows().count() > 1).then_some(table)
}

fn label(figures: &Figures) -> String {
    let entities = figures.entities.as_ref();
    entities.map_or_else(|| "size".to_owned(), |entities| format!("size, by {}", entities.name))
}
