//! The global allocator that a crate installs, found in its source.
//!
//! The search is textual: from the crate's root it follows `mod name;`, and looks for the attribute
//! `#[global_allocator]`. It does not see code from macros or `#[path]`, nor a dependency's allocator. The compiler
//! finds what it misses, and `init` then restores every file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::commands::init::source::{code, condition, identifier, item_around, line, words};

/// A `#[global_allocator]` item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InstalledAllocator {
    pub(super) file: PathBuf,
    pub(super) line: usize,
    /// Its `cfg` conditions, and those of its modules.
    conditions: Vec<String>,
}

impl InstalledAllocator {
    pub(super) fn is_unconditional(&self) -> bool {
        self.conditions.is_empty()
    }

    /// Returns `true` if the crate's own unit tests are compiled without it.
    pub(super) fn is_absent_from_unit_tests(&self) -> bool {
        self.conditions.iter().any(|condition| condition == "not(test)")
    }
}

/// Returns the allocator that the crate with this root installs; of several the least conditional.
pub(super) fn find(root: &Path) -> Option<InstalledAllocator> {
    let mut found = Vec::new();
    let mut files =
        vec![SourceModule { file: root.to_owned(), is_root: true, conditions: Vec::new() }];
    // Module files cannot form a cycle, but links among folders can.
    let mut seen = Vec::new();
    while let Some(module) = files.pop() {
        let path = fs::canonicalize(&module.file).unwrap_or_else(|_| module.file.clone());
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if seen.contains(&path) {
            continue;
        }
        seen.push(path);
        let code = code(&text);
        found.extend(module.allocator(&text, &code));
        files.extend(module.children(&text, &code));
    }
    found.into_iter().min_by_key(|installed| installed.conditions.len())
}

/// A file of the crate.
#[derive(Debug)]
struct SourceModule {
    file: PathBuf,
    is_root: bool,
    conditions: Vec<String>,
}

impl SourceModule {
    fn allocator(&self, text: &str, code: &str) -> Option<InstalledAllocator> {
        let mut installed = Vec::new();
        for place in words(code, "global_allocator") {
            let item = item_around(code, place.start);
            // Not an attribute, but a name: there is no `#[` before it.
            if !code[item.start..place.start].contains("#[") {
                continue;
            }
            let conditions = self.conditions_with(condition(text, code, item));
            let (file, line) = (self.file.clone(), line(text, place.start));
            installed.push(InstalledAllocator { file, line, conditions });
        }
        installed.into_iter().min_by_key(|installed| installed.conditions.len())
    }

    /// Returns the existing files of its `mod name;` items.
    fn children(&self, text: &str, code: &str) -> Vec<Self> {
        let mut children = Vec::new();
        for place in words(code, "mod") {
            let after = code[place.end..].trim_start();
            let Some(name) = identifier(after.strip_prefix("r#").unwrap_or(after)) else {
                continue;
            };
            let item = item_around(code, place.start);
            if !code[item.end..].starts_with(';') {
                continue;
            }
            let conditions = self.conditions_with(condition(text, code, item));
            let files = self.folder().map(|folder| {
                [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")]
            });
            let file = files.into_iter().flatten().find(|file| file.is_file());
            children.extend(file.map(|file| Self { file, is_root: false, conditions }));
        }
        children
    }

    /// Returns the folder of its modules' files.
    fn folder(&self) -> Option<PathBuf> {
        let parent = self.file.parent()?;
        if self.is_root || self.file.file_stem()? == "mod" {
            return Some(parent.to_owned());
        }
        Some(parent.join(self.file.file_stem()?))
    }

    fn conditions_with(&self, own: Option<String>) -> Vec<String> {
        self.conditions.iter().cloned().chain(own).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Option<(String, usize, Vec<String>)> {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let InstalledAllocator { file, line, conditions } = find(&dir.path().join("lib.rs"))?;
        let file = file.strip_prefix(dir.path()).unwrap().to_string_lossy().replace('\\', "/");
        Some((file, line, conditions))
    }

    const STATIC: &str = "\n#[global_allocator]\nstatic A: System = System;\n";

    #[test]
    fn an_allocator_is_found_in_the_root_and_in_modules() {
        let none = Vec::<String>::new();
        assert_eq!(found(&[("lib.rs", STATIC)]), Some(("lib.rs".to_owned(), 2, none.clone())));
        let modules = [("lib.rs", "pub(crate) mod a;"), ("a.rs", "mod b;"), ("a/b/mod.rs", STATIC)];
        assert_eq!(found(&modules), Some(("a/b/mod.rs".to_owned(), 2, none)));
    }

    #[test]
    fn what_is_no_attribute_or_no_module_is_not_one() {
        let text = "// #[global_allocator]\nfn global_allocator() { \"#[global_allocator]\"; }";
        assert_eq!(found(&[("lib.rs", text)]), None);
        assert_eq!(found(&[("lib.rs", "mod a {}"), ("a.rs", STATIC)]), None);
        assert_eq!(found(&[("lib.rs", "mod main { }"), ("main.rs", STATIC)]), None);
    }

    #[test]
    fn conditions_are_its_own_and_its_modules() {
        let own = format!("#[cfg(feature = \"jemalloc\")]{STATIC}");
        let files = [("lib.rs", "#[cfg(not(test))]\nmod a;"), ("a.rs", own.as_str())];
        let (_, line, conditions) = found(&files).unwrap();
        assert_eq!(
            (line, conditions),
            (2, vec!["not(test)".to_owned(), "feature=\"jemalloc\"".to_owned()])
        );
    }

    #[test]
    fn of_several_the_least_conditional_counts() {
        let both = format!("#[cfg(a)]{STATIC}{STATIC}");
        assert_eq!(found(&[("lib.rs", &both)]).unwrap().1, 5);
    }
}
