//! SVG as text: elements, attributes, escaping.

/// A document under construction. [`finish`](Self::finish) closes every open element.
#[derive(Debug, Default)]
pub struct Svg {
    text: String,
    open: Vec<&'static str>,
}

/// An attribute.
pub(crate) type Attribute<'a> = (&'a str, &'a str);

impl Svg {
    /// Starts a drawing of this width and height in pixels, on a rectangle of the class `ground`.
    #[must_use]
    pub fn drawing([width, height]: [f64; 2], title: &str, style: &str) -> Self {
        let (width, height) = (width.to_string(), height.to_string());
        let view = format!("0 0 {width} {height}");
        let size = [("width", &*width), ("height", &*height)];
        let mut svg = Self::default();
        let namespace = ("xmlns", "http://www.w3.org/2000/svg");
        svg.open("svg", &[namespace, size[0], size[1], ("viewBox", &view), ("role", "img")]);
        svg.leaf("title", &[], title);
        svg.leaf("style", &[], style);
        svg.empty("rect", &[("class", "ground"), size[0], size[1]]);
        svg
    }

    /// Opens an element that holds others.
    pub fn open(&mut self, name: &'static str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes, ">\n");
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.text.push_str(&format!("</{name}>\n"));
        }
    }

    /// Adds an element without content.
    pub fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes, "/>\n");
    }

    /// Adds an element that holds only text.
    pub fn leaf(&mut self, name: &str, attributes: &[Attribute<'_>], content: &str) {
        self.tag(name, attributes, ">");
        self.text.push_str(&format!("{}</{name}>\n", escaped(content)));
    }

    /// Returns the text.
    #[must_use]
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[Attribute<'_>], end: &str) {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            self.text.push_str(&format!(" {key}=\"{}\"", escaped(value)));
        }
        self.text.push_str(end);
    }

    fn indent(&mut self) {
        self.text.push_str(&"  ".repeat(self.open.len()));
    }
}

/// Formats a coordinate. It always has one decimal, so equal figures give equal files.
#[must_use]
pub fn pixels(value: f64) -> String {
    format!("{value:.1}")
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut svg = Svg::default();
        svg.leaf("text", &[("class", "\"a\" & b")], "1 < 2 & 3 > 2");
        assert_eq!(
            svg.finish(),
            "<text class=\"&quot;a&quot; &amp; b\">1 &lt; 2 &amp; 3 &gt; 2</text>\n"
        );
    }

    #[test]
    fn what_was_opened_is_closed_in_order() {
        let mut svg = Svg::default();
        svg.open("svg", &[]);
        svg.open("g", &[("class", "wal")]);
        svg.empty("line", &[("x1", &pixels(1.25))]);
        assert_eq!(
            svg.finish(),
            "<svg>\n  <g class=\"wal\">\n    <line x1=\"1.2\"/>\n  </g>\n</svg>\n"
        );
    }
}
