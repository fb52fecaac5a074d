//! Plots a panel for each program: a row for each allocator, a point at its median, a line over the middle half.
//!
//! The axis is logarithmic: counting takes tenths longer, following call sites a hundred times as long.

use anyhow::Context as _;
use cargo_tripline::Svg;

use crate::bench::overhead::catalogue::{ALLOCATORS, Allocator, PROGRAMS, TimedProgram};
use crate::bench::overhead::results::OverheadResults;
use crate::bench::rounds::Quartiles;
use crate::plot::axis::LogAxis;
use crate::plot::{draw_circle, draw_line, draw_text, style};

const WIDTH: f64 = 1000.0;
/// The left edge of the first panel. The allocators' names end there.
const LEFT: f64 = 140.0;
const TOP: f64 = 60.0;
const ROW: f64 = 24.0;
const PANEL: f64 = 150.0;
const GAP: f64 = 20.0;
/// The lowest ratio on the axis, below 1: an allocator may be faster than the system's.
const LOWEST: f64 = 0.7;

const LIGHT: [&str; 4] = [
    ".spread { stroke: #59636e; stroke-width: 2; }",
    ".point { fill: #59636e; }",
    ".ours .spread { stroke: #0969da; }",
    ".ours .point { fill: #0969da; }",
];

const DARK: [&str; 4] = [
    ".spread { stroke: #9198a1; }",
    ".point { fill: #9198a1; }",
    ".ours .spread { stroke: #58a6ff; }",
    ".ours .point { fill: #58a6ff; }",
];

/// Returns the whole file.
pub(super) fn chart(results: &OverheadResults) -> anyhow::Result<String> {
    let all = ALLOCATORS.iter().flat_map(|allocator| {
        PROGRAMS.iter().filter_map(|program| results.ratio(allocator, program))
    });
    let highest =
        all.map(|ratio| ratio.upper).reduce(f64::max).context("there is nothing to plot")?;
    // At least two decades, so that the axis has two labels.
    let highest = (highest * 1.2).max(12.0);
    let title = "Time beside the system's allocator";
    let mut svg = Svg::drawing([WIDTH, bottom() + 40.0], title, &style(&LIGHT, &DARK));
    draw_names(&mut svg);
    for (index, program) in PROGRAMS.iter().enumerate() {
        let start = LEFT + index as f64 * (PANEL + GAP);
        let axis = LogAxis { lowest: LOWEST, highest, start, end: start + PANEL };
        draw_panel(&mut svg, results, program, axis);
    }
    Ok(svg.finish())
}

fn draw_names(svg: &mut Svg) {
    for (index, allocator) in ALLOCATORS.iter().enumerate() {
        draw_text(svg, "end", [LEFT - 12.0, middle_of(index) + 4.0], allocator.title);
    }
}

fn draw_panel(svg: &mut Svg, results: &OverheadResults, program: &TimedProgram, axis: LogAxis) {
    draw_text(svg, "title middle", [axis.start + PANEL / 2.0, TOP - 20.0], program.name);
    for decade in axis.decades() {
        let x = axis.pixel(decade);
        draw_line(svg, "grid", [x, TOP, x, bottom()]);
        draw_text(svg, "middle", [x, bottom() + 18.0], &format!("{decade}×"));
    }
    for (index, allocator) in ALLOCATORS.iter().enumerate() {
        if let Some(ratio) = results.ratio(allocator, program) {
            draw_ratio(svg, allocator, ratio, axis, middle_of(index));
        }
    }
}

fn draw_ratio(svg: &mut Svg, allocator: &Allocator, ratio: Quartiles, axis: LogAxis, y: f64) {
    let ours = allocator.binary.starts_with("tripline");
    svg.open("g", &[("class", if ours { "ours" } else { "peer" })]);
    draw_line(svg, "spread", [axis.pixel(ratio.lower), y, axis.pixel(ratio.upper), y]);
    draw_circle(svg, "point", [axis.pixel(ratio.median), y]);
    svg.close();
}

/// Returns the middle of a row.
fn middle_of(row: usize) -> f64 {
    TOP + (row as f64 + 0.5) * ROW
}

fn bottom() -> f64 {
    TOP + ALLOCATORS.len() as f64 * ROW
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::overhead::results::tests::results;

    #[test]
    fn every_ratio_has_its_point_within_its_panel() {
        let text = chart(&results()).unwrap();
        assert_eq!(text.matches("<circle").count(), ALLOCATORS.len() * PROGRAMS.len());
        assert_eq!(text.matches("class=\"ours\"").count(), 3 * PROGRAMS.len());
    }

    #[test]
    fn nothing_is_fetched_and_both_schemes_are_served() {
        let text = chart(&results()).unwrap();
        assert_eq!(text.matches("://").count(), 1, "only the namespace");
        assert!(text.contains("prefers-color-scheme: dark"));
        assert!(!text.contains("NaN"));
    }

    #[test]
    fn without_results_there_is_no_plot() {
        let error = chart(&OverheadResults(Vec::new())).unwrap_err();
        assert_eq!(error.to_string(), "there is nothing to plot");
    }
}
