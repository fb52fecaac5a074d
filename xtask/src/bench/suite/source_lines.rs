//! Counts the lines of code that a user writes.

use std::path::Path;

use anyhow::Context as _;

use crate::bench::suite::method::Method;

/// The lines of the tests that one method needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SourceLines {
    pub(super) method: Method,
    pub(super) count: usize,
}

impl SourceLines {
    /// Counts lines that are neither empty nor a comment. Budgets are not counted.
    pub(super) fn of(package: &Path, method: Method) -> anyhow::Result<Self> {
        let sources = method.sources();
        let counts = sources.iter().map(|source| of_file(&package.join(source)));
        Ok(Self { method, count: counts.sum::<anyhow::Result<usize>>()? })
    }
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
