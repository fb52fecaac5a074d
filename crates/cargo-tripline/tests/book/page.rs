//! A page of Markdown, as far as the checks ask of one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

pub(crate) struct Page {
    pub(crate) path: PathBuf,
    /// From the workspace's root.
    shown: String,
    text: String,
}

/// A fenced block of code, or a span of it in a sentence.
pub(crate) struct Code {
    /// `docs/src/ci.md:12`.
    pub(crate) place: String,
    /// The words behind the fence, at their commas; none of a span.
    pub(crate) info: Vec<String>,
    pub(crate) text: String,
}

impl Code {
    pub(crate) fn is_span(&self) -> bool {
        self.info.is_empty()
    }
}

pub(crate) struct Heading {
    pub(crate) place: String,
    /// From 1.
    pub(crate) level: usize,
    pub(crate) text: String,
}

pub(crate) struct Link {
    pub(crate) place: String,
    pub(crate) to: String,
}

impl Page {
    pub(crate) fn read(root: &Path, path: &Path) -> Self {
        let shown = path.strip_prefix(root).unwrap_or(path).display().to_string();
        Self::new(path, &shown, &fs::read_to_string(path).unwrap())
    }

    pub(crate) fn new(path: &Path, shown: &str, text: &str) -> Self {
        Self { path: path.to_owned(), shown: shown.to_owned(), text: text.to_owned() }
    }

    /// Its path from the workspace's root.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    fn place(&self, at: usize) -> String {
        format!("{}:{}", self.shown, self.text[..at].matches('\n').count() + 1)
    }

    fn events(&self) -> impl Iterator<Item = (Event<'_>, String)> {
        let parser = Parser::new_ext(&self.text, Options::ENABLE_TABLES).into_offset_iter();
        parser.map(|(event, range)| (event, self.place(range.start)))
    }

    pub(crate) fn blocks(&self) -> Vec<Code> {
        let mut blocks: Vec<Code> = Vec::new();
        let mut inside = false;
        for (event, place) in self.events() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let info = info.split([',', ' ']).map(str::to_owned).collect();
                    blocks.push(Code { place, info, text: String::new() });
                    inside = true;
                }
                Event::End(TagEnd::CodeBlock) => inside = false,
                Event::Text(text) if inside => blocks.last_mut().unwrap().text.push_str(&text),
                _ => {}
            }
        }
        blocks
    }

    /// Code in sentences, headings and tables.
    pub(crate) fn spans(&self) -> Vec<Code> {
        let span = |(event, place)| match event {
            Event::Code(text) => Some(Code { place, info: Vec::new(), text: text.to_string() }),
            _ => None,
        };
        self.events().filter_map(span).collect()
    }

    pub(crate) fn links(&self) -> Vec<Link> {
        let link = |(event, place)| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(Link { place, to: dest_url.to_string() })
            }
            _ => None,
        };
        self.events().filter_map(link).collect()
    }

    pub(crate) fn headings(&self) -> Vec<Heading> {
        let mut headings: Vec<Heading> = Vec::new();
        let mut inside = false;
        for (event, place) in self.events() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    headings.push(Heading { place, level: level as usize, text: String::new() });
                    inside = true;
                }
                Event::End(TagEnd::Heading(_)) => inside = false,
                Event::Text(text) | Event::Code(text) if inside => {
                    headings.last_mut().unwrap().text.push_str(&text);
                }
                _ => {}
            }
        }
        headings
    }

    /// Returns the names that a link may have after `#`: mdBook and GitHub make the same of a heading.
    pub(crate) fn anchors(&self) -> BTreeSet<String> {
        let mut seen = BTreeMap::new();
        let unique = |heading: Heading| {
            let anchor = anchor(&heading.text);
            let before: &mut usize = seen.entry(anchor.clone()).or_default();
            *before += 1;
            if *before == 1 { anchor } else { format!("{anchor}-{}", *before - 1) }
        };
        self.headings().into_iter().map(unique).collect()
    }
}

fn anchor(heading: &str) -> String {
    let kept = |char: char| match char {
        ' ' => Some('-'),
        '_' | '-' => Some(char),
        _ => char.is_alphanumeric().then(|| char.to_ascii_lowercase()),
    };
    heading.chars().filter_map(kept).collect()
}

#[test]
fn headings_become_anchors() {
    let page = Page::new(Path::new("a.md"), "a.md", "# `[when]`, and *why*\n\n## Why\n\n## Why\n");
    let anchors: Vec<_> = page.anchors().into_iter().collect();
    assert_eq!(anchors, ["when-and-why", "why", "why-1"]);
}
