//! SVG as text: elements, attributes, escaping.

/// A document that is being written.
#[derive(Debug, Default)]
pub(super) struct Svg(String);

/// An attribute.
pub(super) type Attribute<'a> = (&'a str, &'a str);

impl Svg {
    /// An element that others stand in until [`close`](Self::close).
    pub(super) fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes, ">\n");
    }

    pub(super) fn close(&mut self, name: &str) {
        self.0.push_str(&format!("</{name}>\n"));
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes, "/>\n");
    }

    /// An element that holds text and nothing else.
    pub(super) fn leaf(&mut self, name: &str, attributes: &[Attribute<'_>], content: &str) {
        self.tag(name, attributes, ">");
        self.0.push_str(&format!("{}</{name}>\n", escaped(content)));
    }

    pub(super) fn finish(self) -> String {
        self.0
    }

    fn tag(&mut self, name: &str, attributes: &[Attribute<'_>], end: &str) {
        self.0.push_str(&format!("<{name}"));
        for (key, value) in attributes {
            self.0.push_str(&format!(" {key}=\"{}\"", escaped(value)));
        }
        self.0.push_str(end);
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::Svg;

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut svg = Svg::default();
        svg.open("svg", &[]);
        svg.leaf("text", &[("class", "\"a\" & b")], "1 < 2 & 3 > 2");
        svg.close("svg");
        assert_eq!(
            svg.finish(),
            "<svg>\n<text class=\"&quot;a&quot; &amp; b\">1 &lt; 2 &amp; 3 &gt; 2</text>\n</svg>\n"
        );
    }
}
