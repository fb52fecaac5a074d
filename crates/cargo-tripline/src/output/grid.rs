//! Rows of text whose columns line up.

/// How wide each column is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid<const N: usize>([usize; N]);

const GAP: &str = "   ";

impl<const N: usize> Grid<N> {
    /// As wide as the widest of `rows`, the heading among them.
    pub(crate) fn new<'a>(rows: impl IntoIterator<Item = &'a [String; N]>) -> Self {
        let mut widths = [0; N];
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        // Nothing stands behind the last.
        widths.last_mut().map(std::mem::take);
        Self(widths)
    }

    pub(crate) fn line(&self, cells: &[String; N]) -> String {
        let padded = cells.iter().zip(self.0).map(|(cell, width)| {
            let padding = " ".repeat(width.saturating_sub(cell.chars().count()));
            format!("{cell}{padding}")
        });
        padded.collect::<Vec<_>>().join(GAP)
    }
}

#[cfg(test)]
mod tests {
    use crate::output::grid::Grid;

    #[test]
    fn columns_line_up_and_nothing_is_padded_at_the_end() {
        let rows = [["a", "→", "x"], ["abc", "", "long"]].map(|row| row.map(str::to_owned));
        let grid = Grid::new(&rows);
        assert_eq!(rows.map(|row| grid.line(&row)), ["a     →   x", "abc       long"]);
    }
}
