//! Rows of text whose columns line up.

/// A column: its alignment, and the blanks before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GridColumn {
    align: Align,
    gap: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    Right,
}

impl GridColumn {
    /// Returns a column of words.
    pub(crate) const fn left(gap: usize) -> Self {
        Self { align: Align::Left, gap }
    }

    /// Returns a column of figures.
    pub(crate) const fn right(gap: usize) -> Self {
        Self { align: Align::Right, gap }
    }
}

/// Columns, each as wide as its widest cell.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    columns: Vec<GridColumn>,
    widths: Vec<usize>,
}

impl Grid {
    /// Measures `rows`, which hold a cell for each column; a heading is one of them.
    pub(crate) fn new<'a, R>(columns: &[GridColumn], rows: impl IntoIterator<Item = &'a R>) -> Self
    where
        R: AsRef<[String]> + 'a,
    {
        let mut widths = vec![0; columns.len()];
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row.as_ref()) {
                *width = length(cell).max(*width);
            }
        }
        Self { columns: columns.to_vec(), widths }
    }

    /// Returns the number of characters of a row whose last cell is padded.
    pub(crate) fn width(&self) -> usize {
        let gaps = self.columns.iter().map(|column| column.gap);
        gaps.sum::<usize>() + self.widths.iter().sum::<usize>()
    }

    /// Returns a row without blanks at its end.
    pub(crate) fn line(&self, cells: &[String]) -> String {
        self.painted(cells, |_, cell| cell.to_owned())
    }

    /// Returns a row with styles: `paint` takes a column's number and a cell.
    pub(crate) fn painted(
        &self,
        cells: &[String],
        paint: impl Fn(usize, &str) -> String,
    ) -> String {
        let end = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let mut line = String::new();
        for (at, cell) in cells[..end].iter().enumerate() {
            let GridColumn { align, gap } = self.columns[at];
            let padding = self.widths[at].saturating_sub(length(cell));
            let (before, after) = match align {
                Align::Right => (padding, 0),
                Align::Left if at + 1 == end => (0, 0),
                Align::Left => (0, padding),
            };
            line.push_str(&" ".repeat(gap + before));
            line.push_str(&paint(at, cell));
            line.push_str(&" ".repeat(after));
        }
        line
    }
}

fn length(cell: &str) -> usize {
    cell.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(columns: &[GridColumn], rows: &[[&str; 3]]) -> Vec<String> {
        let rows: Vec<_> = rows.iter().map(|row| row.map(str::to_owned)).collect();
        let grid = Grid::new(columns, &rows);
        rows.iter().map(|row| grid.line(row)).collect()
    }

    #[test]
    fn columns_line_up_and_nothing_is_padded_at_the_end() {
        let columns = [GridColumn::left(0), GridColumn::left(3), GridColumn::left(3)];
        assert_eq!(
            lines(&columns, &[["a", "→", "x"], ["abc", "", "long"], ["a", "b", ""]]),
            ["a     →   x", "abc       long", "a     b"]
        );
    }

    #[test]
    fn figures_stand_at_the_right() {
        let columns = [GridColumn::right(2), GridColumn::right(1), GridColumn::left(3)];
        assert_eq!(
            lines(&columns, &[["1", "10", "x"], ["100", "1", ""]]),
            ["    1 10   x", "  100  1"]
        );
    }

    #[test]
    fn styles_take_no_room() {
        let cells = ["a".to_owned(), "b".to_owned()];
        let grid = Grid::new(&[GridColumn::left(0), GridColumn::left(1)], [&["abc".to_owned()]]);
        assert_eq!(grid.painted(&cells, |at, cell| format!("<{at}{cell}>")), "<0a>   <1b>");
    }
}
