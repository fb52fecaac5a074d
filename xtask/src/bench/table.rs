//! Formats rows of cells for a terminal, or as Markdown.

/// A table whose first column names its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CellTable {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    alignment: Alignment,
}

/// The alignment of all columns but the first, which is always to the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alignment {
    Left,
    /// For figures.
    Right,
}

const GAP: &str = "   ";

impl CellTable {
    pub(super) fn new<'a>(header: impl IntoIterator<Item = &'a str>, alignment: Alignment) -> Self {
        let header = header.into_iter().map(str::to_owned).collect();
        Self { header, rows: Vec::new(), alignment }
    }

    pub(super) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// Formats the table for a terminal: columns line up, each line is indented by two.
    pub(super) fn text(&self) -> String {
        let widths: Vec<_> = (0..self.header.len()).map(|column| self.width(column)).collect();
        self.lines().map(|cells| self.line(cells, &widths)).collect()
    }

    /// Formats the table as Markdown.
    pub(super) fn markdown(&self) -> String {
        let mut lines = self.lines().map(|cells| format!("| {} |\n", cells.join(" | ")));
        let header = lines.next().unwrap_or_default();
        let rule = if self.alignment == Alignment::Right { "---:|" } else { "---|" };
        let rules = rule.repeat(self.header.len().saturating_sub(1));
        format!("{header}|---|{rules}\n{}", lines.collect::<String>())
    }

    fn lines(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.header).chain(&self.rows)
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.lines().filter_map(|cells| cells.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let padded = cells.iter().zip(widths).enumerate().map(|(column, (cell, width))| match self
            .alignment
        {
            Alignment::Right if column > 0 => format!("{cell:>width$}"),
            _ => format!("{cell:<width$}"),
        });
        let line = padded.collect::<Vec<_>>().join(GAP);
        format!("  {}\n", line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(alignment: Alignment) -> CellTable {
        let mut table = CellTable::new(["name", "x", "long"], alignment);
        for row in [["a", "1.00", "—"], ["abc", "12.5", "×"]] {
            table.push(row.map(str::to_owned).to_vec());
        }
        table
    }

    #[test]
    fn columns_line_up() {
        insta::assert_snapshot!(table(Alignment::Right).text() + &table(Alignment::Left).text(), @"
          name      x   long
          a      1.00      —
          abc    12.5      ×
          name   x      long
          a      1.00   —
          abc    12.5   ×
        ");
    }

    #[test]
    fn markdown_has_a_rule_for_each_column() {
        insta::assert_snapshot!(table(Alignment::Right).markdown(), @"
        | name | x | long |
        |---|---:|---:|
        | a | 1.00 | — |
        | abc | 12.5 | × |
        ");
    }
}
