//! The shares of ruler and code in a change.

use tripline_budget::DisplayScale;

use crate::measuring::{MeasureOptions, measure};
use crate::output::{Grid, GridColumn, Step, counted};
use crate::recording::candidate::WorkloadCandidate;
use crate::recording::candidates::Candidates;
use crate::recording::samples::Samples;
use crate::workspace::{Project, Selection, SuiteHome};

/// One limit: its recorded figure, the old source's and this source's.
#[derive(Clone, Debug)]
struct LimitSplit {
    name: String,
    key: String,
    limit: String,
    ruler: String,
    code: String,
    now: String,
}

/// Measures this source and shows each limit whose figure moved. `candidates` has the old source's figures.
pub(super) fn ruler_and_code(
    project: &Project,
    candidates: &Candidates<'_>,
) -> anyhow::Result<String> {
    let suites = project.suites()?;
    let everything = crate::filter::Filter::default();
    let selection = Selection::new(project, &suites, &everything);
    let mut rows = Vec::new();
    for selected in &selection.suites {
        let step = Step::begin(format!("measuring {} as it is now", selected.home.suite.suite));
        let measured =
            measure(project, selected.home, &selected.workloads, MeasureOptions::default())?;
        drop(step);
        for (registered, measured) in selected.workloads.iter().zip(measured) {
            let name = selected.home.name(&registered.workload);
            let old = candidates.workloads.iter().find(|candidate| candidate.name() == name);
            let now = measured.ok().and_then(|sample| Samples::new(sample.figures).ok());
            if let (Some(old), Some(now)) = (old, now) {
                rows.extend(limit_splits(selected.home, old, &now));
            }
        }
    }
    Ok(table(&rows))
}

fn limit_splits(
    home: SuiteHome<'_>,
    old: &WorkloadCandidate<'_>,
    now: &Samples,
) -> Vec<LimitSplit> {
    let limits = old.budget.iter().flat_map(|budget| &budget.applies.limits);
    let row = |limit: &tripline_budget::Limit| {
        let (was, is) = (old.samples.range(&limit.metric)?.max, now.range(&limit.metric)?.max);
        let moves = [limit.max.abs_diff(was), was.abs_diff(is)];
        let least = moves.into_iter().filter(|by| *by > 0).min().unwrap_or(0);
        let scale = DisplayScale::of(&limit.metric, &[limit.max, was, is], least);
        let moved = |from: u64, to: u64| match (from.cmp(&to), scale.format(from.abs_diff(to))) {
            (std::cmp::Ordering::Less, by) => format!("+{by}"),
            (std::cmp::Ordering::Equal, _) => "—".to_owned(),
            (std::cmp::Ordering::Greater, by) => format!("−{by}"),
        };
        (least > 0).then(|| LimitSplit {
            name: home.name(&old.registered.workload),
            key: limit.metric.to_string(),
            limit: scale.format(limit.max),
            ruler: moved(limit.max, was),
            code: moved(was, is),
            now: scale.format(is),
        })
    };
    limits.filter_map(row).collect()
}

const COLUMNS: [GridColumn; 6] = [
    GridColumn::left(2),
    GridColumn::left(3),
    GridColumn::right(3),
    GridColumn::right(3),
    GridColumn::right(3),
    GridColumn::right(3),
];

fn table(rows: &[LimitSplit]) -> String {
    if rows.is_empty() {
        return "no figure moved, by the ruler or by the code\n".to_owned();
    }
    let heading = ["", "", "recorded", "by the ruler", "by the code", "now"].map(str::to_owned);
    let cells = rows.iter().cloned().map(|row| {
        let LimitSplit { name, key, limit, ruler, code, now } = row;
        [name, key, limit, ruler, code, now]
    });
    let all: Vec<_> = std::iter::once(heading).chain(cells).collect();
    let grid = Grid::new(&COLUMNS, &all);
    let lines = all.iter().map(|row| format!("{}\n", grid.line(row)));
    format!("{} moved\n{}", counted(rows.len(), "limit"), lines.collect::<String>())
}
