//! Aligned columns: the first to the left, the rest to the right, a note behind.

/// Rows that are printed with aligned columns.
#[derive(Clone, Debug, Default)]
pub struct TextTable {
    rows: Vec<(Vec<String>, String)>,
}

impl TextTable {
    pub(crate) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        self.row_with_note(cells, "");
    }

    /// Adds a row of any number of cells.
    pub(crate) fn cells(&mut self, cells: Vec<String>) {
        self.rows.push((cells, String::new()));
    }

    pub(crate) fn row_with_note<const N: usize>(&mut self, cells: [&str; N], note: &str) {
        self.rows.push((cells.map(str::to_owned).to_vec(), note.to_owned()));
    }

    /// Returns the cells of every row, the heads first.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[String]> {
        self.rows.iter().map(|(cells, _)| cells.as_slice())
    }

    /// Prints every row on a line of its own, indented by two.
    pub(crate) fn print(&self, into: &mut String) {
        let widths = self.widths();
        for (cells, note) in &self.rows {
            let mut line = String::from(" ");
            for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
                let gap = if column == 0 { " " } else { "   " };
                let padding = " ".repeat(width - cell.chars().count());
                let (left, right) = if column == 0 {
                    (cell.as_str(), &*padding)
                } else {
                    (&*padding, cell.as_str())
                };
                line.push_str(&[gap, left, right].concat());
            }
            if !note.is_empty() {
                line.push_str(&format!("   {note}"));
            }
            into.push_str(line.trim_end());
            into.push('\n');
        }
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(|(cells, _)| cells.len()).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|(cells, _)| cells.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        (0..columns).map(width).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::TextTable;

    #[test]
    fn columns_line_up() {
        let mut table = TextTable::default();
        table.row(["limit", "budget", "over"]);
        table.row_with_note(["total_blocks", "12", "+1 000"], "(tolerance 3 %)");
        let mut text = String::new();
        table.print(&mut text);
        assert_eq!(
            text,
            "  limit          budget     over\n  total_blocks       12   +1 000   (tolerance 3 %)\n"
        );
    }
}
