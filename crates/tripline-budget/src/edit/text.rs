//! Text that is edited by bytes and lines.

use std::ops::Range;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file's text. New lines get the line ending that it already uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EditedText(String);

/// Bytes to replace, and their replacement, in which `\n` stands for the text's own line ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) range: Range<usize>,
    pub(super) with: String,
}

impl Splice {
    pub(super) fn replace(range: Range<usize>, with: impl Into<String>) -> Self {
        Self { range, with: with.into() }
    }

    pub(super) fn insert(at: usize, with: impl Into<String>) -> Self {
        Self::replace(at..at, with)
    }
}

impl EditedText {
    pub(super) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// Returns the text with the splice in it.
    pub(super) fn with(&self, splice: &Splice) -> Self {
        let ending = if self.0.contains("\r\n") { "\r\n" } else { "\n" };
        let mut text = self.0.clone();
        text.replace_range(splice.range.clone(), &splice.with.replace('\n', ending));
        Self(text)
    }

    /// Returns the start of the first line.
    fn top(&self) -> usize {
        if self.0.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
    }

    /// Returns the start of the line that holds `offset`.
    pub(super) fn line_start(&self, offset: usize) -> usize {
        match self.0[..offset].rfind('\n') {
            Some(newline) => newline + 1,
            None => self.top(),
        }
    }

    /// Returns the start of the line after the one that holds `offset`, or the end of the text.
    pub(super) fn next_line(&self, offset: usize) -> usize {
        self.0[offset..].find('\n').map_or(self.0.len(), |newline| offset + newline + 1)
    }

    /// Returns the start of the comment directly above the line that holds `offset`, or else of that line.
    pub(super) fn with_comment(&self, offset: usize) -> usize {
        let mut start = self.line_start(offset);
        while start > self.top() {
            let above = self.line_start(start - 1);
            if !self.0[above..start].trim_start().starts_with('#') {
                break;
            }
            start = above;
        }
        start
    }

    /// Inserts whole lines at `at`, the beginning of a line or the end of the text.
    /// A blank line is not added above the first line, nor where there is one.
    pub(super) fn insert_lines(&self, at: usize, lines: &str, blank: BlankLines) -> Splice {
        let before = &self.0[..at];
        let mut with = String::new();
        let top = at == self.top();
        if !top && !before.ends_with('\n') {
            with.push('\n');
        }
        if matches!(blank, BlankLines::Above | BlankLines::Around) && !top && !ends_blank(before) {
            with.push('\n');
        }
        with.push_str(lines);
        if matches!(blank, BlankLines::Below | BlankLines::Around) && !starts_blank(&self.0[at..]) {
            with.push('\n');
        }
        Splice::insert(at, with)
    }
}

/// The sides on which a blank line sets inserted lines apart from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlankLines {
    None,
    Above,
    Below,
    Around,
}

fn ends_blank(before: &str) -> bool {
    let mut lines = before.trim_start_matches(BYTE_ORDER_MARK).split_inclusive('\n').rev();
    before.ends_with('\n') && lines.next().is_some_and(|line| line.trim().is_empty())
}

fn starts_blank(after: &str) -> bool {
    after.lines().next().is_none_or(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found() {
        let text = EditedText::new("a = 1\n# one\n  # two\nb = 2");
        assert_eq!(text.line_start(0), 0);
        assert_eq!(text.line_start(5), 0);
        assert_eq!(text.line_start(6), 6);
        assert_eq!(text.next_line(0), 6);
        assert_eq!(text.next_line(23), text.as_str().len());
        assert_eq!(text.with_comment(23), 6);
        assert_eq!(text.with_comment(2), 0);
        assert_eq!(EditedText::new("# only\nb").with_comment(7), 0);
        assert_eq!(EditedText::new("\u{feff}b").line_start(4), 3);
        assert_eq!(EditedText::new("\u{feff}# c\nb").with_comment(7), 3);
    }

    #[test]
    fn inserted_lines_stand_apart_once() {
        let insert = |text: &str, at| {
            let text = EditedText::new(text);
            text.with(&text.insert_lines(at, "x\n", BlankLines::Around)).into_string()
        };
        assert_eq!(insert("", 0), "x\n");
        assert_eq!(insert("a", 1), "a\n\nx\n");
        assert_eq!(insert("a\n", 2), "a\n\nx\n");
        assert_eq!(insert("a\n\n", 3), "a\n\nx\n");
        assert_eq!(insert("a\nb\n", 2), "a\n\nx\n\nb\n");
        assert_eq!(insert("a\n\nb\n", 2), "a\n\nx\n\nb\n");
        assert_eq!(insert("a\r\nb\r\n", 3), "a\r\n\r\nx\r\n\r\nb\r\n");
        assert_eq!(insert("\u{feff}a\n", 3), "\u{feff}x\n\na\n");
        assert_eq!(insert("\u{feff}\na\n", 4), "\u{feff}\nx\n\na\n");
    }
}
