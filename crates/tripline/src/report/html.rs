//! Text made safe to stand in a page, and the few elements that the page is built from.
//!
//! All text from elsewhere goes through [`escape`].

use crate::render::TextTable;

/// Escapes text for a place between tags or within a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Spells out controls and characters that are invisible or turn the direction of writing, as `\u{202e}`: a name must
/// not look like another, nor rearrange the text beside it.
pub(super) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        match is_deceptive(character) {
            true => visible.extend(character.escape_unicode()),
            false => visible.push(character),
        }
    }
    visible
}

fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Returns `<name class="class">text</name>`, without the attribute if `class` is empty. `name` and `class` are the
/// page's own.
pub(super) fn element(name: &str, class: &str, text: &str) -> String {
    let class =
        if class.is_empty() { String::new() } else { format!(" class=\"{}\"", escape(class)) };
    format!("<{name}{class}>{}</{name}>", escape(text))
}

/// Returns a section with its heading, or nothing if the section is empty.
pub(super) fn section(heading: &str, body: &str) -> String {
    if body.is_empty() {
        return String::new();
    }
    format!("<section>\n{}\n{body}</section>\n", element("h2", "", heading))
}

/// Returns a box in which a wide table scrolls, so that the page does not. It takes the focus, to be scrolled by keys.
pub(super) fn scrolling(label: &str, class: &str, table: &str) -> String {
    format!(
        "<div class=\"scroll{}\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n{table}</div>\n",
        if class.is_empty() { String::new() } else { format!(" {}", escape(class)) },
        escape(label)
    )
}

/// The head of a column.
#[derive(Clone, Copy, Debug)]
pub(super) enum Head<'a> {
    /// Above words.
    Words(&'a str),
    /// Above figures.
    Figures(&'a str),
}

/// Returns a table's first row. A head without a name is an empty cell.
pub(super) fn heads<'a>(heads: impl IntoIterator<Item = Head<'a>>) -> String {
    let cell = |head| match head {
        Head::Words("") | Head::Figures("") => "<td></td>".to_owned(),
        Head::Words(head) => format!("<th scope=\"col\">{}</th>", escape(head)),
        Head::Figures(head) => format!("<th scope=\"col\" class=\"n\">{}</th>", escape(head)),
    };
    let cells: String = heads.into_iter().map(cell).collect();
    format!("<thead><tr>{cells}</tr></thead>\n")
}

/// Returns a row whose first cell names it. The other cells are elements already.
pub(super) fn row(class: &str, name: &str, cells: &[String]) -> String {
    let class =
        if class.is_empty() { String::new() } else { format!(" class=\"{}\"", escape(class)) };
    format!("<tr{class}><th scope=\"row\">{name}</th>{}</tr>\n", cells.concat())
}

/// Returns a cell of figures.
pub(super) fn number(text: &str) -> String {
    element("td", "n", text)
}

/// Returns a cell of words.
pub(super) fn words(text: &str) -> String {
    element("td", "w", text)
}

/// Returns a table of a failure as one of the page.
pub(super) fn table(printed: &TextTable) -> String {
    let mut rows = printed.rows();
    let Some(first) = rows.next() else { return String::new() };
    let words = first.iter().take(1).map(|head| Head::Words(head));
    let figures = first.iter().skip(1).map(|head| Head::Figures(head));
    let heads = heads(words.chain(figures));
    let body: String = rows
        .filter_map(|cells| cells.split_first())
        .map(|(name, cells)| {
            let mut cells: Vec<_> = cells.iter().map(|cell| number(cell)).collect();
            cells.resize_with(first.len().saturating_sub(1), || number(""));
            row("", &escape(name), &cells)
        })
        .collect();
    format!("<table>\n{heads}<tbody>\n{body}</tbody>\n</table>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_opens_a_tag_or_ends_an_attribute() {
        for (text, expected) in [
            ("Vec<T>::push", "Vec&lt;T&gt;::push"),
            ("</script><script>", "&lt;/script&gt;&lt;script&gt;"),
            ("\" onload='x'", "&quot; onload=&#39;x&#39;"),
            ("a & b &lt;", "a &amp; b &amp;lt;"),
            ("größe → Σ", "größe → Σ"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }

    #[test]
    fn what_would_deceive_the_eye_is_shown() {
        assert_eq!(
            visible("a\u{202e}b\u{200f}c\u{0}d\u{2028}\n"),
            r"a\u{202e}b\u{200f}c\u{0}d\u{2028}\u{a}"
        );
        assert_eq!(visible("\u{2066}x\u{2069}\u{feff}"), r"\u{2066}x\u{2069}\u{feff}");
        assert_eq!(visible("turso_core::größe"), "turso_core::größe");
    }

    #[test]
    fn an_element_escapes_its_text() {
        assert_eq!(element("b", "", "<"), "<b>&lt;</b>");
        assert_eq!(element("b", "x", ">"), "<b class=\"x\">&gt;</b>");
        assert_eq!(section("a", ""), "");
    }

    #[test]
    fn a_printed_table_has_heads_and_as_many_cells_in_every_row() {
        let mut printed = TextTable::default();
        printed.row(["measured", "", "per row"]);
        printed.row(["max_bytes", "1 B"]);
        insta::assert_snapshot!(table(&printed), @r#"
        <table>
        <thead><tr><th scope="col">measured</th><td></td><th scope="col" class="n">per row</th></tr></thead>
        <tbody>
        <tr><th scope="row">max_bytes</th><td class="n">1 B</td><td class="n"></td></tr>
        </tbody>
        </table>
        "#);
    }
}
