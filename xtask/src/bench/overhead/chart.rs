//! The plot: a panel for each program, a row for each allocator, a point at its median, a line over the middle half.
//!
//! The axis is logarithmic: what counts takes tenths longer, what follows call sites a hundred times as long.

use anyhow::Context as _;
use cargo_tripline::{Svg, pixels};

use crate::bench::overhead::catalogue::{ALLOCATORS, Allocator, PROGRAMS, Program};
use crate::bench::overhead::results::Results;
use crate::bench::rounds::Quartiles;
use crate::plot::{stroke, words};

const WIDTH: f64 = 1000.0;
/// Where the allocators' names end and the first panel begins.
const LEFT: f64 = 140.0;
const TOP: f64 = 60.0;
const ROW: f64 = 24.0;
const PANEL: f64 = 150.0;
const GAP: f64 = 20.0;
/// The axis begins below 1: an allocator may be faster than the system's.
const LEAST: f64 = 0.7;

const STYLE: &str = "
    text { font: 12px system-ui, sans-serif; fill: #1f2328; }
    .title { font-weight: 600; font-size: 13px; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .ground { fill: #ffffff; }
    .grid { stroke: #d1d9e0; }
    .spread { stroke: #59636e; stroke-width: 2; }
    .point { fill: #59636e; }
    .ours .spread { stroke: #0969da; }
    .ours .point { fill: #0969da; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .ground { fill: #0d1117; }
      .grid { stroke: #3d444d; }
      .spread { stroke: #9198a1; }
      .point { fill: #9198a1; }
      .ours .spread { stroke: #58a6ff; }
      .ours .point { fill: #58a6ff; }
    }
  ";

/// A logarithmic axis of one panel.
#[derive(Clone, Copy, Debug)]
struct Axis {
    left: f64,
    most: f64,
}

impl Axis {
    fn at(self, ratio: f64) -> f64 {
        let part = (ratio.max(LEAST) / LEAST).ln() / (self.most / LEAST).ln();
        self.left + PANEL * part
    }

    fn decades(self) -> impl Iterator<Item = f64> {
        let decades = (0..).map(|power| 10_f64.powi(power));
        decades.take_while(move |decade| *decade <= self.most)
    }
}

/// The whole file.
pub(super) fn chart(results: &Results) -> anyhow::Result<String> {
    let all = ALLOCATORS.iter().flat_map(|allocator| {
        PROGRAMS.iter().filter_map(|program| results.ratio(allocator, program))
    });
    let highest =
        all.map(|ratio| ratio.upper).reduce(f64::max).context("there is nothing to plot")?;
    // At least two decades, so that the axis has two labels.
    let most = (highest * 1.2).max(12.0);
    let title = "Time beside the system's allocator";
    let mut svg = Svg::drawing([WIDTH, bottom() + 40.0], title, STYLE);
    names(&mut svg);
    for (index, program) in PROGRAMS.iter().enumerate() {
        let left = LEFT + index as f64 * (PANEL + GAP);
        panel(&mut svg, results, program, Axis { left, most });
    }
    Ok(svg.finish())
}

fn names(svg: &mut Svg) {
    for (index, allocator) in ALLOCATORS.iter().enumerate() {
        words(svg, "end", LEFT - 12.0, middle_of(index) + 4.0, allocator.title);
    }
}

fn panel(svg: &mut Svg, results: &Results, program: &Program, axis: Axis) {
    words(svg, "title middle", axis.left + PANEL / 2.0, TOP - 20.0, program.name);
    for decade in axis.decades() {
        let x = axis.at(decade);
        stroke(svg, "grid", [x, TOP, x, bottom()]);
        words(svg, "middle", x, bottom() + 18.0, &format!("{decade}×"));
    }
    for (index, allocator) in ALLOCATORS.iter().enumerate() {
        if let Some(ratio) = results.ratio(allocator, program) {
            mark(svg, allocator, ratio, axis, middle_of(index));
        }
    }
}

fn mark(svg: &mut Svg, allocator: &Allocator, ratio: Quartiles, axis: Axis, y: f64) {
    let ours = allocator.binary.starts_with("tripline");
    svg.open("g", &[("class", if ours { "ours" } else { "peer" })]);
    stroke(svg, "spread", [axis.at(ratio.lower), y, axis.at(ratio.upper), y]);
    let (x, y) = (pixels(axis.at(ratio.median)), pixels(y));
    svg.empty("circle", &[("class", "point"), ("cx", &x), ("cy", &y), ("r", "4")]);
    svg.close();
}

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
        let axis = Axis { left: 0.0, most: 200.0 };
        assert_eq!(axis.at(0.1), 0.0, "what is off the axis stays at its edge");
        assert!(axis.at(1.0) < axis.at(1.2) && axis.at(200.0) <= PANEL);
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
        let error = chart(&Results(Vec::new())).unwrap_err();
        assert_eq!(error.to_string(), "there is nothing to plot");
    }
}
