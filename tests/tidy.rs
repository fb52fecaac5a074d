//! Rules that no compiler checks: every file on disk takes part in the tests, files stay small, and docs begin
//! plainly.
//!
//! A package at the top of the tree does not discover its own files, so a test that nobody declared
//! would never run, and a budget of a suite that is gone would never trip.

#[path = "tidy/architecture/mod.rs"]
mod architecture;
#[path = "tidy/doc_openings.rs"]
mod doc_openings;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use doc_openings::doc_blocks;
use toml_edit::Document;

/// The most lines of a file. A longer one holds a second concept that has a name.
const LINES: usize = 500;

/// The folders with Rust sources.
const SOURCES: [&str; 3] = ["crates", "tests", "xtask"];

/// The libraries with one public error type, `Error`.
const ONE_ERROR: [&str; 3] = ["tripline", "tripline-budget", "tripline-profile"];

/// The tree under check, and every offence found in it.
struct Tidy {
    root: PathBuf,
    checked: usize,
    offences: Vec<String>,
}

impl Tidy {
    fn check(root: &Path) -> Self {
        let mut tidy = Self { root: root.to_owned(), checked: 0, offences: Vec::new() };
        tidy.tests_are_declared();
        tidy.budgets_have_a_suite();
        tidy.snapshots_have_an_owner();
        for path in SOURCES.iter().flat_map(|folder| rust_files(&root.join(folder))) {
            let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            let source = std::fs::read_to_string(&path).expect("UTF-8");
            tidy.file_is_small(&shown, &source);
            tidy.docs_begin_plainly(&shown, &source);
            tidy.errors_are_one_type(&shown, &source);
        }
        tidy
    }

    fn require(&mut self, holds: bool, offence: String) {
        self.checked += 1;
        if !holds {
            self.offences.push(offence);
        }
    }

    fn tests_are_declared(&mut self) {
        let manifest =
            std::fs::read_to_string(self.root.join("tests/Cargo.toml")).expect("tests/Cargo.toml");
        let manifest = Document::parse(manifest).expect("valid TOML");
        let targets = manifest["test"].as_array_of_tables().expect("[[test]]");
        let declared: BTreeSet<_> = targets
            .iter()
            .filter_map(|target| target["path"].as_str())
            .map(str::to_owned)
            .collect();
        let files = names(&self.root.join("tests"), ".rs");
        for file in files.iter().filter(|file| *file != "lib.rs") {
            self.require(
                declared.contains(file),
                format!("tests/{file} is no [[test]] of tests/Cargo.toml"),
            );
        }
        for path in declared {
            self.require(
                self.root.join("tests").join(&path).is_file(),
                format!("tests/Cargo.toml declares {path}, which is not there"),
            );
        }
    }

    fn budgets_have_a_suite(&mut self) {
        for suite in names(&self.root.join("budgets"), "") {
            if !suite.ends_with(".toml") {
                self.require(
                    self.has_test(&suite),
                    format!("budgets/{suite} belongs to no tests/{suite}.rs"),
                );
            }
        }
    }

    fn snapshots_have_an_owner(&mut self) {
        for snapshot in names(&self.root.join("tests/snapshots"), "") {
            let owner = snapshot.split("__").next().unwrap_or_default();
            let owned = snapshot.ends_with(".snap") && self.has_test(owner);
            self.require(
                owned,
                format!("tests/snapshots/{snapshot} belongs to no tests/{owner}.rs"),
            );
            if owned && self.root.join("budgets").join(owner).is_dir() {
                let budget = snapshot.trim_end_matches(".snap").replace("__", "/");
                let budget = format!("budgets/{budget}.toml");
                self.require(
                    self.root.join(&budget).is_file(),
                    format!("tests/snapshots/{snapshot} belongs to no {budget}"),
                );
            }
        }
    }

    fn has_test(&self, name: &str) -> bool {
        self.root.join(format!("tests/{name}.rs")).is_file()
    }

    fn file_is_small(&mut self, shown: &str, source: &str) {
        let lines = source.lines().count();
        self.require(
            lines <= LINES,
            format!("{shown} has {lines} lines, more than {LINES}: split off its second concept"),
        );
    }

    fn docs_begin_plainly(&mut self, shown: &str, source: &str) {
        for block in doc_blocks(source) {
            let (line, opening) = (block.line, block.refused.unwrap_or_default());
            let remedy = "say what the item does, verb first";
            self.require(
                block.refused.is_none(),
                format!("{shown}:{line}: a doc begins with \"{opening}\": {remedy}"),
            );
        }
    }
}

