//! The dependencies of a package, as `Cargo.lock` resolved them.
//!
//! A package is identified by its name, its version and its source: one version of a repository's package has as many
//! commits as it likes.
//!
//! The lock file is read line by line: it is written by Cargo alone, in one form, and every judge reads it,
//! which a TOML parser would make ten times as long. In any other form it says nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::runs::dependency_digest::{DependencyDigest, digest_of};

/// Packages from registries and repositories. Those of the workspace itself are code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependencies(BTreeSet<Dependency>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Dependency {
    name: String,
    version: String,
    /// A repository's commit, or a registry. `None` for crates.io.
    source: Option<String>,
}

#[derive(Debug, Default)]
struct LockedPackage<'a> {
    name: &'a str,
    version: &'a str,
    /// `None` for a package of the workspace, or one at a path.
    source: Option<&'a str>,
    /// `name`, or where it is not enough `name version`, or that and ` (source)`.
    dependencies: Vec<&'a str>,
}

impl Dependencies {
    /// Returns everything that `package` of the workspace needs, at any depth; `None` if the lock file does not have it.
    #[must_use]
    pub fn of(lock: &str, package: &str) -> Option<Self> {
        let packages = packages(lock)?;
        let mut by_name: BTreeMap<&str, Vec<&LockedPackage<'_>>> = BTreeMap::new();
        for package in &packages {
            by_name.entry(package.name).or_default().push(package);
        }
        let root = by_name.get(package)?.iter().find(|package| package.source.is_none())?;
        let mut seen = BTreeSet::new();
        let mut found = Self::default();
        let mut due = vec![*root];
        while let Some(package) = due.pop() {
            if !seen.insert((package.name, package.version, package.source)) {
                continue;
            }
            found.0.extend(package.source.map(|source| Dependency {
                name: package.name.to_owned(),
                version: package.version.to_owned(),
                source: unless_default(source),
            }));
            due.extend(package.dependencies.iter().filter_map(|needed| find(&by_name, needed)));
        }
        Some(found)
    }

    /// Returns a digest that differs for other dependencies. It knows nothing of their features.
    #[must_use]
    pub fn digest(&self) -> DependencyDigest {
        let versions = self.0.iter().flat_map(|one| [one.name.as_str(), &one.version]);
        let foreign = || self.0.iter().filter_map(|one| Some((one, one.source.as_deref()?)));
        let sources = foreign().flat_map(|(one, source)| [one.name.as_str(), &one.version, source]);
        DependencyDigest {
            crates: self.0.len(),
            versions: digest_of(versions),
            sources: Some(foreign().next().map(|_| digest_of(sources))),
            features: None,
        }
    }

    /// Returns the packages with another version or source in `now`, new ones and gone ones: `turso 0.8.2 → 0.8.3`.
    #[must_use]
    pub fn changes(&self, now: &Self) -> Vec<String> {
        let versions = |of: &BTreeSet<Dependency>, other: &BTreeSet<Dependency>| {
            let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for one in of.difference(other) {
                versions.entry(one.name.clone()).or_default().push(one.shown());
            }
            versions
        };
        let (old, mut new) = (versions(&self.0, &now.0), versions(&now.0, &self.0));
        let mut changes: Vec<_> = old
            .into_iter()
            .map(|(name, old)| {
                let new = new.remove(&name).map_or_else(|| "gone".to_owned(), |new| new.join(", "));
                format!("{name} {} → {new}", old.join(", "))
            })
            .collect();
        changes
            .extend(new.into_iter().map(|(name, new)| format!("{name} {} is new", new.join(", "))));
        changes.sort();
        changes
    }
}

impl Dependency {
    /// Returns `0.8.2`, or `0.8.2 (3f9a1c2e)` with what tells its source from another one.
    fn shown(&self) -> String {
        match &self.source {
            None => self.version.clone(),
            Some(source) if is_commit(source) => format!("{} ({:.8})", self.version, source),
            Some(source) => format!("{} ({source})", self.version),
        }
    }
}

/// Returns what tells a source from others that have the same version; `None` for crates.io, which has one only.
///
/// Cargo appends a repository's commit: `git+https://example.com/engine?branch=main#3f9a1c2e…`. The address is left
/// out, because one commit is one text wherever it comes from.
fn unless_default(source: &str) -> Option<String> {
    const CRATES_IO: [&str; 2] = [
        "registry+https://github.com/rust-lang/crates.io-index",
        "sparse+https://index.crates.io/",
    ];
    let commit = source.rsplit_once('#').map(|(_, commit)| commit).filter(|end| is_commit(end));
    (!CRATES_IO.contains(&source)).then(|| commit.unwrap_or(source).to_owned())
}

fn is_commit(text: &str) -> bool {
    text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn find<'a, 'b>(
    by_name: &BTreeMap<&str, Vec<&'b LockedPackage<'a>>>,
    needed: &str,
) -> Option<&'b LockedPackage<'a>> {
    let mut words = needed.split(' ');
    let all = by_name.get(words.next()?)?;
    let version = words.next();
    let source = words.next().map(|source| source.trim_matches(['(', ')']));
    let is_meant = |package: &&&LockedPackage<'_>| {
        version.is_none_or(|version| package.version == version)
            && source.is_none_or(|source| package.source.is_some_and(|own| is_same(own, source)))
    };
    all.iter().find(is_meant).copied()
}

