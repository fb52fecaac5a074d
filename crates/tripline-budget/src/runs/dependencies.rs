//! The dependencies of a package, as `Cargo.lock` resolved them.
//!
//! The lock file is read line by line: it is written by Cargo alone, in one form, and every judge reads it,
//! which a TOML parser would make ten times as long. In any other form it says nothing.

use std::collections::{BTreeMap, BTreeSet};

/// Packages from registries and repositories, by name and version. Those of the workspace itself are code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependencies(BTreeSet<(String, String)>);

#[derive(Debug, Default)]
struct LockedPackage<'a> {
    name: &'a str,
    version: &'a str,
    /// True if it comes from elsewhere.
    foreign: bool,
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
        let root = by_name.get(package)?.iter().find(|package| !package.foreign)?;
        let mut seen = BTreeSet::new();
        let mut found = Self::default();
        let mut due = vec![*root];
        while let Some(package) = due.pop() {
            if !seen.insert((package.name, package.version)) {
                continue;
            }
            if package.foreign {
                found.0.insert((package.name.to_owned(), package.version.to_owned()));
            }
            due.extend(package.dependencies.iter().filter_map(|needed| find(&by_name, needed)));
        }
        Some(found)
    }

    /// Returns a short text that differs for other dependencies: `278 crates, 3f9a1c2e41d07b55`.
    #[must_use]
    pub fn digest(&self) -> String {
        let crates = if self.0.len() == 1 { "crate" } else { "crates" };
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for (name, version) in &self.0 {
            for byte in [name, "\0", version, "\0"].concat().bytes() {
                // FNV-1a.
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        format!("{} {crates}, {hash:016x}", self.0.len())
    }

    /// Returns the packages with another version in `now`, new ones and gone ones: `turso 0.8.2 → 0.8.3`.
    #[must_use]
    pub fn changes(&self, now: &Self) -> Vec<String> {
        let versions = |of: &BTreeSet<(String, String)>, other: &BTreeSet<(String, String)>| {
            let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (name, version) in of.difference(other) {
                versions.entry(name.clone()).or_default().push(version.clone());
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

fn find<'a, 'b>(
    by_name: &BTreeMap<&str, Vec<&'b LockedPackage<'a>>>,
    needed: &str,
) -> Option<&'b LockedPackage<'a>> {
    let mut words = needed.split(' ');
    let all = by_name.get(words.next()?)?;
    match words.next() {
        None => all.first().copied(),
        Some(version) => all.iter().find(|package| package.version == version).copied(),
    }
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
            Some(("source", _)) => package.foreign = true,
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
        let names: Vec<_> = of(LOCK).0.into_iter().collect();
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
        assert!(digest.starts_with("3 crates, "), "{digest}");
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
            assert_eq!(read.foreign, text("source").is_some(), "{}", read.name);
            let needed = table.get("dependencies").and_then(|item| item.as_array());
            let needed: Vec<_> =
                needed.into_iter().flatten().filter_map(|item| item.as_str()).collect();
            assert_eq!(read.dependencies, needed, "{}", read.name);
        }
        assert!(Dependencies::of(&lock, "tripline-budget").unwrap().0.len() > 5);
    }
}
