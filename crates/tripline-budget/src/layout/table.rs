//! Rows of offset, size, name and type.

use crate::values::format_count;

/// The longest type name that is shown whole.
const TYPE_CHARS: usize = 72;

/// Lines that are printed as one.
#[derive(Debug, Default)]
pub(super) struct LayoutTable {
    rows: Vec<[String; 4]>,
}

impl LayoutTable {
    pub(super) fn row(&mut self, offset: Option<u64>, size: Option<u64>, name: &str, more: &str) {
        let offset = offset.map_or_else(String::new, format_count);
        let size = size.map_or_else(String::new, |size| format!("{} B", format_count(size)));
        self.rows.push([offset, size, name.to_owned(), shortened(more)]);
    }

    /// Every row on a line of its own, indented by four; offset and size are aligned to the right.
    pub(super) fn print(&self, into: &mut String) {
        let width = |column: usize| {
            let cells = self.rows.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or(0)
        };
        let offsets = width(0).max("offset".len());
        let (sizes, names) = (width(1).max("size".len()), width(2));
        let mut line = |[offset, size, name, more]: [&str; 4]| {
            let line = format!("    {offset:>offsets$}  {size:>sizes$}   {name:<names$}   {more}");
            into.push_str(line.trim_end());
            into.push('\n');
        };
        line(["offset", "size", "", ""]);
        for row in &self.rows {
            line(row.each_ref().map(String::as_str));
        }
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= TYPE_CHARS {
        return text.to_owned();
    }
    let kept: String = text.chars().take(TYPE_CHARS - 1).collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        let mut table = LayoutTable::default();
        table.row(Some(0), Some(1), "deleted", "bool");
        table.row(Some(1), Some(1_007), "(padding)", "");
        table.row(None, None, "None", "");
        let mut text = String::new();
        table.print(&mut text);
        assert_eq!(
            text,
            "    offset     size
         0      1 B   deleted     bool
         1  1 007 B   (padding)
                      None
"
        );
    }

    #[test]
    fn a_long_type_is_cut_and_a_shorter_is_not() {
        assert_eq!(shortened(&"é".repeat(72)), "é".repeat(72));
        assert_eq!(shortened(&"é".repeat(73)), format!("{}…", "é".repeat(71)));
    }
}