/// Returns `true` if a needed package's source is that one. Cargo leaves the commit out there.
fn is_same(own: &str, needed: &str) -> bool {
    own == needed || own.rsplit_once('#').is_some_and(|(address, _)| address == needed)
}

/// Returns the packages; `None` if a line is not as Cargo writes it.
fn packages(lock: &str) -> Option<Vec<LockedPackage<'_>>> {
    let mut packages: Vec<LockedPackage<'_>> = Vec::new();
    let mut within = false;
    for line in lock.lines() {
        if line.starts_with('[') {
            // Other tables have names and versions, too: `[[patch.unused]]`.
            within = line == "[[package]]";
            packages.extend(within.then(LockedPackage::default));
            continue;
        }
        let Some(package) = packages.last_mut().filter(|_| within) else { continue };
        match line.split_once(" = ") {
            Some(("name", value)) => package.name = unquoted(value),
            Some(("version", value)) => package.version = unquoted(value),
            Some(("source", value)) => package.source = Some(unquoted(value)),
            Some(("dependencies", "[") | ("checksum" | "replace", _)) => {}
            None if line.starts_with(" \"") => package.dependencies.push(unquoted(line)),
            None if matches!(line, "" | "]") => {}
            _ => return None,
        }
    }
    Some(packages)
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_end_matches(',').trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"# This file is automatically @generated by Cargo.
version = 4

[[package]]
name = "app"
version = "0.1.0"
dependencies = [
 "hash 2.0.0",
 "own",
 "serde",
]

[[package]]
name = "hash"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "00"

[[package]]
name = "hash"
version = "2.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "own"
version = "0.1.0"
dependencies = [
 "app",
]

[[package]]
name = "serde"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = [
 "hash 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)",
]

