//! Compares this package's lock file with the requirements of the crates that a user compiles: each must be locked at
//! the oldest version that its requirement allows, and at no newer one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml_edit::{DocumentMut, Item, TableLike};

const CRATES: [&str; 4] = ["tripline", "tripline-budget", "tripline-macros", "tripline-profile"];

#[test]
fn every_requirement_is_locked_at_its_floor() {
    let workspace = read("../../Cargo.toml");
    let requirements = workspace["workspace"]["dependencies"].as_table_like().expect("a table");
    let lock = read("Cargo.lock");
    let mut offences = Vec::new();
    let names = dependencies();
    for name in &names {
        let requirement = requirements.get(name).and_then(version).expect("it has a version");
        let floor =
            parse(requirement.trim_start_matches(['>', '=']).split(',').next().expect("one part"));
        let newest = locked(&lock, name).into_iter().max();
        if newest != Some(floor) {
            offences.push(format!("{name} = \"{requirement}\", locked at {newest:?}"));
        }
    }
    assert!(names.len() > 10, "{names:?}");
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

fn read(path: &str) -> DocumentMut {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).expect("readable").parse().expect("TOML")
}

/// Returns the names of what the crates depend on, but for one another and for tests.
fn dependencies() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for name in CRATES {
        let manifest = read(&format!("../../crates/{name}/Cargo.toml"));
        let targets = manifest.get("target").and_then(Item::as_table_like);
        let targets = targets
            .into_iter()
            .flat_map(TableLike::iter)
            .filter_map(|(_, item)| item.as_table_like());
        for table in targets.chain([manifest.as_table() as &dyn TableLike]) {
            let table = table.get("dependencies").and_then(Item::as_table_like);
            let keys = table.into_iter().flat_map(TableLike::iter).map(|(key, _)| key.to_owned());
            names.extend(keys.filter(|key| !CRATES.contains(&key.as_str())));
        }
    }
    names
}

fn version(requirement: &Item) -> Option<&str> {
    requirement.as_str().or_else(|| requirement.get("version")?.as_str())
}

fn locked(lock: &DocumentMut, name: &str) -> Vec<Vec<u64>> {
    let packages = lock["package"].as_array_of_tables().expect("packages");
    let found = packages.iter().filter(|package| package["name"].as_str() == Some(name));
    found.map(|package| parse(package["version"].as_str().expect("a version"))).collect()
}

/// Parses `1.2.3` or `1.2.3+text`.
fn parse(version: &str) -> Vec<u64> {
    let numbers = version.split('+').next().expect("one part").split('.');
    numbers.map(|number| number.trim().parse().expect("a number")).collect()
}
