//! Problems of a file, each shown at its place.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// One thing wrong at one place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The problem in a lowercase fragment.
    pub title: String,
    /// The bytes to underline.
    pub span: Range<usize>,
    /// The text under the line.
    pub label: String,
    /// Another place that it contradicts, with its label.
    pub other: Option<(Range<usize>, String)>,
    /// The remedy, where the label does not say it.
    pub help: Option<String>,
}

impl Problem {
    pub(crate) fn new(
        span: Range<usize>,
        title: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Self { title: title.into(), span, label: label.into(), other: None, help: None }
    }

    pub(crate) fn and_at(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.other = Some((span, label.into()));
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// All problems of one file. Its `Display` shows each with the lines it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    file: String,
    text: String,
    problems: Vec<Problem>,
}

impl Problems {
    /// Returns the file, as it was given.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Returns the problems, at least one, in the order in which they stand in the file.
    #[must_use]
    pub fn list(&self) -> &[Problem] {
        &self.problems
    }
}

impl std::error::Error for Problems {}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n\n")?;
            }
            f.write_str(&self.render(problem))?;
        }
        Ok(())
    }
}

impl Problems {
    fn render(&self, problem: &Problem) -> String {
        let primary =
            AnnotationKind::Primary.span(self.within(&problem.span)).label(problem.label.as_str());
        let other = problem.other.as_ref().map(|(span, label)| {
            AnnotationKind::Context.span(self.within(span)).label(label.as_str())
        });
        let snippet = Snippet::source(self.text.as_str())
            .path(self.file.as_str())
            .annotation(primary)
            .annotations(other);
        let mut group = Level::ERROR.primary_title(problem.title.as_str()).element(snippet);
        if let Some(help) = &problem.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        Renderer::plain().render(&[group])
    }

    /// Returns `span` moved to character boundaries of the text: the parser of TOML may point into or
    /// past a character, and the renderer must not panic on it.
    fn within(&self, span: &Range<usize>) -> Range<usize> {
        let is_boundary = |index: &usize| self.text.is_char_boundary(*index);
        let length = self.text.len();
        let start = (0..=span.start.min(length)).rev().find(is_boundary).unwrap_or(0);
        let end = (span.end.min(length)..length).find(is_boundary).unwrap_or(length);
        start..end.max(start)
    }
}

/// Collects the problems of one file while it is read.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    problems: Vec<Problem>,
}

impl Sink {
    pub(crate) fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Returns `value` if nothing was wrong.
    pub(crate) fn finish<T>(mut self, file: &str, text: &str, value: T) -> Result<T, Problems> {
        if self.problems.is_empty() {
            return Ok(value);
        }
        self.problems.sort_by_key(|problem| problem.span.start);
        Err(Problems { file: file.to_owned(), text: text.to_owned(), problems: self.problems })
    }
}
