//! Finds a workspace's budgets among the files of a repository.
//!
//! A test looks for its budgets in the nearest `budgets/` from its package's folder upwards, within the workspace. So
//! a `budgets/` counts if a package lies beside or below it, with no other workspace in between. A file that is
//! wrongly taken for a budget fails loudly; no budget is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tripline_budget::protocol::file_names::BUDGETS;
use tripline_budget::{MANIFEST, Manifest, workspace_root_by};

/// The folders of one workspace.
#[derive(Clone, Debug, Default)]
pub(crate) struct BudgetScope {
    /// Folders with a package.
    packages: BTreeSet<String>,
    /// Folders with a package or a root of another workspace.
    others: BTreeSet<String>,
}

/// A budget, or the defaults, and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BudgetPath<'a> {
    pub(crate) file: &'a str,
    /// The `budgets/` that holds it.
    pub(crate) folder: &'a str,
    /// Its path in that folder.
    pub(crate) path: &'a str,
}

impl BudgetScope {
    /// Returns the scope of `paths`, all files below the workspace; `others` are the manifests below it that are
    /// of another.
    pub(crate) fn new<'a>(paths: &[String], others: impl Iterator<Item = &'a str>) -> Self {
        let others: BTreeSet<String> = others
            .map(|path| parent(path).to_owned())
            .filter(|folder| !folder.is_empty())
            .collect();
        let mut scope = Self { packages: BTreeSet::new(), others };
        let manifests = paths.iter().filter(|path| is_manifest(path));
        let folders = manifests.map(|path| parent(path).to_owned());
        scope.packages = folders.filter(|folder| !scope.is_other(folder)).collect();
        scope
    }

    /// Returns the parts of `path`, if it is a budget of this workspace.
    pub(crate) fn find<'a>(&self, path: &'a str) -> Option<BudgetPath<'a>> {
        if !path.ends_with(".toml") || self.is_other(parent(path)) {
            return None;
        }
        let (folder, inner) = splits(path).find(|(folder, _)| self.holds(parent(folder)))?;
        Some(BudgetPath { file: path, folder, path: inner })
    }

    /// Returns `true` if a package looks for budgets in this folder.
    fn holds(&self, folder: &str) -> bool {
        folder.is_empty() || self.packages.iter().any(|package| is_within(package, folder))
    }

    fn is_other(&self, folder: &str) -> bool {
        self.others.iter().any(|other| is_within(folder, other))
    }
}

/// Returns the manifest of the workspace, and those beside or above a `budgets/`, each of which may be of another one.
pub(super) fn manifests_in_question(paths: &[String]) -> BTreeSet<&str> {
    let mut above = BTreeSet::from([""]);
    for path in paths.iter().filter(|path| path.ends_with(".toml")) {
        for (folder, _) in splits(path) {
            let mut folder = parent(folder);
            while !folder.is_empty() && above.insert(folder) {
                folder = parent(folder);
            }
        }
    }
    let manifests = paths.iter().filter(|path| is_manifest(path) && above.contains(parent(path)));
    manifests.map(String::as_str).collect()
}

/// Returns the manifests that are of another workspace than this one, as Cargo would find it. A missed one only adds
/// budgets.
pub(super) fn of_other_workspaces(texts: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    let read = |(path, text): (&'_ String, &Vec<u8>)| {
        let manifest = Manifest::parse(Path::new(path), &String::from_utf8_lossy(text));
        Some((parent(path).to_owned(), manifest.ok()?))
    };
    let manifests: BTreeMap<String, Manifest> = texts.iter().filter_map(read).collect();
    let at = |folder: &Path| manifests.get(folder.to_str()?);
    let here = Path::new("");
    // Without a manifest here, `texts` are of the whole repository, and this workspace may be any of it.
    let whole = at(here).is_none();
    let is_other = |folder: &Path| match at(folder) {
        Some(manifest) if whole => manifest.is_root(),
        Some(_) => workspace_root_by(folder, |folder| at(folder).cloned()) != here,
        None => false,
    };
    texts.keys().map(String::as_str).filter(|path| is_other(Path::new(parent(path)))).collect()
}

/// Splits `path` at each `budgets` folder into the folder and the rest, the outermost first.
fn splits(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let slashes = path.match_indices('/').map(|(at, _)| (&path[..at], &path[at + 1..]));
    slashes.filter(|(folder, _)| folder.rsplit('/').next() == Some(BUDGETS))
}

fn is_manifest(path: &str) -> bool {
    path.rsplit('/').next() == Some(MANIFEST)
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_within(folder: &str, outer: &str) -> bool {
    folder.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_lies_where_a_test_would_look_for_it() {
        let paths = [
            "Cargo.toml",
            "budgets/tripline.toml",
            "budgets/sql/budgets/wal.toml",
            "budgets/sql/notes.txt",
            "crates/a/Cargo.toml",
            "crates/a/budgets/a/b.toml",
            "crates/a/src/budgets/2026.toml",
            "crates/budgets/a/c.toml",
            "tests/fixtures/Cargo.toml",
            "tests/fixtures/budgets/f/x.toml",
            "tests/fixtures/inner/Cargo.toml",
            "tests/fixtures/inner/budgets/f/y.toml",
            "budgets",
        ]
        .map(str::to_owned);
        let questioned: Vec<&str> = manifests_in_question(&paths).into_iter().collect();
        assert_eq!(
            questioned,
            [
                "Cargo.toml",
                "crates/a/Cargo.toml",
                "tests/fixtures/Cargo.toml",
                "tests/fixtures/inner/Cargo.toml"
            ]
        );
        let scope = BudgetScope::new(&paths, ["tests/fixtures/Cargo.toml"].into_iter());
        let found = paths.iter().filter_map(|path| scope.find(path));
        let found: Vec<_> = found.map(|found| (found.folder, found.path)).collect();
        assert_eq!(
            found,
            [
                ("budgets", "tripline.toml"),
                ("budgets", "sql/budgets/wal.toml"),
                ("crates/a/budgets", "a/b.toml"),
                ("crates/budgets", "a/c.toml"),
            ]
        );
    }

    #[test]
    fn a_package_is_of_the_workspace_that_cargo_finds() {
        let others = |manifests: &[(&str, &str)]| {
            let text = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
            let texts = manifests.iter().map(text).collect();
            of_other_workspaces(&texts).join(" ")
        };
        let package = "[package]\nname = 'a'\n";
        for root in ["[ workspace ]\n", "workspace.members = ['a']\n", "workspace = {}\n"] {
            assert_eq!(others(&[("Cargo.toml", root), ("a/Cargo.toml", package)]), "");
            let inner = others(&[("Cargo.toml", "[workspace]"), ("a/Cargo.toml", root)]);
            assert_eq!(inner, "a/Cargo.toml");
            // Of a repository whose top is no package.
            assert_eq!(others(&[("a/Cargo.toml", root), ("b/Cargo.toml", package)]), inner);
        }
        let excluding = ("Cargo.toml", "[workspace]\nexclude = ['a']\n");
        assert_eq!(others(&[excluding, ("a/Cargo.toml", package)]), "a/Cargo.toml");
        assert_eq!(others(&[excluding, ("ab/Cargo.toml", package)]), "");
        let described = format!("{package}description = '''\n[workspace]\n'''\n");
        let root = ("Cargo.toml", "[workspace]\n");
        assert_eq!(others(&[root, ("a/Cargo.toml", &described)]), "");
        assert_eq!(others(&[root, ("a/Cargo.toml", "what is this")]), "");
    }
}
