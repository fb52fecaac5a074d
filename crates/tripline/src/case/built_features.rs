//! The features that the crates in this binary were built with.
//!
//! Cargo unites the features that all packages of a build ask for, so a suite's dependencies differ with the choice of
//! packages. No crate is told the features of another. What Cargo did stands beside what it built: for each crate a
//! folder `.fingerprint/<package>-<hash>` with a file of JSON. It holds the features, and names the crates that were
//! needed by a hash that their own folders hold.
//!
//! That is no interface. So whatever is not found, or is not as expected, makes the whole unknown; nothing is guessed.
//! Build scripts and procedural macros are left out: nothing of them is in the binary.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A crate as it was built.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BuiltCrate {
    pub(crate) name: String,
    /// As Cargo writes them: `["default", "std"]`.
    pub(crate) features: String,
}

/// Returns the crates that this binary holds, whose suite is `package`'s; `None` if they are not known.
pub(crate) fn of_this_binary(package: &str) -> Option<BTreeSet<BuiltCrate>> {
    of(&std::env::current_exe().ok()?, package)
}

fn of(executable: &Path, package: &str) -> Option<BTreeSet<BuiltCrate>> {
    let built = BuildFolder::of(executable)?;
    let (_, hash) = executable.file_stem()?.to_str()?.rsplit_once('-')?;
    let own = built.deps.parent()?.join(FINGERPRINTS).join(format!("{package}-{hash}"));
    let mut due = Fingerprint::read(&entries(&own)?, "test-")?.needs;
    let (mut seen, mut found) = (BTreeSet::new(), BTreeSet::new());
    while let Some(needed) = due.pop() {
        if is_build_script(&needed.name) || !seen.insert(needed.hash.clone()) {
            continue;
        }
        let BuiltUnit { folder, target } = built.unit(&needed)?;
        if built.is_in_binaries(&folder, &target) {
            let Fingerprint { features, needs } = Fingerprint::read(&entries(&folder)?, LIBRARY)?;
            found.insert(BuiltCrate { name: target, features });
            due.extend(needs);
        }
    }
    Some(found)
}

/// The folder of what Cargo notes, beside the folder of what it builds.
const FINGERPRINTS: &str = ".fingerprint";

/// The beginning of the names of a library's files.
const LIBRARY: &str = "lib-";

/// Returns `true` for the target that Cargo makes of a `build.rs`.
fn is_build_script(target: &str) -> bool {
    target.starts_with("build_script_")
}

/// A unit as Cargo notes it: its features, and the units that it needs.
#[derive(Debug)]
struct Fingerprint {
    features: String,
    needs: Vec<NeededUnit>,
}

/// A unit that another one needs.
#[derive(Debug)]
struct NeededUnit {
    name: String,
    /// As the unit's own folder holds it.
    hash: String,
}

impl Fingerprint {
    /// Reads the file of JSON among `files` whose name begins so.
    fn read(files: &[PathBuf], begin: &str) -> Option<Self> {
        let is_json = |file: &&PathBuf| {
            name(file).is_some_and(|name| name.starts_with(begin) && name.ends_with(".json"))
        };
        let text = fs::read_to_string(files.iter().find(is_json)?).ok()?;
        let value: Value = serde_json::from_str(&text).ok()?;
        let needs = value.get("deps")?.as_array()?;
        Some(Self {
            features: value.get("features")?.as_str()?.to_owned(),
            needs: needs.iter().map(NeededUnit::read).collect::<Option<_>>()?,
        })
    }
}

impl NeededUnit {
    /// Reads the hash of the package, the name, whether it is public, and the hash of the unit.
    fn read(value: &Value) -> Option<Self> {
        let [_, name, _, hash] = value.as_array()?.as_slice() else { return None };
        let bytes = hash.as_u64()?.to_le_bytes();
        let hash = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Some(Self { name: name.as_str()?.to_owned(), hash })
    }
}

/// The folders in which Cargo built for one profile.
struct BuildFolder {
    /// The executable's own, where the libraries are too.
    deps: PathBuf,
    /// The folders of all units by package, with `_` in place of `-`.
    units: BTreeMap<String, Vec<PathBuf>>,
}

/// A library that was built.
struct BuiltUnit {
    folder: PathBuf,
    target: String,
}

impl BuildFolder {
    fn of(executable: &Path) -> Option<Self> {
        let deps = executable.parent()?.to_owned();
        let profile = deps.parent()?;
        let mut folders = entries(&profile.join(FINGERPRINTS))?;
        // With `--target` the host's libraries are built beside the target's: `debug` beside `<target>/debug`.
        let hosts = profile.parent().and_then(Path::parent).zip(profile.file_name());
        let hosts = hosts.map(|(target, profile)| target.join(profile).join(FINGERPRINTS));
        folders.extend(hosts.and_then(|hosts| entries(&hosts)).unwrap_or_default());
        let mut units: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for folder in folders {
            if let Some((package, _)) = name(&folder).and_then(|name| name.rsplit_once('-')) {
                units.entry(package.replace('-', "_")).or_default().push(folder);
            }
        }
        Some(Self { deps, units })
    }

    /// Finds a library by its hash: under its own name, or under another one if it was renamed.
    fn unit(&self, needed: &NeededUnit) -> Option<BuiltUnit> {
        let same = self.units.get(&needed.name).into_iter().flatten();
        let others = self.units.iter().filter(|(package, _)| **package != needed.name);
        let others = others.flat_map(|(_, folders)| folders);
        same.chain(others).find_map(|folder| BuiltUnit::read(folder, &needed.hash))
    }

