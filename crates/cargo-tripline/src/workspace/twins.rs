//! The targets that Cargo chooses along with a suite's, since it chooses by kind and name in all packages at once.
//!
//! Manifests tell, not what was built: `cargo test --bench NAME` starts a benchmark that `cargo test --tests` does not
//! build. Deliberately absent: ordinary libraries. Their tests run only if they are named.

use std::fs;

use anyhow::Context as _;
use cargo_metadata::Package;
use toml_edit::{DocumentMut, Item};
use tripline_budget::CargoTarget;

use crate::workspace::binary::{self, Binary};

/// A target that holds no suite, and one that does and is chosen by the same options.
#[derive(Debug)]
pub(super) struct Twin {
    pub(super) package: String,
    pub(super) target: CargoTarget,
    pub(super) suite: Binary,
}

/// Returns those among the targets of the `selected` packages, beside those of `marked`.
pub(super) fn of<'a>(
    marked: &[Binary],
    selected: impl Iterator<Item = &'a Package>,
) -> anyhow::Result<Vec<Twin>> {
    let mut twins = Vec::new();
    for package in selected {
        for (target, options) in package.targets.iter().filter_map(binary::chosen) {
            let is_marked = |binary: &&Binary| {
                binary.package() == package.name.as_str() && *binary.options() == *options
            };
            let suite = marked.iter().find(|binary| *binary.options() == *options);
            let Some(suite) = suite.filter(|_| !marked.iter().any(|it| is_marked(&it))) else {
                continue;
            };
            if target == CargoTarget::Lib && library_has_harness(package)? {
                continue;
            }
            let package = package.name.to_string();
            twins.push(Twin { package, target, suite: suite.clone() });
        }
    }
    Ok(twins)
}

/// Returns `true` unless the package's library is a program of its own when it is tested. Cargo's metadata does not say.
fn library_has_harness(package: &Package) -> anyhow::Result<bool> {
    let path = &package.manifest_path;
    let text = fs::read_to_string(path).with_context(|| format!("failed to read {path}"))?;
    let manifest: DocumentMut = text.parse().with_context(|| format!("failed to read {path}"))?;
    let harness = manifest.get("lib").and_then(|library| library.get("harness"));
    Ok(harness.and_then(Item::as_bool) != Some(false))
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::slice;

    use cargo_metadata::MetadataCommand;

    use super::*;

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Each package has all kinds of targets; of `suites` a library and a test hold a suite.
    #[test]
    fn a_twin_is_of_the_same_kind_and_name_and_does_more_than_run_named_tests() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(&root.join("Cargo.toml"), "[workspace]\nmembers = ['*']\nresolver = '3'\n");
        for (name, manifest, test) in [
            ("suites", "", "memory"),
            ("same", "", "memory"),
            ("other", "", "other"),
            ("own-harness", "[lib]\nharness = false\n", "other"),
        ] {
            let package = format!("[package]\nname = '{name}'\nedition = '2024'\n{manifest}");
            write(&root.join(name).join("Cargo.toml"), &package);
            for source in [
                "src/lib.rs",
                "build.rs",
                "src/bin/memory.rs",
                "benches/memory.rs",
                "examples/memory.rs",
            ] {
                write(&root.join(name).join(source), "");
            }
            write(&root.join(name).join(format!("tests/{test}.rs")), "");
        }
        let mut metadata = MetadataCommand::new();
        let metadata = metadata.no_deps().manifest_path(root.join("Cargo.toml")).exec().unwrap();
        let found = |marked: &[Binary], without: &str| {
            let selected = metadata.packages.iter().filter(|it| *it.name != without);
            let twins = of(marked, selected).unwrap().into_iter();
            twins.map(|twin| binary::shown(&twin.target, &twin.package)).collect::<Vec<_>>()
        };
        let library = Binary::of_library("suites");
        let test = Binary::of_test("memory", "suites", root);
        assert_eq!(found(slice::from_ref(&test), ""), ["test target `memory` of package `same`"]);
        assert!(found(slice::from_ref(&test), "same").is_empty());
        assert!(found(&[test.clone(), Binary::of_test("memory", "same", root)], "").is_empty());
        let libraries = found(slice::from_ref(&library), "");
        assert_eq!(libraries, [binary::shown(&CargoTarget::Lib, "own-harness")]);
        assert_eq!(found(&[test, library], "").len(), 2);
    }
}
