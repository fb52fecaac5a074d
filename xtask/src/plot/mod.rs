//! Shapes and styles of plots, at pixels.

pub(crate) mod axis;

use cargo_tripline::{Svg, pixels};

/// Styles of every plot, in light colours.
const LIGHT: &str = "
    text { font: 12px system-ui, sans-serif; fill: #1f2328; }
    .title { font-weight: 600; font-size: 13px; }
    .end { text-anchor: end; }
    .middle { text-anchor: middle; }
    .ground { fill: #ffffff; }
    .grid { stroke: #d1d9e0; }
";

/// The same for readers who prefer dark colours.
const DARK: &str = "      text { fill: #f0f6fc; }
      .ground { fill: #0d1117; }
      .grid { stroke: #3d444d; }
";

/// A style sheet: rules for every plot, then a plot's own. Each own rule is one line.
pub(crate) fn style(light: &[&str], dark: &[&str]) -> String {
    let lines = |indent: &str, rules: &[&str]| -> String {
        rules.iter().map(|rule| format!("{indent}{rule}\n")).collect()
    };
    let (light, dark) = (lines("    ", light), lines("      ", dark));
    format!("{LIGHT}{light}    @media (prefers-color-scheme: dark) {{\n{DARK}{dark}    }}\n  ")
}

/// Writes text at a point.
pub(crate) fn draw_text(svg: &mut Svg, class: &str, [x, y]: [f64; 2], text: &str) {
    svg.leaf("text", &[("class", class), ("x", &pixels(x)), ("y", &pixels(y))], text);
}

/// Draws a line from (x1, y1) to (x2, y2).
pub(crate) fn draw_line(svg: &mut Svg, class: &str, ends: [f64; 4]) {
    let [x1, y1, x2, y2] = ends.map(pixels);
    svg.empty("line", &[("class", class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)]);
}

/// Draws a measured point as a circle.
pub(crate) fn draw_circle(svg: &mut Svg, class: &str, center: [f64; 2]) {
    let [x, y] = center.map(pixels);
    svg.empty("circle", &[("class", class), ("cx", &x), ("cy", &y), ("r", "4")]);
}

/// Draws a rectangle, given as x, y, width and height.
pub(crate) fn draw_rectangle(svg: &mut Svg, class: &str, rectangle: [f64; 4]) {
    let [x, y, width, height] = rectangle.map(pixels);
    let edges = [("class", class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)];
    svg.empty("rect", &edges);
}
