//! `--check`: holds the page to fresh figures.
//!
//! Checks that need no measuring come first: plot and slopes must follow from the page's tables, and the
//! ruler must be the same. Every deviation is listed, then the remedy.

use anyhow::Context as _;
use cargo_tripline::{Status, print};
use tripline_budget::format_count;

use crate::generated_page::GeneratedPage;
use crate::mvcc_cost::figures::{FIELDS, SweepPoint};
use crate::mvcc_cost::ruler::SweepRuler;
use crate::mvcc_cost::{PageFiles, chart, table, with_figures};
use crate::percent::{format_percent, hundredths_of_percent};

const REMEDY: &str = "\nwanted?   cargo xtask mvcc-cost\n";

/// Compares the page with the points that `measure` returns. Measures only if nothing else is wrong.
pub(super) fn check(
    files: &PageFiles,
    page: &GeneratedPage,
    ruler: &SweepRuler,
    measure: impl FnOnce() -> anyhow::Result<Vec<SweepPoint>>,
) -> anyhow::Result<Status> {
    let points = committed(page)?;
    let plot = std::fs::read_to_string(&files.plot).context("failed to read the plot")?;
    if !follows(page, &plot, &points)? {
        print(&format!("STALE: plot or slopes do not follow from the page's tables\n{REMEDY}"));
        return Ok(Status::Breach);
    }
    let others = ruler.differences(page.block("ruler")?);
    if !others.is_empty() {
        print(&format!("another ruler: {} differs from the page\n{REMEDY}", others.join(", ")));
        return Ok(Status::Unknown);
    }
    let deviations = deviations(&points, &measure()?);
    if deviations.is_empty() {
        print(&format!("all {} figures hold\n", points.len() * FIELDS.len()));
        return Ok(Status::Holds);
    }
    print(&format!("MOVED: {} figures\n{}{REMEDY}", deviations.len(), deviations.concat()));
    Ok(Status::Breach)
}

/// Returns `true` if slopes and plot are those of the page's own points.
fn follows(page: &GeneratedPage, plot: &str, points: &[SweepPoint]) -> anyhow::Result<bool> {
    Ok(*page == with_figures(page.clone(), points)? && plot == chart::chart(points)?)
}

/// Returns the points of both tables. The point in which they cross comes once.
fn committed(page: &GeneratedPage) -> anyhow::Result<Vec<SweepPoint>> {
    let mut points = table::read(page.block("by rows")?)?;
    for point in table::read(page.block("by connections")?)? {
        if !points.contains(&point) {
            points.push(point);
        }
    }
    Ok(points)
}

/// Returns a line for each figure that is not the page's, and for each load that the page does not have.
fn deviations(committed: &[SweepPoint], fresh: &[SweepPoint]) -> Vec<String> {
    let mut deviations = Vec::new();
    for point in fresh {
        match committed.iter().find(|known| known.load == point.load) {
            Some(known) => deviations.extend(moved(known, point)),
            None => deviations.push(format!("  {}: not on the page\n", point.load)),
        }
    }
    deviations
}

fn moved(known: &SweepPoint, fresh: &SweepPoint) -> Vec<String> {
    let mut moved = Vec::new();
    for ((field, known), new) in FIELDS.iter().zip(&known.figures).zip(&fresh.figures) {
        let apart = hundredths_of_percent(known.median.abs_diff(new.median), known.median);
        if apart > field.tolerance {
            moved.push(format!(
                "  {}: {} {}, measured {}: {} apart, {} allowed\n",
                fresh.load,
                field.title,
                format_count(known.median),
                format_count(new.median),
                format_percent(apart),
                format_percent(field.tolerance),
            ));
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mvcc_cost::figures::MedianFigure;
    use crate::mvcc_cost::sweep;

    fn points(median: u64) -> Vec<SweepPoint> {
        let figures = [MedianFigure { median, spread: 0 }; FIELDS.len()];
        sweep::loads().into_iter().take(1).map(|load| SweepPoint { load, figures }).collect()
    }

    #[test]
    fn a_figure_holds_at_its_tolerance_and_trips_beyond_it() {
        let tolerances = || FIELDS.iter().map(|field| field.tolerance);
        let (least, most) = (tolerances().min().unwrap(), tolerances().max().unwrap());
        let fresh = |median| deviations(&points(10_000), &points(median));
        assert_eq!(fresh(10_000 + least), [""; 0]);
        assert_eq!(fresh(10_000 - least), [""; 0]);
        assert_eq!(fresh(10_001 + least).len(), 1);
        assert_eq!(fresh(10_001 + most).len(), FIELDS.len());
        assert_eq!(fresh(9_999 - most).len(), FIELDS.len());
    }

    #[test]
    fn slopes_and_plot_of_the_committed_page_follow_from_its_tables() {
        let files = PageFiles::of_workspace().unwrap();
        let page = GeneratedPage::load(&files.page).unwrap();
        let plot = std::fs::read_to_string(&files.plot).unwrap();
        let points = committed(&page).unwrap();
        assert!(follows(&page, &plot, &points).unwrap());
        assert!(!follows(&page, &plot, &points[1..]).unwrap());
        assert!(!follows(&page, "", &points).unwrap());
    }

    #[test]
    fn a_load_that_the_page_lacks_trips() {
        let text = deviations(&[], &points(1)).concat();
        assert_eq!(text, "  WAL, 1000 rows, 4 connections: not on the page\n");
    }
}
