//! Links within the repository, the book's table of contents, and what its chapters include.

use std::collections::BTreeSet;
use std::path::Path;

use crate::page::{Link, Page};
use crate::{chapter, list, pages, root, settle};

/// Returns what is wrong with a link to somewhere in the repository, if anything.
fn broken(page: &Page, link: &Link) -> Option<String> {
    let (path, anchor) = link.to.split_once('#').unwrap_or((&link.to, ""));
    let target = page.path.parent().unwrap().join(path);
    if is_chapter(page) && path.starts_with("../") {
        return Some(format!("{}: {path} is not in the book, where a reader of it is", link.place));
    }
    if !path.is_empty() && !target.exists() {
        return Some(format!("{}: there is no {path}", link.place));
    }
    let anchors = match (path, anchor) {
        (_, "") => return None,
        ("", _) => page.anchors(),
        _ => Page::read(Path::new(""), &target).anchors(),
    };
    let is_there = anchors.contains(anchor);
    (!is_there).then(|| format!("{}: {} has no heading #{anchor}", link.place, link.to))
}

fn is_chapter(page: &Page) -> bool {
    page.path.starts_with(root().join("docs/src"))
}

fn is_elsewhere(link: &Link) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| link.to.starts_with(scheme))
}

#[test]
fn links_lead_somewhere() {
    let mut offences = Vec::new();
    let mut checked = 0;
    for page in pages() {
        for link in page.links().iter().filter(|link| !is_elsewhere(link)) {
            offences.extend(broken(&page, link));
            checked += 1;
        }
    }
    settle(&offences, checked, 40);
}

#[test]
fn a_broken_link_is_told() {
    let file = root().join("docs/src/made-up.md");
    let text = "# One\n[a](ci.md#gitlab) [b](#one) [c](../mvcc-cost.md)\n\n[d](gone.md) [e](#two) [f](ci.md#two)";
    let page = Page::new(&file, "made-up.md", text);
    let found: Vec<_> = page.links().iter().filter_map(|link| broken(&page, link)).collect();
    let expected = [
        "made-up.md:2: ../mvcc-cost.md is not in the book, where a reader of it is",
        "made-up.md:4: there is no gone.md",
        "made-up.md:4: #two has no heading #two",
        "made-up.md:4: ci.md#two has no heading #two",
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_chapter_is_in_the_table_of_contents() {
    let listed: BTreeSet<_> = chapter("SUMMARY.md").links().into_iter().map(|it| it.to).collect();
    let folder = root().join("docs/src");
    let mut files = Vec::new();
    list(&folder, "md", &mut files);
    let there = files.iter().map(|it| it.strip_prefix(&folder).unwrap().display().to_string());
    let there: BTreeSet<_> = there.filter(|name| name != "SUMMARY.md").collect();
    assert_eq!(listed, there);
}

/// mdBook leaves an include of a missing file out, with no more than a warning.
#[test]
fn what_chapters_include_is_there() {
    let mut offences = Vec::new();
    let mut checked = 0;
    for page in pages() {
        for include in page.text().split("{{#include ").skip(1) {
            let path = include.split("}}").next().unwrap_or_default();
            if !page.path.parent().unwrap().join(path).is_file() {
                offences.push(format!("{}: there is no {path}", page.path.display()));
            }
            checked += 1;
        }
    }
    settle(&offences, checked, 1);
}

/// Folders from which [`PAGES_THAT_NAME_SOURCES`] name files.
const SOURCE_FOLDERS: [&str; 5] = [
    "",
    "crates/tripline/src",
    "crates/tripline-budget/src",
    "crates/tripline-profile/src",
    "crates/cargo-tripline/src",
];
const PAGES_THAT_NAME_SOURCES: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];

/// Returns `true` if a span of code is a path of the repository, and no pattern such as `tests/<suite>.rs`.
fn is_path(span: &str) -> bool {
    let has_path_characters =
        span.chars().all(|char| char.is_ascii_alphanumeric() || "_-./".contains(char));
    let is_of_a_source = Path::new(span).extension().is_some_and(|it| it == "rs");
    let root_folders = ["crates/", "tests/", "docs/", "xtask/"];
    let is_below_root = root_folders.iter().any(|folder| span.starts_with(folder));
    has_path_characters
        && (is_of_a_source && span.contains('/') || is_below_root || span.ends_with('/'))
}

fn missing_sources(page: &Page) -> (usize, Vec<String>) {
    let spans: Vec<_> = page.spans().into_iter().filter(|it| is_path(&it.text)).collect();
    let exists = |path: &str| SOURCE_FOLDERS.iter().any(|it| root().join(it).join(path).exists());
    let missing = spans.iter().filter(|span| !exists(&span.text));
    let missing = missing.map(|span| format!("{}: there is no {}", span.place, span.text));
    (spans.len(), missing.collect())
}

#[test]
fn named_sources_exist() {
    let mut offences = Vec::new();
    let mut checked = 0;
    for name in PAGES_THAT_NAME_SOURCES {
        let (spans, missing) = missing_sources(&Page::read(&root(), &root().join(name)));
        offences.extend(missing);
        checked += spans;
    }
    settle(&offences, checked, 40);
}

#[test]
fn a_missing_source_is_told() {
    let text =
        "`crates/tripline/src/lib.rs` `lib.rs` `tests/<suite>.rs`\n`meter/gone.rs` `docs/gone/`";
    let (checked, missing) = missing_sources(&Page::new(Path::new("a.md"), "a.md", text));
    assert_eq!(checked, 3);
    assert_eq!(missing, ["a.md:2: there is no meter/gone.rs", "a.md:2: there is no docs/gone/"]);
}
