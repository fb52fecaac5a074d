//! The shown changes as a table.

use owo_colors::OwoColorize as _;
use tripline_budget::format_count;
use tripline_profile::SiteMetric;

use crate::commands::compare::args::CompareArgs;
use crate::commands::compare::notes::{classes, notes, renames};
use crate::commands::compare::view::{BeforeAndAfter, ChangeRow, ComparedProfiles, RestOfChanges};
use crate::output::{FigureLine, FigureTable, LineTone, counted, percent, shown, sign};
use crate::profiles::{OpenedProfile, SitePattern, place};

pub(super) fn comparison_table(
    args: &CompareArgs,
    [before, after]: [&OpenedProfile; 2],
    pattern: &SitePattern,
    view: &ComparedProfiles<'_>,
    terminal: Option<usize>,
) -> String {
    let question = args.sort_by.0;
    let mut lines: Vec<FigureLine> = view.rows.iter().map(|row| line(row, question)).collect();
    for (rest, name, details) in rests(view, pattern) {
        let cells = cells(&rest.sides, question);
        lines.push(FigureLine {
            cells,
            name,
            details,
            tone: LineTone::Rest,
            ..FigureLine::default()
        });
    }
    let cells = cells(&view.totals, question);
    lines.push(FigureLine {
        cells,
        name: "total".to_owned(),
        tone: LineTone::Sum,
        ..FigureLine::default()
    });
    let headings = [("before", 0), ("after", 3), ("change", 3), ("", 3)];
    let heading = headings.map(|(text, gap)| (text.to_owned(), gap)).to_vec();
    let table = FigureTable { heading, names: "site", lines }.render(terminal);
    let (before, after) = (shown(&before.file), shown(&after.file));
    format!("{} → {}   by {}\n\n{table}", before.bold(), after.bold(), args.sort_by.words())
}

/// Returns the sums of what no row shows, each with its name and notes.
fn rests(
    view: &ComparedProfiles<'_>,
    pattern: &SitePattern,
) -> Vec<(RestOfChanges, String, Vec<String>)> {
    let others = counted(view.others.count, "other");
    let unchanged = format!("{} unchanged", format_count(view.unchanged.count as u64));
    let pattern = shown(pattern.text().unwrap_or_default());
    let unmatched = format!("{} without `{pattern}`", counted(view.unmatched.count, "site"));
    let rests = [
        (view.others, others, Vec::new()),
        (view.unchanged, unchanged, renames(&view.renamed)),
        (view.unmatched, unmatched, Vec::new()),
    ];
    rests.into_iter().filter(|(rest, ..)| rest.count > 0).collect()
}

fn line(row: &ChangeRow<'_>, question: SiteMetric) -> FigureLine {
    let site = row.change.now.first().or(row.change.was.first());
    FigureLine {
        cells: cells(&BeforeAndAfter::of(row.change), question),
        name: shown(row.change.name()),
        word: classes(row),
        note: place(site.and_then(|site| site.place.as_ref())),
        details: notes(row),
        tone: if row.change.delta(question) > 0 { LineTone::Worse } else { LineTone::Better },
    }
}

fn cells(sides: &BeforeAndAfter, question: SiteMetric) -> Vec<String> {
    let (before, after) = (question.of(&sides.before), question.of(&sides.after));
    let delta = sides.delta(question);
    vec![format_count(before), format_count(after), change(delta), percent(delta, before)]
}

/// Formats a difference: `+1 234`, `−1 234` or `0`.
fn change(delta: i128) -> String {
    let size = u64::try_from(delta.unsigned_abs()).unwrap_or(u64::MAX);
    format!("{}{}", sign(delta), format_count(size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_has_its_sign() {
        assert_eq!(change(1_234), "+1 234");
        assert_eq!(change(-1_234), "−1 234");
        assert_eq!(change(0), "0");
        assert_eq!(change(-i128::from(u64::MAX)), "−18 446 744 073 709 551 615");
    }
}
