//! The headings under which an error is explained are what the code says.

use std::fs;

use crate::{chapter, list, root, settle};

/// Returns the parts around each `…`, which stands for text that differs. Each part is in one line of the source.
fn parts(heading: &str) -> impl Iterator<Item = &str> {
    heading.split('…').map(str::trim).filter(|part| !part.is_empty())
}

#[test]
fn errors_are_spelled_as_the_code_spells_them() {
    let mut sources = Vec::new();
    for folder in ["tripline", "tripline-budget", "tripline-macros", "cargo-tripline"] {
        list(&root().join("crates").join(folder).join("src"), "rs", &mut sources);
    }
    let source: String = sources.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    // A heading's code has lost its marks, and a literal's quotes are escaped.
    let source = source.replace("\\\"", "\"").replace('`', "");
    let page = chapter("troubleshooting.md");
    let errors: Vec<_> = page.headings().into_iter().filter(|it| it.level > 2).collect();
    let unknown = |part: &&str| !source.contains(part);
    let offences = errors.iter().flat_map(|error| {
        parts(&error.text)
            .filter(unknown)
            .map(|part| format!("{}: nothing says {part}", error.place))
    });
    settle(&offences.collect::<Vec<_>>(), errors.len(), 15);
}
