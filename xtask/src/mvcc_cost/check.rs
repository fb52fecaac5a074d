//! `--check`: whether the page still says what is measured.
//!
//! What needs no measuring is asked first: whether plot and slopes follow from the page's tables, and
//! whether the ruler is the same. Every deviation is listed, then the remedy.

use anyhow::Context as _;
use cargo_tripline::{Status, print};
use tripline_budget::format_count;

use crate::mvcc_cost::figure::{METRICS, Point, hundredths, percent};
use crate::mvcc_cost::ruler::Ruler;
use crate::mvcc_cost::{Files, chart, table, with_figures};
use crate::page::Page;

const REMEDY: &str = "\nwanted?   cargo xtask mvcc-cost\n";

/// Compares with what `measure` finds, unless something is wrong before.
pub(super) fn check(
    files: &Files,
    page: &Page,
    ruler: &Ruler,
    measure: impl FnOnce() -> anyhow::Result<Vec<Point>>,
) -> anyhow::Result<Status> {
    let points = committed(page)?;
    let plot = std::fs::read_to_string(&files.plot).context("failed to read the plot")?;
    if *page != with_figures(page.clone(), &points)? || plot != chart::chart(&points)? {
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
        print(&format!("all {} figures hold\n", points.len() * METRICS.len()));
        return Ok(Status::Holds);
    }
    print(&format!("MOVED: {} figures\n{}{REMEDY}", deviations.len(), deviations.concat()));
    Ok(Status::Breach)
}

/// The points of both tables, that in which they cross once.
fn committed(page: &Page) -> anyhow::Result<Vec<Point>> {
    let mut points = table::read(page.block("by rows")?)?;
    for point in table::read(page.block("by connections")?)? {
        if !points.contains(&point) {
            points.push(point);
        }
    }
    Ok(points)
}

/// A line for each figure that is not the page's, and for each load that the page does not have.
fn deviations(committed: &[Point], fresh: &[Point]) -> Vec<String> {
    let mut deviations = Vec::new();
    for point in fresh {
        match committed.iter().find(|known| known.job == point.job) {
            Some(known) => deviations.extend(moved(known, point)),
            None => deviations.push(format!("  {}: not on the page\n", point.job)),
        }
    }
    deviations
}

fn moved(known: &Point, fresh: &Point) -> Vec<String> {
    let mut moved = Vec::new();
    for ((metric, known), new) in METRICS.iter().zip(&known.figures).zip(&fresh.figures) {
        let by = hundredths(known.median.abs_diff(new.median), known.median);
        if by > metric.tolerance {
            moved.push(format!(
                "  {}: {} {}, measured {}: {} apart, {} allowed\n",
                fresh.job,
                metric.title,
                format_count(known.median),
                format_count(new.median),
                percent(by),
                percent(metric.tolerance),
            ));
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mvcc_cost::figure::Figure;
    use crate::mvcc_cost::sweep;

    fn points(median: u64) -> Vec<Point> {
        let figures = [Figure { median, spread: 0 }; METRICS.len()];
        sweep::jobs().into_iter().take(1).map(|job| Point { job, figures }).collect()
    }

    #[test]
    fn a_figure_holds_at_its_tolerance_and_trips_beyond_it() {
        let tolerances = || METRICS.iter().map(|metric| metric.tolerance);
        let (least, most) = (tolerances().min().unwrap(), tolerances().max().unwrap());
        let fresh = |median| deviations(&points(10_000), &points(median));
        assert_eq!(fresh(10_000 + least), [""; 0]);
        assert_eq!(fresh(10_000 - least), [""; 0]);
        assert_eq!(fresh(10_001 + least).len(), 1);
        assert_eq!(fresh(10_001 + most).len(), METRICS.len());
        assert_eq!(fresh(9_999 - most).len(), METRICS.len());
    }

    #[test]
    fn a_load_that_the_page_lacks_trips() {
        let text = deviations(&[], &points(1)).concat();
        assert_eq!(text, "  WAL, 1000 rows, 4 connections: not on the page\n");
    }
}