    /// Returns `true` unless the library is a macro's, or the host's.
    fn is_in_binaries(&self, folder: &Path, target: &str) -> bool {
        let hash = name(folder).and_then(|name| name.rsplit_once('-'));
        let library = hash.map(|(_, hash)| format!("lib{target}-{hash}"));
        library.is_some_and(|library| {
            ["rlib", "rmeta"].iter().any(|end| self.deps.join(format!("{library}.{end}")).is_file())
        })
    }
}

impl BuiltUnit {
    /// Returns the library in this folder if that is its hash.
    fn read(folder: &Path, hash: &str) -> Option<Self> {
        let files = entries(folder)?;
        let target = |file: &PathBuf| name(file)?.strip_prefix(LIBRARY).map(str::to_owned);
        let (file, target) = files
            .iter()
            .filter_map(|file| Some((file, target(file)?)))
            .find(|(_, target)| !target.ends_with(".json"))?;
        let is_it = fs::read_to_string(file).is_ok_and(|own| own == hash);
        is_it.then(|| Self { folder: folder.to_owned(), target })
    }
}

fn entries(folder: &Path) -> Option<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    Some(entries.collect())
}

fn name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The unit tests' own binary is built by Cargo too.
    #[test]
    fn the_features_of_this_binary_are_cargos() {
        let built = of_this_binary(env!("CARGO_PKG_NAME")).expect("a build of Cargo's");
        let features = |name: &str| {
            let mut crates = built.iter().filter(|one| one.name == name);
            crates.next().map(|one| one.features.as_str())
        };
        assert!(features("tokio").is_some_and(|features| features.contains("\"rt\"")), "{built:?}");
        // A macro, and what only macros need.
        assert_eq!(features("tripline_macros").or(features("serde_derive")), None);
        assert!(built.len() > 20, "{built:?}");
    }

    /// Makes what Cargo leaves of a suite that needs `data`, which needs a macro, a build script and `leaf`.
    fn build(features: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = folder.path().join("debug").join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        let json = |features: &str, needs: &str| {
            format!(r#"{{"rustc":1,"features":"{features}","deps":[{needs}],"local":[]}}"#)
        };
        write("deps/memory-0a", "");
        let needs = r#"[1,"renamed",false,1],[2,"build_script_build",false,99]"#;
        write(".fingerprint/app-0a/test-integration-test-memory.json", &json("[]", needs));
        write(".fingerprint/app-0a/test-integration-test-memory", "00");
        let unit = |package: &str, hash: &str, own: u8, text: &str| {
            let target = package.replace('-', "_");
            let path = format!(".fingerprint/{package}-{hash}/lib-{target}");
            write(&path, &format!("{own:02x}00000000000000"));
            write(&format!("{path}.json"), text);
        };
        unit("data-store", "0b", 1, &json(features, r#"[3,"derive",false,2],[4,"leaf",false,3]"#));
        unit("derive", "0c", 2, &json("[]", r#"[5,"gone",false,98]"#));
        unit("leaf", "0d", 3, &json("[]", ""));
        // Another build of the same package.
        unit("leaf", "0e", 4, &json(r#"[\"other\"]"#, ""));
        for library in
            ["libdata_store-0b.rlib", "libleaf-0d.rlib", "libleaf-0e.rlib", "libderive-0c.so"]
        {
            write(&format!("deps/{library}"), "");
        }
        folder
    }

    fn found(folder: &tempfile::TempDir) -> Option<Vec<String>> {
        let built = of(&folder.path().join("debug/deps/memory-0a"), "app")?;
        Some(
            built
                .into_iter()
                .map(|BuiltCrate { name, features }| format!("{name} {features}"))
                .collect(),
        )
    }

    #[test]
    fn what_is_in_the_binary_is_found_at_any_depth_and_only_that() {
        let expected = |data: &str| Some(vec![format!("data_store {data}"), "leaf []".to_owned()]);
        assert_eq!(found(&build("[]")), expected("[]"));
        assert_eq!(found(&build(r#"[\"ordered\"]"#)), expected(r#"["ordered"]"#));
    }

    #[test]
    fn what_is_not_as_expected_is_not_known() {
        let broken = |path: &str, text: Option<&str>| {
            let folder = build("[]");
            let path = folder.path().join("debug/.fingerprint").join(path);
            match text {
                Some(text) => fs::write(path, text).expect("a file"),
                None => fs::remove_file(path).expect("the file"),
            }
            found(&folder)
        };
        assert_eq!(broken("leaf-0d/lib-leaf", None), None);
        assert_eq!(broken("leaf-0d/lib-leaf", Some("0300000000000001")), None);
        assert_eq!(broken("leaf-0d/lib-leaf.json", Some("{}")), None);
        assert_eq!(broken("data-store-0b/lib-data_store.json", Some("{")), None);
        assert_eq!(broken("app-0a/test-integration-test-memory.json", None), None);
        // Nothing of another build is looked at.
        assert!(broken("leaf-0e/lib-leaf.json", Some("{")).is_some());
    }

    #[test]
    fn a_binary_that_was_taken_elsewhere_knows_nothing() {
        assert_eq!(of(Path::new("/nowhere/memory-0a"), "app"), None);
        assert_eq!(of(Path::new("memory"), "app"), None);
    }
}
