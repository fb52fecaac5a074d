//! The plot: for each way the whole run and the measured part beside it, on a logarithmic axis, because the ways
//! are orders of magnitude apart.

use cargo_tripline::{Svg, pixels};

use crate::bench::rounds::Quartiles;
use crate::bench::suite::results::Results;
use crate::bench::suite::way::Way;
use crate::plot::words;

const WIDTH: f64 = 860.0;
const TOP: f64 = 60.0;
const ROW: f64 = 52.0;
const BAR: f64 = 16.0;
/// Of the axis.
const LEFT: f64 = 150.0;
const RIGHT: f64 = 780.0;

const STYLE: &str = "
    text { font: 12px system-ui, sans-serif; fill: #1f2328; }
    .title { font-weight: 600; font-size: 13px; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .ground { fill: #ffffff; }
    .grid { stroke: #d1d9e0; }
    .whole { fill: #0969da; }
    .measured { fill: #bc4c00; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .ground { fill: #0d1117; }
      .grid { stroke: #3d444d; }
      .whole { fill: #58a6ff; }
      .measured { fill: #f0883e; }
    }
  ";

/// What a bar shows: its class, what it is called, and its figures.
type Part = (&'static str, &'static str, fn(&Results, Way) -> Vec<f64>);

const PARTS: [Part; 2] =
    [("whole", "whole run", Results::whole), ("measured", "measured part", Results::measured)];

/// Powers of ten to pixels.
#[derive(Clone, Copy, Debug)]
struct Axis {
    lowest: i32,
    highest: i32,
}

impl Axis {
    /// Wide enough for all of `figures`, and never empty.
    fn over(figures: &[f64]) -> Self {
        let powers = || figures.iter().map(|figure| figure.max(f64::MIN_POSITIVE).log10());
        let lowest = powers().fold(f64::INFINITY, f64::min).floor();
        let highest = powers().fold(f64::NEG_INFINITY, f64::max).ceil();
        if lowest > highest {
            return Self { lowest: 0, highest: 1 };
        }
        let (lowest, highest) = (lowest as i32, highest as i32);
        Self { lowest, highest: highest.max(lowest + 1) }
    }

    fn at(self, figure: f64) -> f64 {
        let part =
            (figure.log10() - f64::from(self.lowest)) / f64::from(self.highest - self.lowest);
        LEFT + (RIGHT - LEFT) * part
    }
}

/// The whole file.
pub(super) fn chart(results: &Results) -> String {
    let figure = |part: &Part, way| Quartiles::of(part.2(results, way)).map(|middle| middle.median);
    let medians: Vec<_> = results
        .ways()
        .flat_map(|way| PARTS.iter().filter_map(move |part| figure(part, way)))
        .collect();
    let axis = Axis::over(&medians);
    let bottom = TOP + ROW * results.ways().count() as f64;
    let title = "What five ways to hold memory cost a test suite";
    let mut svg = Svg::drawing([WIDTH, bottom + 40.0], title, STYLE);
    legend(&mut svg);
    grid(&mut svg, axis, bottom);
    for (row, way) in results.ways().enumerate() {
        let y = TOP + ROW * row as f64;
        words(&mut svg, "end", LEFT - 10.0, y + ROW / 2.0 + 4.0, way.title());
        for (index, part) in PARTS.iter().enumerate() {
            if let Some(median) = figure(part, way) {
                bar(
                    &mut svg,
                    part.0,
                    axis.at(median),
                    y + 9.0 + (BAR + 2.0) * index as f64,
                    median,
                );
            }
        }
    }
    svg.finish()
}

fn legend(svg: &mut Svg) {
    words(svg, "title", LEFT, 26.0, "Five workloads, milliseconds, logarithmic");
    for (index, (class, name, _)) in PARTS.iter().enumerate() {
        let x = 520.0 + 130.0 * index as f64;
        rectangle(svg, class, [x, 17.0, 10.0, 10.0]);
        words(svg, "legend", x + 16.0, 26.0, name);
    }
}

fn grid(svg: &mut Svg, axis: Axis, bottom: f64) {
    for power in axis.lowest..=axis.highest {
        let value = 10_f64.powi(power);
        let x = pixels(axis.at(value));
        let ends = [("x1", &*x), ("y1", &pixels(TOP)), ("x2", &x), ("y2", &pixels(bottom))];
        svg.empty("line", &[&[("class", "grid")], &ends[..]].concat());
        words(svg, "middle", axis.at(value), bottom + 20.0, &value.to_string());
    }
}

fn bar(svg: &mut Svg, class: &str, end: f64, y: f64, median: f64) {
    rectangle(svg, class, [LEFT, y, end - LEFT, BAR]);
    words(svg, "figure", end + 6.0, y + 12.0, &format!("{median:.0}"));
}

fn rectangle(svg: &mut Svg, class: &str, place: [f64; 4]) {
    let [x, y, width, height] = place.map(pixels);
    let place = [("x", &*x), ("y", &*y), ("width", &*width), ("height", &*height)];
    svg.empty("rect", &[&[("class", class)], &place[..]].concat());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::suite::results::testing::results;

    #[test]
    fn each_way_has_its_two_bars() {
        let text = chart(&results());
        // Two more are the legend's.
        assert_eq!(text.matches("<rect class=\"whole\"").count(), 4 + 1);
        assert_eq!(text.matches("<rect class=\"measured\"").count(), 4 + 1);
        assert!(!text.contains("NaN"), "{text}");
        assert_eq!(text.matches("://").count(), 1, "only the namespace");
    }

    #[test]
    fn an_axis_spans_what_is_on_it() {
        let axis = Axis::over(&[15.0, 1_200.0]);
        assert_eq!((axis.lowest, axis.highest), (1, 4));
        assert_eq!((axis.at(10.0), axis.at(10_000.0)), (LEFT, RIGHT));
        let one = Axis::over(&[10.0]);
        assert!(one.at(10.0).is_finite());
        assert!(Axis::over(&[]).at(1.0).is_finite());
    }
}
