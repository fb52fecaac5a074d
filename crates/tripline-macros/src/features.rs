//! The feature names that a package declares, read from its Cargo.toml.
//!
//! `cfg!(feature = "…")` answers for a name but cannot list names, so the manifest must.

use std::collections::BTreeSet;
use std::path::Path;

use toml_edit::{DocumentMut, Item, TableLike};

/// Returns every feature of the package that is being compiled, sorted.
///
/// Without Cargo there is no manifest and so no feature.
pub(crate) fn of_this_package() -> Result<BTreeSet<String>, String> {
    let Some(folder) = std::env::var_os("CARGO_MANIFEST_DIR") else {
        return Ok(BTreeSet::new());
    };
    let manifest = Path::new(&folder).join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest)
        .map_err(|error| format!("failed to read {}: {error}", manifest.display()))?;
    declared(&text).map_err(|error| format!("failed to parse {}: {error}", manifest.display()))
}

fn declared(manifest: &str) -> Result<BTreeSet<String>, toml_edit::TomlError> {
    let manifest: DocumentMut = manifest.parse()?;
    let mut features = BTreeSet::new();
    let mut named_as_dependency = BTreeSet::new();
    if let Some(table) = manifest.get("features").and_then(Item::as_table_like) {
        for (name, enables) in table.iter() {
            features.insert(name.to_owned());
            let enables = enables.as_array().into_iter().flatten();
            named_as_dependency.extend(
                enables.filter_map(|entry| entry.as_str()?.strip_prefix("dep:")).map(str::to_owned),
            );
        }
    }
    for dependency in optional_dependencies(manifest.as_table()) {
        // A dependency that some feature names with `dep:` is no feature of its own.
        if !named_as_dependency.contains(&dependency) {
            features.insert(dependency);
        }
    }
    Ok(features)
}

fn optional_dependencies(manifest: &dyn TableLike) -> Vec<String> {
    let mut optional = optional_in(manifest);
    let targets = manifest.get("target").and_then(Item::as_table_like);
    for (_, target) in targets.into_iter().flat_map(TableLike::iter) {
        optional.extend(target.as_table_like().into_iter().flat_map(optional_in));
    }
    optional
}

fn optional_in(tables: &dyn TableLike) -> Vec<String> {
    ["dependencies", "build-dependencies"]
        .into_iter()
        .filter_map(|kind| tables.get(kind)?.as_table_like())
        .flat_map(TableLike::iter)
        .filter(|(_, dependency)| is_optional(dependency))
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn is_optional(dependency: &Item) -> bool {
    dependency.as_table_like().and_then(|table| table.get("optional")?.as_bool()).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::declared;

    fn features(manifest: &str) -> Vec<String> {
        declared(manifest).expect("valid TOML").into_iter().collect()
    }

    #[test]
    fn named_features_count() {
        assert_eq!(features("[features]\ndefault = ['a']\na = []"), ["a", "default"]);
    }

    #[test]
    fn an_optional_dependency_is_a_feature_unless_named_with_dep() {
        let manifest = "
            [features]
            tls = ['dep:rustls']
            [dependencies]
            rustls = { version = '1', optional = true }
            zlib = { version = '1', optional = true }
            always = '1'
            [target.'cfg(unix)'.dependencies]
            nix = { version = '1', optional = true }";
        assert_eq!(features(manifest), ["nix", "tls", "zlib"]);
    }

    #[test]
    fn no_table_no_feature() {
        assert_eq!(features("[package]\nname = 'x'"), [""; 0]);
    }
}
