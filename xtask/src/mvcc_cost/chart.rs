//! Plots the heap's peak over rows and over connections, one line a mode.
//!
//! Both panels share one vertical axis, so that heights can be compared. The modes differ in colour and
//! in the shape of their points. The colours follow the reader's scheme, on the plot's own background.

use cargo_tripline::{Svg, pixels};
use tripline_budget::format_count;

use crate::mvcc_cost::figures::{PEAK, SweepPoint};
use crate::mvcc_cost::sweep::{FIXED_CONNECTIONS, FIXED_ROWS, JournalMode, Sweep};
use crate::plot::axis::{LinearAxis, ticks};
use crate::plot::{draw_circle, draw_line, draw_rectangle, draw_text, style};

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 360.0;
/// The panels' upper edge.
const TOP: f64 = 70.0;
/// The panels' lower edge.
const BOTTOM: f64 = 300.0;
const PANEL_WIDTH: f64 = 330.0;
const LEFT_EDGES: [f64; 2] = [70.0, 500.0];
const MEGABYTE: f64 = 1_000_000.0;

const LIGHT: [&str; 6] = [
    ".axis { stroke: #59636e; }",
    ".line { fill: none; stroke-width: 2; }",
    ".wal .line { stroke: #0969da; }",
    ".wal .point { fill: #0969da; }",
    ".mvcc .line { stroke: #bc4c00; }",
    ".mvcc .point { fill: #bc4c00; }",
];

const DARK: [&str; 5] = [
    ".axis { stroke: #9198a1; }",
    ".wal .line { stroke: #58a6ff; }",
    ".wal .point { fill: #58a6ff; }",
    ".mvcc .line { stroke: #f0883e; }",
    ".mvcc .point { fill: #f0883e; }",
];

/// One half of the plot: the points of one sweep.
struct Panel<'a> {
    sweep: Sweep,
    points: Vec<&'a SweepPoint>,
    left: f64,
    ticks: &'a [f64],
}

/// The axes of one panel.
#[derive(Clone, Copy)]
struct PanelAxes {
    across: LinearAxis,
    up: LinearAxis,
}

/// Returns the whole file.
pub(super) fn chart(points: &[SweepPoint]) -> anyhow::Result<String> {
    anyhow::ensure!(!points.is_empty(), "there is nothing to plot");
    let highest = points.iter().map(peak).fold(0.0, f64::max);
    let ticks = &ticks(highest)[..];
    let title = "Heap peak under WAL and under MVCC";
    let mut svg = Svg::drawing([WIDTH, HEIGHT], title, &style(&LIGHT, &DARK));
    for (sweep, left) in Sweep::ALL.into_iter().zip(LEFT_EDGES) {
        draw_panel(&mut svg, &Panel { sweep, points: sweep.of(points), left, ticks });
    }
    draw_legend(&mut svg);
    Ok(svg.finish())
}

/// Returns the heap's peak in megabytes.
fn peak(point: &SweepPoint) -> f64 {
    point.figures[PEAK].median as f64 / MEGABYTE
}

impl Panel<'_> {
    /// Returns the title, which names what is fixed.
    fn title(&self) -> String {
        match self.sweep {
            Sweep::Rows => format!("{FIXED_CONNECTIONS} connections"),
            Sweep::Connections => format!("{} rows in all", format_count(FIXED_ROWS)),
        }
    }

    fn label(&self) -> &'static str {
        match self.sweep {
            Sweep::Rows => "rows inserted",
            Sweep::Connections => "connections at a time",
        }
    }

    fn right(&self) -> f64 {
        self.left + PANEL_WIDTH
    }

    fn axes(&self) -> PanelAxes {
        let largest = self.points.iter().map(|point| self.sweep.size(&point.load)).max();
        let largest = largest.unwrap_or(1) as f64;
        let across = LinearAxis { top: largest, start: self.left, end: self.right() - 20.0 };
        let top = self.ticks.last().copied().unwrap_or(1.0);
        PanelAxes { across, up: LinearAxis { top, start: BOTTOM, end: TOP } }
    }
}