impl Tidy {
    /// A library has one public error type, called `Error`.
    fn errors_are_one_type(&mut self, shown: &str, source: &str) {
        if !ONE_ERROR.iter().any(|krate| shown.starts_with(&format!("crates/{krate}/src/"))) {
            return;
        }
        for (index, line) in source.lines().enumerate() {
            let item = ["pub enum ", "pub struct "].iter().find_map(|item| line.strip_prefix(item));
            let Some(item) = item else { continue };
            let name = item.split(|c: char| !c.is_alphanumeric() && c != '_').next();
            let name = name.unwrap_or_default();
            self.require(
                name == "Error" || !name.ends_with("Error"),
                format!(
                    "{shown}:{}: `{name}` is a second public error type: make it a variant of the crate's `Error`",
                    index + 1
                ),
            );
        }
    }
}

/// Returns the Rust files below a folder, sorted. Folders called `target` are left out.
fn rust_files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::new();
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.insert(path);
        }
    }
    files
}

/// Returns the names in a folder that end so, sorted; none if there is no such folder.
fn names(folder: &Path, end: &str) -> BTreeSet<String> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|name| name.ends_with(end)).collect()
}

#[test]
fn this_repository_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
    let tidy = Tidy::check(root);
    assert!(tidy.offences.is_empty(), "\n{}\n", tidy.offences.join("\n"));
    assert!(tidy.checked > 50, "only {} checks", tidy.checked);
}

#[test]
fn every_crate_keeps_to_its_rooms() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
    let (offences, checked) = architecture::check(root);
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
    assert!(checked > 100, "only {checked} checks");
}

#[test]
fn every_offence_is_listed() -> std::io::Result<()> {
    let dir = tempfile::tempdir()?;
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder"))?;
        std::fs::write(path, text)
    };
    write("tests/Cargo.toml", "[[test]]\npath = 'sql.rs'\n[[test]]\npath = 'gone.rs'\n")?;
    write("tests/sql.rs", "")?;
    write("tests/forgotten.rs", "")?;
    write("tests/snapshots/sql__wal.snap", "")?;
    write("tests/snapshots/sql__gone__wal.snap", "")?;
    write("tests/snapshots/old__wal.snap", "")?;
    write("tests/snapshots/sql__wal.snap.new", "")?;
    write("budgets/tripline.toml", "")?;
    write("budgets/sql/wal.toml", "")?;
    write("budgets/old/deep/wal.toml", "")?;
    write("crates/a/src/small.rs", &"\n".repeat(LINES))?;
    write("crates/a/src/large.rs", &"\n".repeat(LINES + 1))?;
    write(
        "crates/a/src/verb.rs",
        "//! Reads it.\n//! What it reads.\n\n/// Offers it.\nfn a() {}\n",
    )?;
    write("crates/a/src/what.rs", "//! What it reads.\n\n/// Returns it.\nfn a() {}\n")?;
    write("crates/a/target/what.rs", "//! What it reads.\n")?;
    write("tests/fixtures/tests/of.rs", "/// Reads it.\nfn a() {}\n    /// Of it.\nfn b() {}\n")?;
    write("xtask/src/which.rs", "/// With which it reads.\nfn a() {}\n")?;
    write(
        "crates/tripline-budget/src/load.rs",
        "pub enum Error {}\npub enum LoadError {}\npub(crate) struct InnerError;\npub struct Errors;\n",
    )?;
    write("crates/a/src/error.rs", "pub enum LoadError {}\n")?;
    insta::assert_snapshot!(Tidy::check(dir.path()).offences.join("\n"), @r#"
    tests/forgotten.rs is no [[test]] of tests/Cargo.toml
    tests/Cargo.toml declares gone.rs, which is not there
    budgets/old belongs to no tests/old.rs
    tests/snapshots/old__wal.snap belongs to no tests/old.rs
    tests/snapshots/sql__gone__wal.snap belongs to no budgets/sql/gone/wal.toml
    tests/snapshots/sql__wal.snap.new belongs to no tests/sql.rs
    crates/a/src/large.rs has 501 lines, more than 500: split off its second concept
    crates/a/src/what.rs:1: a doc begins with "What": say what the item does, verb first
    crates/tripline-budget/src/load.rs:2: `LoadError` is a second public error type: make it a variant of the crate's `Error`
    tests/fixtures/tests/of.rs:3: a doc begins with "Of": say what the item does, verb first
    xtask/src/which.rs:1: a doc begins with "With which": say what the item does, verb first
    "#);
    Ok(())
}
