//! How many lines of code a user writes.

use std::path::Path;

use anyhow::Context as _;

use crate::bench::suite::way::Way;

/// Those of a way's sources, budgets apart: lines that are neither empty nor a comment.
pub(super) fn of_way(package: &Path, way: Way) -> anyhow::Result<usize> {
    way.sources().iter().map(|source| of_file(&package.join(source))).sum()
}

fn of_file(path: &Path) -> anyhow::Result<usize> {
    let text = std::fs::read_to_string(path);
    Ok(count(&text.with_context(|| format!("failed to read {}", path.display()))?))
}

fn count(text: &str) -> usize {
    let code = |line: &&str| !line.is_empty() && !line.starts_with("//");
    text.lines().map(str::trim).filter(code).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_are_no_code() {
        assert_eq!(
            count("//! Page.\n\nuse a;\n\n/// Says.\nfn b() {\n    // Why.\n    c(); // d\n}\n"),
            4
        );
        assert_eq!(count(""), 0);
    }
}
