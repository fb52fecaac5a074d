//! Finds docs that begin with a question word or as half a sentence. A doc must begin with a verb, or with the
//! noun for a type or a field.
//!
//! Only the first line of each block of `///` or `//!` counts. A line in a string that looks like a doc counts, too.

/// The openings that are refused.
const REFUSED: [&str; 10] =
    ["What", "Whether", "Of", "With which", "How", "Where", "Who", "Which", "Why", "That"];

/// A block of doc lines.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DocBlock {
    /// The number of its first line, from 1.
    pub(crate) line: usize,
    /// The refused opening, if it has one.
    pub(crate) refused: Option<&'static str>,
}

/// Returns every block of docs in a Rust source.
pub(crate) fn doc_blocks(source: &str) -> Vec<DocBlock> {
    let mut blocks = Vec::new();
    let mut marker_above = None;
    for (line, text) in (1..).zip(source.lines()) {
        let doc = marker_and_text(text);
        let marker = doc.map(|(marker, _)| marker);
        if let Some((_, text)) = doc
            && marker != marker_above
        {
            blocks.push(DocBlock { line, refused: refused_opening(text) });
        }
        marker_above = marker;
    }
    blocks
}

fn marker_and_text(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_start();
    let split = |marker| line.strip_prefix(marker).map(|text| (marker, text));
    // Four slashes begin a comment that is no doc.
    split("///").filter(|(_, text)| !text.starts_with('/')).or_else(|| split("//!"))
}

fn refused_opening(text: &str) -> Option<&'static str> {
    let text = text.trim_start();
    REFUSED.into_iter().find(|opening| {
        let rest = text.strip_prefix(opening);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

#[test]
fn every_refused_opening_is_found() {
    for opening in REFUSED {
        for source in [format!("//! {opening} it is.\n"), format!("    /// {opening}: it.\n")] {
            let block = DocBlock { line: 1, refused: Some(opening) };
            assert_eq!(doc_blocks(&source), [block], "{source}");
        }
    }
}

#[test]
fn the_nearest_docs_are_let_pass() {
    for text in ["Offers it.", "Whose it is.", "With it.", "what it is.", "`What` is it.", ""] {
        let block = DocBlock { line: 1, refused: None };
        assert_eq!(doc_blocks(&format!("/// {text}\n")), [block], "{text}");
    }
    assert_eq!(doc_blocks("// What it is.\n//// What it is.\nlet a = 1; /// What\n"), []);
}

#[test]
fn the_first_line_of_each_block_counts() {
    let source = "//! Reads it.\n//! What it reads.\n\n/// Fails.\n#[test]\n/// Why.\n//! How.\n";
    let found: Vec<_> =
        doc_blocks(source).into_iter().map(|block| (block.line, block.refused)).collect();
    assert_eq!(found, [(1, None), (4, None), (6, Some("Why")), (7, Some("How"))]);
}
