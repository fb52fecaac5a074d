//! Writes rows of cells as CSV: RFC 4180, but with line feeds alone.

/// Returns a header and its rows.
pub(super) fn csv<'a>(header: &[&'a str], rows: &'a [Vec<String>]) -> String {
    let header = header.iter().copied();
    let rows = rows.iter().map(|row| line(row.iter().map(String::as_str)));
    line(header) + &rows.collect::<String>()
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    cells.map(quoted).collect::<Vec<_>>().join(",") + "\n"
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn text_that_would_end_a_cell_is_quoted() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let rows = [row(["cap", "1"]), row(["a, \"b\"", ""])];
        assert_eq!(csv(&["name", "n"], &rows), "name,n\ncap,1\n\"a, \"\"b\"\"\",\n");
    }
}
