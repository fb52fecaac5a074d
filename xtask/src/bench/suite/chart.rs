//! Plots the whole run and the measured part of each method, on a logarithmic axis: the methods are orders of
//! magnitude apart.

use cargo_tripline::Svg;

use crate::bench::rounds::Quartiles;
use crate::bench::suite::method::Method;
use crate::bench::suite::results::SuiteResults;
use crate::plot::axis::LogAxis;
use crate::plot::{draw_line, draw_rectangle, draw_text, style};

const WIDTH: f64 = 860.0;
const TOP: f64 = 60.0;
const ROW: f64 = 52.0;
const BAR: f64 = 16.0;
/// The axis' left end.
const LEFT: f64 = 150.0;
/// The axis' right end.
const RIGHT: f64 = 780.0;

const TITLE: &str = "Times of a test suite as plain tests, and by four methods that limit memory";

const LIGHT: [&str; 2] = [".whole { fill: #0969da; }", ".measured { fill: #bc4c00; }"];

const DARK: [&str; 2] = [".whole { fill: #58a6ff; }", ".measured { fill: #f0883e; }"];

/// The part of a run that a bar shows.
#[derive(Clone, Copy)]
enum RunPart {
    Whole,
    Measured,
}

impl RunPart {
    const ALL: [Self; 2] = [Self::Whole, Self::Measured];

    fn class(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Measured => "measured",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Whole => "whole run",
            Self::Measured => "measured part",
        }
    }

    /// Returns the median in milliseconds.
    fn median(self, results: &SuiteResults, method: Method) -> Option<f64> {
        let times = match self {
            Self::Whole => results.whole(method),
            Self::Measured => results.measured(method),
        };
        Quartiles::of(times).map(|quartiles| quartiles.median)
    }
}

/// Returns an axis of at least one decade that has room for all `figures`.
fn axis_over(figures: &[f64]) -> LogAxis {
    let powers = || figures.iter().map(|figure| figure.max(f64::MIN_POSITIVE).log10());
    let lowest = powers().fold(f64::INFINITY, f64::min).floor();
    let highest = powers().fold(f64::NEG_INFINITY, f64::max).ceil();
    let (lowest, highest) =
        if lowest > highest { (0.0, 1.0) } else { (lowest, highest.max(lowest + 1.0)) };
    let [lowest, highest] = [lowest, highest].map(|power| 10_f64.powf(power));
    LogAxis { lowest, highest, start: LEFT, end: RIGHT }
}

/// Returns the whole file.
pub(super) fn chart(results: &SuiteResults) -> String {
    let medians = results.methods().flat_map(|method| {
        RunPart::ALL.into_iter().filter_map(move |part| part.median(results, method))
    });
    let axis = axis_over(&medians.collect::<Vec<_>>());
    let bottom = TOP + ROW * results.methods().count() as f64;
    let mut svg = Svg::drawing([WIDTH, bottom + 40.0], TITLE, &style(&LIGHT, &DARK));
    draw_legend(&mut svg);
    draw_grid(&mut svg, axis, bottom);
    for (row, method) in results.methods().enumerate() {
        let y = TOP + ROW * row as f64;
        draw_text(&mut svg, "end", [LEFT - 10.0, y + ROW / 2.0 + 4.0], method.title());
        for (index, part) in RunPart::ALL.into_iter().enumerate() {
            if let Some(median) = part.median(results, method) {
                let top = y + 9.0 + (BAR + 2.0) * index as f64;
                draw_bar(&mut svg, part, axis, top, median);
            }
        }
    }
    svg.finish()
}

fn draw_legend(svg: &mut Svg) {
    draw_text(svg, "title", [LEFT, 26.0], "Five workloads, milliseconds, logarithmic");
    for (index, part) in RunPart::ALL.into_iter().enumerate() {
        let x = 520.0 + 130.0 * index as f64;
        draw_rectangle(svg, part.class(), [x, 17.0, 10.0, 10.0]);
        draw_text(svg, "legend", [x + 16.0, 26.0], part.title());
    }
}

fn draw_grid(svg: &mut Svg, axis: LogAxis, bottom: f64) {
    for decade in axis.decades() {
        let x = axis.pixel(decade);
        draw_line(svg, "grid", [x, TOP, x, bottom]);
        draw_text(svg, "middle", [x, bottom + 20.0], &decade.to_string());
    }
}

fn draw_bar(svg: &mut Svg, part: RunPart, axis: LogAxis, top: f64, median: f64) {
    let end = axis.pixel(median);
    draw_rectangle(svg, part.class(), [LEFT, top, end - LEFT, BAR]);
    draw_text(svg, "figure", [end + 6.0, top + 12.0], &format!("{median:.0}"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::suite::results::testing::results;

    #[test]
    fn each_method_has_its_two_bars() {
        let text = chart(&results());
        // Two more are the legend's.
        assert_eq!(text.matches("<rect class=\"whole\"").count(), 4 + 1);
        assert_eq!(text.matches("<rect class=\"measured\"").count(), 4 + 1);
        assert!(!text.contains("NaN"), "{text}");
        assert_eq!(text.matches("://").count(), 1, "only the namespace");
    }

    #[test]
    fn an_axis_has_room_for_every_figure() {
        let axis = axis_over(&[15.0, 1_200.0]);
        assert_eq!(axis.decades().collect::<Vec<_>>(), [10.0, 100.0, 1_000.0, 10_000.0]);
        assert_eq!((axis.pixel(10.0), axis.pixel(10_000.0)), (LEFT, RIGHT));
        assert!(axis_over(&[10.0]).pixel(10.0).is_finite());
        assert!(axis_over(&[]).pixel(1.0).is_finite());
    }
}
