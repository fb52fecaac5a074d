//! How much of a change is the ruler's and how much the code's.

use tripline_budget::{DisplayScale, format_count};

use crate::measuring::{Asked, measure};
use crate::output::Step;
use crate::recording::book::Book;
use crate::recording::samples::Samples;
use crate::recording::subject::Subject;
use crate::workspace::{Home, Project, Selection};

/// One limit: what it was, what the old source comes to, and what this source does.
#[derive(Clone, Debug)]
struct Row {
    name: String,
    key: String,
    limit: String,
    ruler: String,
    code: String,
    now: String,
}

/// Measures this source, and tells each limit whose figure moved. `book` has the old source's figures.
pub(super) fn split(project: &Project, book: &Book<'_>) -> anyhow::Result<String> {
    let suites = project.suites()?;
    let everything = crate::filter::Filter::default();
    let selection = Selection::new(project, &suites, &everything);
    let mut rows = Vec::new();
    for selected in &selection.suites {
        let step = Step::begin(format!("measuring {} as it is now", selected.home.suite.suite));
        let measured = measure(project, selected.home, &selected.workloads, Asked::default())?;
        drop(step);
        for (registered, measured) in selected.workloads.iter().zip(measured) {
            let name = selected.home.name(&registered.workload);
            let old = book.workloads.iter().find(|subject| subject.name() == name);
            let now = measured.ok().and_then(|sample| Samples::new(sample.figures).ok());
            if let (Some(old), Some(now)) = (old, now) {
                rows.extend(of(selected.home, old, &now));
            }
        }
    }
    Ok(table(&rows))
}

fn of(home: Home<'_>, old: &Subject<'_>, now: &Samples) -> Vec<Row> {
    let limits = old.budget.iter().flat_map(|budget| &budget.applies.limits);
    let row = |limit: &tripline_budget::Limit| {
        let (was, is) = (old.samples.range(&limit.metric)?.max, now.range(&limit.metric)?.max);
        let apart = limit.max.abs_diff(was).max(was.abs_diff(is));
        let scale = DisplayScale::of(&limit.metric, limit.max, apart);
        let moved = |from: u64, to: u64| match (from.cmp(&to), scale.format(from.abs_diff(to))) {
            (std::cmp::Ordering::Less, by) => format!("+{by}"),
            (std::cmp::Ordering::Equal, _) => "—".to_owned(),
            (std::cmp::Ordering::Greater, by) => format!("−{by}"),
        };
        (apart > 0).then(|| Row {
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

fn table(rows: &[Row]) -> String {
    if rows.is_empty() {
        return "no figure moved, by the ruler or by the code\n".to_owned();
    }
    let head = ["", "", "recorded", "by the ruler", "by the code", "now"].map(str::to_owned);
    let cells = rows.iter().cloned().map(|row| {
        let Row { name, key, limit, ruler, code, now } = row;
        [name, key, limit, ruler, code, now]
    });
    let all: Vec<_> = std::iter::once(head).chain(cells).collect();
    let width = |at: usize| all.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: [usize; 6] = std::array::from_fn(width);
    let mut text = format!("{} limits moved\n", format_count(rows.len() as u64));
    for row in &all {
        let cell = |at: usize| {
            let pad = " ".repeat(widths[at] - row[at].chars().count());
            if at < 2 { format!("{}{pad}", row[at]) } else { format!("{pad}{}", row[at]) }
        };
        let line = (0..row.len()).map(cell).collect::<Vec<_>>().join("   ");
        text.push_str(&format!("  {}\n", line.trim_end()));
    }
    text
}
