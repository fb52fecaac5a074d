//! The name that `tripline` has in the package that is being compiled, read from its Cargo.toml.
//!
//! An attribute does not know the path that it was written with. `budget = { package = "tripline" }` gives the crate
//! another name, in the package or in its workspace. Of one that another crate re-exports the manifest says nothing; the
//! option `crate = path` does.

use std::ffi::OsString;
use std::path::Path;
use std::sync::Mutex;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use toml_edit::{DocumentMut, Item, TableLike};

const TRIPLINE: &str = "tripline";

/// Returns the path of the crate `tripline`: `::tripline`, or the dependency's own name.
pub(crate) fn of_tripline() -> Result<TokenStream, String> {
    // An editor's process compiles several packages.
    static FOUND: Mutex<Option<(OsString, String)>> = Mutex::new(None);
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let known = FOUND.lock().ok().and_then(|found| found.clone()).filter(|(of, _)| *of == folder);
    let name = match known {
        Some((_, name)) => name,
        None => {
            let name = find(Path::new(&folder))?.unwrap_or_else(|| TRIPLINE.to_owned());
            if let Ok(mut found) = FOUND.lock() {
                *found = Some((folder, name.clone()));
            }
            name
        }
    };
    let name = Ident::new(&name.replace('-', "_"), Span::call_site());
    Ok(quote! { ::#name })
}

/// Returns the name of the package's dependency on `tripline`; `None` if it has none, or has it under its own name.
fn find(package: &Path) -> Result<Option<String>, String> {
    let Some(manifest) = manifest(package)? else { return Ok(None) };
    let dependencies = dependencies(manifest.as_table());
    let named = |name: &str, item: &Item| match text(item, "package") {
        Some(package) => package == TRIPLINE,
        None => name == TRIPLINE,
    };
    if let Some((name, _)) = dependencies.iter().find(|(name, item)| named(name, item)) {
        return Ok(Some((*name).to_owned()));
    }
    let inherited = dependencies.iter().filter(|(_, item)| is_inherited(item));
    let inherited: Vec<_> = inherited.map(|(name, _)| *name).collect();
    if inherited.is_empty() {
        return Ok(None);
    }
    for folder in package.ancestors() {
        let Some(root) = self::manifest(folder)? else { continue };
        let Some(workspace) = root.get("workspace").and_then(Item::as_table_like) else { continue };
        let stated = workspace.get("dependencies").and_then(Item::as_table_like);
        let is_tripline = |name: &&str| {
            let item = stated.and_then(|stated| stated.get(name));
            item.is_some_and(|item| named(name, item))
        };
        return Ok(inherited.iter().copied().find(is_tripline).map(str::to_owned));
    }
    Ok(None)
}

fn manifest(folder: &Path) -> Result<Option<DocumentMut>, String> {
    let file = folder.join("Cargo.toml");
    let Ok(text) = std::fs::read_to_string(&file) else { return Ok(None) };
    let parsed =
        text.parse().map_err(|error| format!("failed to parse {}: {error}", file.display()));
    parsed.map(Some)
}

/// Returns the dependencies of every kind and target.
fn dependencies(manifest: &dyn TableLike) -> Vec<(&str, &Item)> {
    let targets = manifest.get("target").and_then(Item::as_table_like);
    let targets = targets.into_iter().flat_map(TableLike::iter);
    let tables = targets.filter_map(|(_, target)| target.as_table_like()).chain([manifest]);
    let kinds = ["dependencies", "dev-dependencies", "dev_dependencies"];
    tables
        .flat_map(|table| kinds.into_iter().filter_map(|kind| table.get(kind)?.as_table_like()))
        .flat_map(TableLike::iter)
        .collect()
}

fn text<'a>(dependency: &'a Item, key: &str) -> Option<&'a str> {
    dependency.as_table_like()?.get(key)?.as_str()
}

fn is_inherited(dependency: &Item) -> bool {
    let workspace = dependency.as_table_like().and_then(|table| table.get("workspace")?.as_bool());
    workspace.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the name that is found in a package below a root.
    fn name(root: &str, package: &str) -> Option<String> {
        static NEXT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let next = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let unique = format!("tripline-crate-name-{}-{next}", std::process::id());
        let top = std::env::temp_dir().join(unique);
        let folder = top.join("p");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(top.join("Cargo.toml"), root).expect("a root");
        std::fs::write(folder.join("Cargo.toml"), package).expect("a manifest");
        let found = find(&folder);
        std::fs::remove_dir_all(&top).expect("removed");
        found.expect("valid TOML")
    }

    #[test]
    fn a_dependency_may_have_another_name() {
        for package in [
            "[dev-dependencies]\nbudget = { package = 'tripline', version = '1' }",
            "[dependencies.budget]\npackage = 'tripline'",
            "[target.'cfg(unix)'.dev-dependencies]\nbudget = { package = 'tripline' }",
            "[dev-dependencies]\nbudget.workspace = true\nserde.workspace = true",
        ] {
            let root = "workspace.dependencies.budget = { package = 'tripline', version = '1' }";
            assert_eq!(name(root, package).as_deref(), Some("budget"), "{package}");
        }
    }

    #[test]
    fn its_own_name_is_the_rule() {
        let own = Some("tripline".to_owned());
        assert_eq!(name("[workspace]", "[dev-dependencies]\ntripline = '1'\nserde = '1'"), own);
        let both = "[dependencies]\ntripline = { package = 'other' }\nb = { package = 'tripline' }";
        assert_eq!(name("", both).as_deref(), Some("b"));
        assert_eq!(name("", "[dependencies]\nsupport = { path = '../support' }"), None);
        let root = "[workspace.dependencies]\nsupport = '1'";
        assert_eq!(name(root, "[dependencies]\nsupport.workspace = true"), None);
        let inherited = "[dev-dependencies]\ntripline.workspace = true";
        assert_eq!(name("[workspace.dependencies]\ntripline = '1'", inherited), own);
    }
}
