//! The plot: the heap's peak over rows and over connections, one line a mode.
//!
//! Both panels share one vertical axis, so that heights can be compared. The modes differ in colour and
//! in the shape of their points. The colours follow the reader's scheme, on a ground of the plot's own.

use cargo_tripline::{Svg, pixels};
use tripline_budget::format_count;

use crate::mvcc_cost::figure::{PEAK, Point};
use crate::mvcc_cost::scale::{Scale, ticks};
use crate::mvcc_cost::sweep::{FIXED_CONNECTIONS, FIXED_ROWS, Job, Mode, by_connections, by_rows};
use crate::plot::{stroke, words};

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 360.0;
/// Of the panels, from the upper edge.
const TOP: f64 = 70.0;
const BOTTOM: f64 = 300.0;
const PANEL_WIDTH: f64 = 330.0;
const LEFT_EDGES: [f64; 2] = [70.0, 500.0];
const MEGABYTE: f64 = 1_000_000.0;

const STYLE: &str = "
    text { font: 12px system-ui, sans-serif; fill: #1f2328; }
    .title { font-weight: 600; font-size: 13px; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .ground { fill: #ffffff; }
    .grid { stroke: #d1d9e0; }
    .axis { stroke: #59636e; }
    .line { fill: none; stroke-width: 2; }
    .wal .line { stroke: #0969da; }
    .wal .point { fill: #0969da; }
    .mvcc .line { stroke: #bc4c00; }
    .mvcc .point { fill: #bc4c00; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .ground { fill: #0d1117; }
      .grid { stroke: #3d444d; }
      .axis { stroke: #9198a1; }
      .wal .line { stroke: #58a6ff; }
      .wal .point { fill: #58a6ff; }
      .mvcc .line { stroke: #f0883e; }
      .mvcc .point { fill: #f0883e; }
    }
  ";

/// One half of the plot.
struct Panel<'a> {
    points: Vec<&'a Point>,
    place: fn(&Job) -> u64,
    title: String,
    label: &'static str,
    left: f64,
    ticks: &'a [f64],
}

/// The whole file.
pub(super) fn chart(points: &[Point]) -> anyhow::Result<String> {
    anyhow::ensure!(!points.is_empty(), "there is nothing to plot");
    let highest = points.iter().map(peak).fold(0.0, f64::max);
    let ticks = &ticks(highest)[..];
    let mut svg = Svg::drawing([WIDTH, HEIGHT], "Heap peak under WAL and under MVCC", STYLE);
    let [left, right] = LEFT_EDGES;
    let title = format!("{FIXED_CONNECTIONS} connections");
    let label = "rows inserted";
    let rows = by_rows(points);
    panel(&mut svg, &Panel { points: rows, place: |j| j.rows, title, label, left, ticks });
    let title = format!("{} rows in all", format_count(FIXED_ROWS));
    let label = "connections at a time";
    let (points, left) = (by_connections(points), right);
    panel(&mut svg, &Panel { points, place: |j| j.connections, title, label, left, ticks });
    legend(&mut svg);
    Ok(svg.finish())
}

/// In megabytes.
fn peak(point: &Point) -> f64 {
    point.figures[PEAK].median as f64 / MEGABYTE
}

fn panel(svg: &mut Svg, panel: &Panel<'_>) {
    let highest = panel.points.iter().map(|point| (panel.place)(&point.job)).max();
    let right = panel.left + PANEL_WIDTH;
    let across = Scale { top: highest.unwrap_or(1) as f64, start: panel.left, end: right - 20.0 };
    let top = panel.ticks.last().copied().unwrap_or(1.0);
    let up = Scale { top, start: BOTTOM, end: TOP };
    let middle = panel.left + PANEL_WIDTH / 2.0;
    words(svg, "title", panel.left, TOP - 14.0, &format!("Heap peak, MB · {}", panel.title));
    words(svg, "middle", middle, BOTTOM + 42.0, panel.label);
    vertical_axis(svg, panel, up);
    horizontal_axis(svg, panel, across);
    for mode in Mode::ALL {
        line(svg, panel, mode, across, up);
    }
}

fn vertical_axis(svg: &mut Svg, panel: &Panel<'_>, up: Scale) {
    let decimals = if panel.ticks.get(1).is_some_and(|step| *step < 1.0) { 1 } else { 0 };
    for tick in panel.ticks {
        let y = up.at(*tick);
        stroke(svg, "grid", [panel.left, y, panel.left + PANEL_WIDTH, y]);
        words(svg, "end", panel.left - 8.0, y + 4.0, &format!("{tick:.decimals$}"));
    }
}

/// Labelled where something was measured.
fn horizontal_axis(svg: &mut Svg, panel: &Panel<'_>, across: Scale) {
    stroke(svg, "axis", [panel.left, BOTTOM, panel.left + PANEL_WIDTH, BOTTOM]);
    for point in panel.points.iter().filter(|point| point.job.mode == Mode::Wal) {
        let value = (panel.place)(&point.job);
        let x = across.at(value as f64);
        stroke(svg, "axis", [x, BOTTOM, x, BOTTOM + 5.0]);
        words(svg, "middle", x, BOTTOM + 20.0, &format_count(value));
    }
}

fn line(svg: &mut Svg, panel: &Panel<'_>, mode: Mode, across: Scale, up: Scale) {
    let of_mode = panel.points.iter().filter(|point| point.job.mode == mode);
    let places: Vec<_> = of_mode
        .map(|point| (across.at((panel.place)(&point.job) as f64), up.at(peak(point))))
        .collect();
    let path: Vec<_> =
        places.iter().map(|(x, y)| format!("{},{}", pixels(*x), pixels(*y))).collect();
    svg.open("g", &[("class", mode.name())]);
    svg.empty("polyline", &[("class", "line"), ("points", &path.join(" "))]);
    for (x, y) in places {
        mark(svg, mode, x, y);
    }
    svg.close();
}

fn legend(svg: &mut Svg) {
    for (mode, x) in Mode::ALL.into_iter().zip([70.0, 140.0]) {
        svg.open("g", &[("class", mode.name())]);
        let ends = format!("{},22.0 {},22.0", pixels(x), pixels(x + 24.0));
        svg.empty("polyline", &[("class", "line"), ("points", &ends)]);
        mark(svg, mode, x + 12.0, 22.0);
        words(svg, "legend", x + 30.0, 26.0, mode.title());
        svg.close();
    }
}

/// A circle for WAL, a square for MVCC.
fn mark(svg: &mut Svg, mode: Mode, x: f64, y: f64) {
    match mode {
        Mode::Wal => {
            let (x, y) = (pixels(x), pixels(y));
            svg.empty("circle", &[("class", "point"), ("cx", &x), ("cy", &y), ("r", "4")]);
        }
        Mode::Mvcc => {
            let (x, y) = (pixels(x - 4.0), pixels(y - 4.0));
            let place = [("x", &*x), ("y", &*y), ("width", "8"), ("height", "8")];
            svg.empty("rect", &[&[("class", "point")], &place[..]].concat());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mvcc_cost::figure::{Figure, METRICS};
    use crate::mvcc_cost::sweep;

    fn points() -> Vec<Point> {
        let figure = |job: &Job| Figure { median: job.rows * 100 + job.connections, spread: 0 };
        let point = |job: Job| Point { job, figures: [figure(&job); METRICS.len()] };
        sweep::jobs().into_iter().map(point).collect()
    }

    /// The tags of `text` in order, without attributes.
    fn tags(text: &str) -> Vec<&str> {
        let tags = text.split('<').skip(1).map(|rest| rest.split_once('>').unwrap().0);
        tags.filter(|tag| !tag.ends_with('/')).map(|tag| tag.split(' ').next().unwrap()).collect()
    }

    #[test]
    fn every_element_is_closed_and_there_is_one_root() {
        let text = chart(&points()).unwrap();
        let mut open = Vec::new();
        for (index, tag) in tags(&text).into_iter().enumerate() {
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None => open.push(tag),
            }
            assert!(index == 0 || !open.is_empty() || tag == "/svg", "{tag} is outside the root");
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn equal_figures_give_equal_files_in_whatever_order() {
        let mut points = points();
        let text = chart(&points).unwrap();
        points.reverse();
        assert_eq!(chart(&points).unwrap(), text);
    }

    #[test]
    fn nothing_is_fetched_and_both_schemes_are_served() {
        let text = chart(&points()).unwrap();
        assert_eq!(text.matches("://").count(), 1, "only the namespace");
        assert!(text.contains("prefers-color-scheme: dark"));
        assert!(!text.contains("NaN"));
    }
}
