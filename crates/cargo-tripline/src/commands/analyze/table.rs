//! The shown sites as a table.

use owo_colors::OwoColorize as _;
use tripline_budget::format_count;
use tripline_profile::{SiteFigures, Stack};

use crate::commands::analyze::args::AnalyzeArgs;
use crate::commands::analyze::view::{AnalyzedProfile, AnalyzedRow, RestOfSites};
use crate::output::{FigureLine, FigureTable, LineTone, counted, shares, shown};
use crate::profiles::{OpenedProfile, SitePattern, SortBy, place};

pub(super) fn analysis_table(
    args: &AnalyzeArgs,
    read: &OpenedProfile,
    pattern: &SitePattern,
    view: &AnalyzedProfile,
    terminal: Option<usize>,
) -> String {
    let mut columns = args.sort_by.columns();
    columns.truncate(fitting(terminal));
    let mut lines: Vec<FigureLine> = view.rows.iter().map(|row| line(row, args)).collect();
    let mut figures: Vec<SiteFigures> = view.rows.iter().map(|row| row.figures).collect();
    for (rest, name) in rests(view, pattern) {
        lines.push(FigureLine { name, tone: LineTone::Rest, ..FigureLine::default() });
        figures.push(rest.figures);
    }
    for (line, cells) in lines.iter_mut().zip(cells(&figures, &columns)) {
        line.cells = cells;
    }
    lines.push(sum(view, &columns));
    let names = if args.modules { "module" } else { "site" };
    let table = FigureTable { heading: heading(&columns), names, lines }.render(terminal);
    format!("{}\n\n{table}", headline(args, read, view))
}

/// Returns the number of figures that leave enough room for a name. Only a terminal has a width.
fn fitting(terminal: Option<usize>) -> usize {
    const NAME: usize = 40;
    const FIGURE: usize = 20;
    terminal.map_or(usize::MAX, |width| (width.saturating_sub(NAME) / FIGURE).max(1))
}

fn headline(args: &AnalyzeArgs, read: &OpenedProfile, view: &AnalyzedProfile) -> String {
    let sites = counted(view.sites, "site");
    let by = format!("{sites}, by {}", args.sort_by.words());
    format!("{}   {}   {by}", shown(&read.file).bold(), shown(&read.command).dimmed())
}

fn heading(columns: &[SortBy]) -> Vec<(String, usize)> {
    let of = |column: &SortBy| [(column.words().to_owned(), 3), ("share".to_owned(), 1)];
    let mut heading: Vec<_> = columns.iter().flat_map(of).collect();
    heading[0].1 = 0;
    heading
}

/// Returns the sums of what no row shows, each with its name.
fn rests(view: &AnalyzedProfile, pattern: &SitePattern) -> Vec<(RestOfSites, String)> {
    let others = counted(view.others.count, "other");
    let pattern = shown(pattern.text().unwrap_or_default());
    let unmatched = format!("{} without `{pattern}`", counted(view.unmatched.count, "site"));
    let rests = [(view.others, others), (view.unmatched, unmatched)];
    rests.into_iter().filter(|(rest, _)| rest.count > 0).collect()
}

/// Returns the cells of each line: a figure and its share for each column.
fn cells(figures: &[SiteFigures], columns: &[SortBy]) -> Vec<Vec<String>> {
    let mut lines = vec![Vec::new(); figures.len()];
    for column in columns {
        let values: Vec<u64> = figures.iter().map(|figures| column.0.of(figures)).collect();
        for ((line, value), share) in lines.iter_mut().zip(&values).zip(shares(&values)) {
            line.extend([format_count(*value), share]);
        }
    }
    lines
}

fn sum(view: &AnalyzedProfile, columns: &[SortBy]) -> FigureLine {
    let cells = |column: &SortBy| {
        let value = column.0.of(&view.totals);
        [vec![format_count(value)], shares(&[value])].concat()
    };
    let cells = columns.iter().flat_map(cells).collect();
    FigureLine { cells, name: "total".to_owned(), tone: LineTone::Sum, ..FigureLine::default() }
}

fn line(row: &AnalyzedRow, args: &AnalyzeArgs) -> FigureLine {
    let note = match row.sites.as_slice() {
        sites if args.modules => counted(sites.len(), "site"),
        [site] => place(site.place.as_ref()),
        _ => String::new(),
    };
    FigureLine {
        name: shown(&row.name),
        note,
        details: details(row, args),
        ..FigureLine::default()
    }
}

fn details(row: &AnalyzedRow, args: &AnalyzeArgs) -> Vec<String> {
    let figure = |figures: &SiteFigures| {
        format!("{} {}", format_count(args.sort_by.0.of(figures)), args.sort_by.words())
    };
    let stack = |stack: &Stack| {
        let site = if args.modules { format!(" at {}", shown(&stack.key)) } else { String::new() };
        let frames = stack.frames.iter().map(|frame| format!("  {}", shown(frame)));
        [format!("{}{site}", figure(&stack.figures))].into_iter().chain(frames).collect::<Vec<_>>()
    };
    let mut details: Vec<String> = row.stacks.iter().flat_map(stack).collect();
    if row.more_stacks.count > 0 {
        let more = counted(row.more_stacks.count, "more stack");
        details.push(format!("{} in {more}", figure(&row.more_stacks.figures)));
    }
    details
}