fn draw_panel(svg: &mut Svg, panel: &Panel<'_>) {
    let axes = panel.axes();
    let middle = panel.left + PANEL_WIDTH / 2.0;
    let title = format!("Heap peak, MB · {}", panel.title());
    draw_text(svg, "title", [panel.left, TOP - 14.0], &title);
    draw_text(svg, "middle", [middle, BOTTOM + 42.0], panel.label());
    draw_vertical_axis(svg, panel, axes.up);
    draw_horizontal_axis(svg, panel, axes.across);
    for mode in JournalMode::ALL {
        draw_mode(svg, panel, mode, axes);
    }
}

fn draw_vertical_axis(svg: &mut Svg, panel: &Panel<'_>, up: LinearAxis) {
    let decimals = if panel.ticks.get(1).is_some_and(|step| *step < 1.0) { 1 } else { 0 };
    for tick in panel.ticks {
        let y = up.pixel(*tick);
        draw_line(svg, "grid", [panel.left, y, panel.right(), y]);
        draw_text(svg, "end", [panel.left - 8.0, y + 4.0], &format!("{tick:.decimals$}"));
    }
}

/// Draws the axis with a label at every measured size.
fn draw_horizontal_axis(svg: &mut Svg, panel: &Panel<'_>, across: LinearAxis) {
    draw_line(svg, "axis", [panel.left, BOTTOM, panel.right(), BOTTOM]);
    for point in panel.points.iter().filter(|point| point.load.mode == JournalMode::Wal) {
        let size = panel.sweep.size(&point.load);
        let x = across.pixel(size as f64);
        draw_line(svg, "axis", [x, BOTTOM, x, BOTTOM + 5.0]);
        draw_text(svg, "middle", [x, BOTTOM + 20.0], &format_count(size));
    }
}

fn draw_mode(svg: &mut Svg, panel: &Panel<'_>, mode: JournalMode, axes: PanelAxes) {
    let of_mode = panel.points.iter().filter(|point| point.load.mode == mode);
    let centers = of_mode.map(|point| {
        let size = panel.sweep.size(&point.load) as f64;
        [axes.across.pixel(size), axes.up.pixel(peak(point))]
    });
    let centers: Vec<_> = centers.collect();
    let path = centers.iter().map(|center| center.map(pixels).join(","));
    let path = path.collect::<Vec<_>>().join(" ");
    svg.open("g", &[("class", mode.name())]);
    svg.empty("polyline", &[("class", "line"), ("points", &path)]);
    for center in centers {
        draw_point(svg, mode, center);
    }
    svg.close();
}

fn draw_legend(svg: &mut Svg) {
    for (mode, x) in JournalMode::ALL.into_iter().zip([70.0, 140.0]) {
        svg.open("g", &[("class", mode.name())]);
        let ends = format!("{},22.0 {},22.0", pixels(x), pixels(x + 24.0));
        svg.empty("polyline", &[("class", "line"), ("points", &ends)]);
        draw_point(svg, mode, [x + 12.0, 22.0]);
        draw_text(svg, "legend", [x + 30.0, 26.0], mode.title());
        svg.close();
    }
}

/// Draws a circle for WAL, a square for MVCC.
fn draw_point(svg: &mut Svg, mode: JournalMode, [x, y]: [f64; 2]) {
    match mode {
        JournalMode::Wal => draw_circle(svg, "point", [x, y]),
        JournalMode::Mvcc => draw_rectangle(svg, "point", [x - 4.0, y - 4.0, 8.0, 8.0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mvcc_cost::figures::{FIELDS, MedianFigure};
    use crate::mvcc_cost::sweep::{InsertLoad, loads};

    fn points() -> Vec<SweepPoint> {
        let point = |load: InsertLoad| {
            let median = load.rows * 100 + load.connections;
            SweepPoint { load, figures: [MedianFigure { median, spread: 0 }; FIELDS.len()] }
        };
        loads().into_iter().map(point).collect()
    }

    /// Returns the tags of `text` in order, without attributes.
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
