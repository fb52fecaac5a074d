//! Pages whose prose is written by hand and whose tables are generated.
//!
//! A generated block stands between `<!-- generated: NAME -->` and `<!-- end: NAME -->`. The rest is
//! never touched.

use std::ops::Range;
use std::path::Path;

use anyhow::{Context as _, ensure};

/// The text of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GeneratedPage(String);

impl GeneratedPage {
    /// Reads the page.
    pub(crate) fn load(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path);
        Ok(Self(text.with_context(|| format!("failed to read {}", path.display()))?))
    }

    /// Reads the page, and fails if it lacks the markers of one of `blocks`. A benchmark takes minutes, so
    /// this is asked before it.
    pub(crate) fn load_with(path: &Path, blocks: &[&str]) -> anyhow::Result<Self> {
        let page = Self::load(path)?;
        blocks.iter().try_for_each(|name| page.block(name).map(drop))?;
        Ok(page)
    }

    /// Returns the text between the markers of `name`.
    pub(crate) fn block(&self, name: &str) -> anyhow::Result<&str> {
        Ok(self.0[self.range_of(name)?].trim())
    }

    /// Puts `block` between the markers of `name`.
    pub(crate) fn replaced(mut self, name: &str, block: &str) -> anyhow::Result<Self> {
        let range = self.range_of(name)?;
        self.0.replace_range(range, &format!("\n\n{}\n\n", block.trim()));
        Ok(self)
    }

    fn range_of(&self, name: &str) -> anyhow::Result<Range<usize>> {
        let begin = format!("<!-- generated: {name} -->");
        let end = format!("<!-- end: {name} -->");
        let start = self.position_of(&begin)? + begin.len();
        let stop = self.position_of(&end)?;
        ensure!(start <= stop, "the page has `{end}` before `{begin}`");
        Ok(start..stop)
    }

    fn position_of(&self, marker: &str) -> anyhow::Result<usize> {
        let position = self.0.find(marker);
        let position = position.with_context(|| format!("the page has no `{marker}`"))?;
        let repeated = self.0.rfind(marker) != Some(position);
        ensure!(!repeated, "the page has `{marker}` more than once");
        Ok(position)
    }
}

impl std::ops::Deref for GeneratedPage {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> GeneratedPage {
        GeneratedPage(text.to_owned())
    }

    #[test]
    fn only_what_is_between_the_markers_is_replaced() {
        let before =
            page("prose\n<!-- generated: a -->\nold\n<!-- end: a -->\nmore <b>prose</b>\n");
        let after = before.replaced("a", "new\n").unwrap();
        assert_eq!(
            &*after,
            "prose\n<!-- generated: a -->\n\nnew\n\n<!-- end: a -->\nmore <b>prose</b>\n"
        );
        assert_eq!(after.block("a").unwrap(), "new");
        assert_eq!(after.clone().replaced("a", "new").unwrap(), after);
    }

    #[test]
    fn a_marker_that_is_missing_doubled_or_misplaced_is_an_error() {
        let cases = [
            ("<!-- end: a -->", "the page has no `<!-- generated: a -->`"),
            ("<!-- generated: a -->", "the page has no `<!-- end: a -->`"),
            ("<!-- generated: b --><!-- end: a -->", "the page has no `<!-- generated: a -->`"),
            (
                "<!-- end: a --><!-- generated: a -->",
                "the page has `<!-- end: a -->` before `<!-- generated: a -->`",
            ),
            (
                "<!-- generated: a --><!-- end: a --><!-- end: a -->",
                "the page has `<!-- end: a -->` more than once",
            ),
        ];
        for (text, message) in cases {
            let error = page(text).replaced("a", "new").unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }
}
