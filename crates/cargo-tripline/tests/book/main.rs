//! Holds the book and the other pages to the code: links lead somewhere, commands parse, budgets are budgets, every key
//! and every variable is explained, named files exist, and error texts are those of the code.
//!
//! Deliberately absent: compiling the book's Rust, which is rustdoc's (`crates/tripline/src/lib.rs`), and rendering it,
//! which is mdBook's.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod commands;
mod errors;
mod files;
mod links;
mod page;

use std::fs;
use std::path::{Path, PathBuf};

use page::Page;

/// Returns the workspace's root.
fn root() -> PathBuf {
    fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).unwrap()
}

/// Every page of the repository.
fn pages() -> Vec<Page> {
    let mut files = Vec::new();
    list(&root(), "md", &mut files);
    let pages: Vec<_> = files.iter().map(|file| Page::read(&root(), file)).collect();
    assert!(pages.len() > 10, "only {} pages", pages.len());
    pages
}

/// A chapter of the book.
fn chapter(name: &str) -> Page {
    Page::read(&root(), &root().join("docs/src").join(name))
}

/// The files below `folder` that end so, in order; not what was built, nor what is hidden.
fn list(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with('.') || name.starts_with("target") {
            continue;
        }
        if path.is_dir() {
            list(&path, extension, files);
        } else if path.extension().is_some_and(|it| it == extension) {
            files.push(path);
        }
    }
}

/// Fails with all that is wrong, or where nothing was looked at.
#[track_caller]
fn settle(offences: &[String], checked: usize, at_least: usize) {
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
    assert!(checked >= at_least, "only {checked} were checked");
}