[[package]]
name = "unrelated"
version = "3.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

    fn of(lock: &str) -> Dependencies {
        Dependencies::of(lock, "app").unwrap()
    }

    #[test]
    fn what_a_package_needs_is_found_at_any_depth_and_only_that() {
        let names: Vec<_> = of(LOCK).0.into_iter().map(|one| (one.name, one.version)).collect();
        let all = [("hash", "1.0.0"), ("hash", "2.0.0"), ("serde", "1.0.0")];
        assert_eq!(names, all.map(|(name, version)| (name.to_owned(), version.to_owned())));
        assert_eq!(Dependencies::of(LOCK, "own"), Some(of(LOCK)));
    }

    #[test]
    fn a_package_of_elsewhere_or_of_nowhere_is_not_ours() {
        assert_eq!(Dependencies::of(LOCK, "serde"), None);
        assert_eq!(Dependencies::of(LOCK, "nobody"), None);
        assert_eq!(Dependencies::of("not a lock file", "app"), None);
    }

    #[test]
    fn only_what_is_needed_moves_the_digest() {
        let digest = of(LOCK).digest();
        // Budgets hold the first two parts since the first version: they must not move.
        let expected = "3 crates, a1f256d9fe87778e, sources none";
        assert_eq!(digest.to_string(), expected);
        assert_eq!(of(&LOCK.replace("3.0.0", "3.0.1")).digest(), digest);
        assert_eq!(
            of(&LOCK.replace("own\"\nversion = \"0.1.0", "own\"\nversion = \"0.2.0")).digest(),
            digest
        );
        assert_ne!(of(&LOCK.replace("1.0.0", "1.0.1")).digest(), digest);
    }

    #[test]
    fn a_file_that_cargo_did_not_write_says_nothing() {
        for (cargos, other) in [
            ("dependencies = [\n \"app\",\n]", "dependencies = [\"app\"]"),
            (" \"serde\",\n", "    \"serde\",\n"),
            ("name = \"serde\"", "name=\"serde\""),
            ("[[package]]\nname = \"own\"", "<<<<<<< HEAD\n[[package]]\nname = \"own\""),
        ] {
            assert!(LOCK.contains(cargos));
            assert_eq!(Dependencies::of(&LOCK.replace(cargos, other), "app"), None, "{other}");
        }
    }

    /// A patch that nothing uses is listed behind the packages, in the order of the alphabet.
    #[test]
    fn what_is_no_package_does_not_move_the_digest() {
        for table in [
            "[[patch.unused]]\nname = \"other\"\nversion = \"9.0.0\"\ndependencies = [\n \"hash 2.0.0\",\n]\n",
            "[metadata]\nname = \"other\"\nversion = \"9.0.0\"\n",
            "[root]\nname = \"other\"\nversion = \"9.0.0\"\n",
        ] {
            let last = LOCK.replace("\"serde\",\n]", "\"serde\",\n \"unrelated\",\n]");
            assert_ne!(of(&last).digest(), of(LOCK).digest());
            let patched = format!("{last}\n{table}");
            assert_eq!(of(&patched).digest(), of(&last).digest(), "{table}");
            let crlf = patched.replace('\n', "\r\n");
            assert_eq!(of(&crlf).digest(), of(&last).digest(), "{table}");
        }
    }

    #[test]
    fn what_moved_is_named() {
        let now = LOCK.replace("\"serde\"\nversion = \"1.0.0\"", "\"serde\"\nversion = \"1.0.9\"");
        assert_eq!(of(LOCK).changes(&of(&now)), ["serde 1.0.0 → 1.0.9"]);
        let fewer = LOCK.replace(" \"hash 2.0.0\",\n", "");
        assert_eq!(of(LOCK).changes(&of(&fewer)), ["hash 2.0.0 → gone"]);
        assert_eq!(of(&fewer).changes(&of(LOCK)), ["hash 2.0.0 is new"]);
        assert!(of(LOCK).changes(&of(LOCK)).is_empty());
    }

    /// Returns the lock file with `serde` taken from a repository.
    fn of_repository(source: &str) -> String {
        let (before, after) = LOCK.split_once("name = \"serde\"\nversion = \"1.0.0\"\n").unwrap();
        let (_, after) = after.split_once('\n').unwrap();
        format!("{before}name = \"serde\"\nversion = \"1.0.0\"\nsource = \"{source}\"\n{after}")
    }

    const COMMIT: &str = "3f9a1c2e41d07b553f9a1c2e41d07b553f9a1c2e";
    const OTHER: &str = "77bd001e41d07b553f9a1c2e41d07b553f9a1c2e";

    #[test]
    fn another_commit_of_one_version_is_another_dependency() {
        let git = |commit| format!("git+https://example.com/serde?branch=main#{commit}");
        let (then, now) = (of(&of_repository(&git(COMMIT))), of(&of_repository(&git(OTHER))));
        assert_eq!(then.changes(&now), ["serde 1.0.0 (3f9a1c2e) → 1.0.0 (77bd001e)"]);
        assert!(then.digest().differs_from(&now.digest()));
        assert_eq!(of(LOCK).changes(&now), ["serde 1.0.0 → 1.0.0 (77bd001e)"]);
        assert!(of(LOCK).digest().differs_from(&now.digest()));

        // The same commit by another address, or of another branch.
        let mirror =
            of(&of_repository(&format!("git+ssh://mirror.example.com/serde?rev=1#{OTHER}")));
        assert_eq!(now.changes(&mirror), [""; 0]);
        assert_eq!(now.digest(), mirror.digest());
    }

    #[test]
    fn another_registry_is_another_source_and_both_of_crates_io_are_one() {
        let sparse = of(&LOCK.replace(
            "registry+https://github.com/rust-lang/crates.io-index",
            "sparse+https://index.crates.io/",
        ));
        assert_eq!(sparse.digest(), of(LOCK).digest());
        let other = of(&of_repository("registry+https://example.com/index"));
        assert_eq!(
            of(LOCK).changes(&other),
            ["serde 1.0.0 → 1.0.0 (registry+https://example.com/index)"]
        );
        assert!(of(LOCK).digest().differs_from(&other.digest()));
    }

    /// Cargo names the source where name and version do not tell two packages apart, without the commit.
    #[test]
    fn one_version_of_two_sources_is_told_apart() {
        let engine = |source: &str| {
            format!(
                "[[package]]\nname = \"engine\"\nversion = \"1.0.0\"\nsource = \"{source}\"\n\n"
            )
        };
        let lock = |needed: &str| {
            let app = "[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n";
            let a = engine(&format!("git+https://example.com/a#{COMMIT}"));
            let b = engine(&format!("git+https://example.com/b#{OTHER}"));
            of(&format!("{app} \"engine 1.0.0 (git+https://example.com/{needed})\",\n]\n\n{a}{b}"))
        };
        assert_eq!(lock("a").changes(&lock("b")), ["engine 1.0.0 (3f9a1c2e) → 1.0.0 (77bd001e)"]);
        assert_eq!(lock("b").0.len(), 1);
    }

    /// This workspace's own lock file, against a parser of TOML.
    #[test]
    fn a_real_lock_file_is_read_whole() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.lock");
        let lock = std::fs::read_to_string(file).unwrap();
        let parsed: toml_edit::DocumentMut = lock.parse().unwrap();
        let tables = parsed["package"].as_array_of_tables().unwrap();
        let read = packages(&lock).unwrap();
        assert_eq!(read.len(), tables.len());
        for (read, table) in read.iter().zip(tables) {
            let text = |key| table.get(key).and_then(|item| item.as_str());
            assert_eq!(Some(read.name), text("name"));
            assert_eq!(Some(read.version), text("version"));
            assert_eq!(read.source, text("source"), "{}", read.name);
            let needed = table.get("dependencies").and_then(|item| item.as_array());
            let needed: Vec<_> =
                needed.into_iter().flatten().filter_map(|item| item.as_str()).collect();
            assert_eq!(read.dependencies, needed, "{}", read.name);
        }
        assert!(Dependencies::of(&lock, "tripline-budget").unwrap().0.len() > 5);
    }
}
