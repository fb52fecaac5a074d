//! The source of the package's tripline dependency.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::commands::init::manifest::{Dependency, Manifest};
use crate::commands::init::package::Package;
use crate::commands::init::planned_files::PlannedFiles;

/// Returns the given path, or the workspace's own dependency, or else this tool's version.
pub(super) fn choose(
    package: Package<'_>,
    path: Option<&Path>,
    files: &PlannedFiles,
) -> anyhow::Result<Dependency> {
    if let Some(path) = path {
        return at_path(package, path);
    }
    if is_inheritable(package, files)? {
        return Ok(Dependency::Inherited);
    }
    Ok(Dependency::Version(env!("CARGO_PKG_VERSION")))
}

fn is_inheritable(package: Package<'_>, files: &PlannedFiles) -> anyhow::Result<bool> {
    let root = package.workspace.join("Cargo.toml");
    let text = files.text(&root)?.unwrap_or_default();
    let shown = files.shown(&root);
    let manifest = Manifest::parse(&shown, &text)?;
    Ok(manifest.get(&["workspace", "dependencies", "tripline"]).is_some())
}

/// Reads a path from where the command runs, and writes it from where the Cargo.toml lies; absolute stays absolute.
fn at_path(package: Package<'_>, typed: &Path) -> anyhow::Result<Dependency> {
    let missing = || format!("there is no crate at --path {}", typed.display());
    let folder = fs::canonicalize(typed).with_context(missing)?;
    let text = fs::read_to_string(folder.join("Cargo.toml")).with_context(missing)?;
    let shown = typed.display().to_string();
    let manifest = Manifest::parse(&shown, &text)?;
    let name = manifest.get(&["package", "name"]).and_then(toml_edit::Item::as_str);
    if name != Some("tripline") {
        bail!(
            "--path {shown} is the package `{}`, not `tripline`: in a clone of tripline it is \
             crates/tripline",
            name.unwrap_or_default()
        );
    }
    let written = match typed.is_absolute() {
        true => typed.to_owned(),
        false => relative(&fs::canonicalize(package.folder())?, &folder),
    };
    Ok(Dependency::Path(written.display().to_string().replace('\\', "/")))
}

/// Returns the relative path from one absolute folder to another.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
    let up = from[common..].iter().map(|_| Component::ParentDir);
    up.chain(to[common..].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use crate::commands::init::dependency::relative;

    #[test]
    fn a_path_leads_from_one_folder_to_another() {
        let path =
            |from: &str, to: &str| relative(from.as_ref(), to.as_ref()).display().to_string();
        assert_eq!(path("/a/b", "/a/tripline"), "../tripline");
        assert_eq!(path("/a", "/a/vendor/tripline"), "vendor/tripline");
        assert_eq!(path("/a/b/c", "/d"), "../../../d");
    }
}
