//! A `Cargo.toml`: the keys of it that say which workspace a package is in, and what it depends on.

use std::io::ErrorKind;
use std::path::Path;

use toml_edit::{Item, TableLike};

use crate::error::{Error, Problems};
use crate::text::toml::parse_document;

/// A `Cargo.toml`, read as far as workspaces go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    workspace: Option<WorkspaceTable>,
    /// `package.workspace`: the path to the root, from the package.
    pub(super) pointer: Option<String>,
    /// Packages that it names as dependencies, by their own names.
    dependencies: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct WorkspaceTable {
    members: Vec<String>,
    exclude: Vec<String>,
}

impl Manifest {
    /// Reads the text of `file`, which is named in the error.
    ///
    /// # Errors
    ///
    /// If it is not TOML.
    pub fn parse(file: &Path, text: &str) -> Result<Self, Problems> {
        let document = parse_document(&file.display().to_string(), text)?;
        let root = document.as_table();
        let table = |name| root.get(name).and_then(Item::as_table_like);
        let workspace = table("workspace").map(|workspace| WorkspaceTable {
            members: strings(workspace, "members"),
            exclude: strings(workspace, "exclude"),
        });
        let package = table("package").or_else(|| table("project"));
        let pointer = package.and_then(|package| package.get("workspace")?.as_str());
        let dependencies = table("dependencies").into_iter().flat_map(TableLike::iter);
        Ok(Self {
            workspace,
            pointer: pointer.map(str::to_owned),
            dependencies: dependencies.map(|(name, item)| package_name(name, item)).collect(),
        })
    }

    /// Reads a file; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not TOML.
    pub fn read(file: &Path) -> Result<Option<Self>, Error> {
        match std::fs::read_to_string(file) {
            Ok(text) => Ok(Some(Self::parse(file, &text)?)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::unreadable(&file.display().to_string(), &error)),
        }
    }

    /// Returns `true` if it is the root of a workspace.
    #[must_use]
    pub const fn is_root(&self) -> bool {
        self.workspace.is_some()
    }

    /// Returns `true` if the workspace that begins in the folder `root` takes a package below it for a member.
    /// Cargo compares paths, not patterns: a member's glob does not outdo `exclude`.
    pub(super) fn takes(&self, root: &Path, package: &Path) -> bool {
        let among =
            |paths: &[String]| paths.iter().any(|path| package.starts_with(root.join(path)));
        self.workspace.as_ref().is_some_and(|it| among(&it.members) || !among(&it.exclude))
    }

    /// Returns `true` if it names `package` as a dependency, by that name or by another.
    #[must_use]
    pub fn depends_on(&self, package: &str) -> bool {
        self.dependencies.iter().any(|name| name == package)
    }
}

fn strings(table: &dyn TableLike, key: &str) -> Vec<String> {
    let array = table.get(key).and_then(Item::as_array);
    array.into_iter().flatten().filter_map(|item| item.as_str()).map(str::to_owned).collect()
}

fn package_name(key: &str, dependency: &Item) -> String {
    let package = dependency.as_table_like().and_then(|table| table.get("package")?.as_str());
    package.unwrap_or(key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_is_known_by_its_package_and_a_word_in_a_comment_is_none() {
        let depends = |text| {
            let manifest = Manifest::parse(Path::new("Cargo.toml"), text).unwrap();
            manifest.depends_on("cargo-tripline")
        };
        assert!(depends("[dependencies]\ncargo-tripline = '1'\n"));
        assert!(depends("dependencies.cargo-tripline.workspace = true\n"));
        assert!(depends("[dependencies]\ntool = { package = 'cargo-tripline', path = '..' }\n"));
        assert!(!depends("# not yet cargo-tripline\n[dependencies]\ncargo-tripline-x = '1'\n"));
    }

    #[test]
    fn what_is_not_toml_is_named() {
        let error = Manifest::parse(Path::new("p/Cargo.toml"), "[workspace\n").unwrap_err();
        assert!(error.to_string().contains("p/Cargo.toml:1"), "{error}");
    }
}
