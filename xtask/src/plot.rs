//! What a plot is made of: words and strokes at pixels.

use cargo_tripline::{Svg, pixels};

pub(crate) fn words(svg: &mut Svg, class: &str, x: f64, y: f64, text: &str) {
    svg.leaf("text", &[("class", class), ("x", &pixels(x)), ("y", &pixels(y))], text);
}

pub(crate) fn stroke(svg: &mut Svg, class: &str, ends: [f64; 4]) {
    let [x1, y1, x2, y2] = ends.map(pixels);
    svg.empty("line", &[("class", class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)]);
}
