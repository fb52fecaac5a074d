//! The types of `sizes!` as rows: each with its size, and its layout where it was read.

use tripline_budget::layout::DebugLayout;
use tripline_budget::{TypeLayout, format_count};

use crate::render;
use crate::report::html::{Head, element, escape, heads, number, row, scrolling};

/// A type of the suite and its size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeRow {
    /// The type as written in `sizes!`.
    pub name: String,
    pub size: u64,
    pub align: u64,
    /// Fields or variants as text, or the reason why they are not known; `None` if they were not read.
    pub layout: Option<String>,
}

impl TypeRow {
    pub(crate) fn of(ty: TypeLayout) -> Self {
        Self { name: ty.name, size: ty.size, align: ty.align, layout: None }
    }

    pub(crate) fn explained(self, layouts: &[DebugLayout]) -> Self {
        let found = layouts.iter().find(|explained| explained.name == self.name);
        Self { layout: found.map(render::layout_text), ..self }
    }
}

pub(super) fn types(types: &[TypeRow]) -> String {
    if types.is_empty() {
        return String::new();
    }
    let heads = heads([Head::Words("type"), Head::Figures("bytes"), Head::Figures("aligned to")]);
    let rows: String = types.iter().map(one).collect();
    let table = format!("<table id=\"types\">\n{heads}<tbody>\n{rows}</tbody>\n</table>\n");
    scrolling("Types", "", &table)
}

fn one(ty: &TypeRow) -> String {
    let name = match &ty.layout {
        None => element("span", "key", &ty.name),
        Some(layout) => {
            format!("<details>{}{}</details>", element("summary", "", &ty.name), layout_of(layout))
        }
    };
    row("", &name, &[number(&format_count(ty.size)), number(&format_count(ty.align))])
}

/// Escapes a layout line by line, because a line's end is no text.
fn layout_of(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(escape).collect();
    format!("<pre>{}</pre>", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use tripline_budget::layout::{Layout, Shape};

    use super::*;

    fn row_of(name: &str) -> TypeRow {
        let layout =
            TypeLayout { name: name.into(), size: 1_024, align: 8, file: "a.rs".into(), line: 1 };
        TypeRow::of(layout)
    }

    fn explained(name: &str, layout: Result<Layout, String>) -> DebugLayout {
        DebugLayout { name: name.into(), file: "a.rs".into(), line: 1, layout }
    }

    #[test]
    fn a_type_is_joined_with_its_own_layout() {
        let scalar = Layout {
            name: "u64".into(),
            size: 8,
            align: 8,
            pointer: 8,
            shape: Shape::Scalar,
            inside: None,
        };
        let layouts = [explained("u64", Ok(scalar)), explained("Page", Err("no".into()))];
        let layout = |name| row_of(name).explained(&layouts).layout;
        assert_eq!(layout("u64").as_deref(), Some("  u64: 8 B, aligned to 8\n"));
        assert_eq!(layout("Page").as_deref(), Some("no"));
        assert_eq!(layout("BlameRow"), None);
    }

    #[test]
    fn without_types_there_is_no_table() {
        assert_eq!(types(&[]), "");
    }

    #[test]
    fn a_layout_stands_behind_its_type() {
        let page = TypeRow { layout: Some("  a<b>\n  c".into()), ..row_of("Page<T>") };
        insta::assert_snapshot!(types(&[row_of("BlameRow"), page]), @r#"
        <div class="scroll" role="region" tabindex="0" aria-label="Types">
        <table id="types">
        <thead><tr><th scope="col">type</th><th scope="col" class="n">bytes</th><th scope="col" class="n">aligned to</th></tr></thead>
        <tbody>
        <tr><th scope="row"><span class="key">BlameRow</span></th><td class="n">1 024</td><td class="n">8</td></tr>
        <tr><th scope="row"><details><summary>Page&lt;T&gt;</summary><pre>  a&lt;b&gt;
          c</pre></details></th><td class="n">1 024</td><td class="n">8</td></tr>
        </tbody>
        </table>
        </div>
        "#);
    }
}
