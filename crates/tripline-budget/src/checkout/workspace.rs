//! The workspace that a package is in, found as Cargo finds it.
//!
//! Cargo walks up from the package: its own `[workspace]` or `package.workspace` decides, then those of the manifests
//! above it, but for a workspace that excludes the package. Globs and path dependencies need not be followed: where
//! this walk finds another root than the workspace that lists a member, Cargo refuses to run.

use std::path::{Component, Path, PathBuf};

use crate::checkout::manifest::Manifest;
use crate::error::Error;

/// The file of a package or a workspace.
pub const MANIFEST: &str = "Cargo.toml";

/// Returns the folder of the workspace's root; without a workspace, `package` itself.
///
/// # Errors
///
/// If a manifest on the way cannot be read.
pub fn workspace_root(package: &Path) -> Result<PathBuf, Error> {
    let mut load = |folder: &Path| Manifest::read(&folder.join(MANIFEST));
    walk(package, cargo_home().as_deref(), &mut load)
}

/// Returns the same of manifests that lie elsewhere, such as in a commit. `load` returns that of a folder, if it has one.
pub fn workspace_root_by(package: &Path, load: impl Fn(&Path) -> Option<Manifest>) -> PathBuf {
    let mut load = |folder: &Path| Ok::<_, std::convert::Infallible>(load(folder));
    let Ok(root) = walk(package, None, &mut load);
    root
}

fn walk<E>(
    package: &Path,
    cargo_home: Option<&Path>,
    load: &mut dyn FnMut(&Path) -> Result<Option<Manifest>, E>,
) -> Result<PathBuf, E> {
    if let Some(own) = load(package)? {
        if own.is_root() {
            return Ok(package.to_owned());
        }
        if let Some(pointer) = own.pointer {
            return Ok(normalized(&package.join(pointer)));
        }
    }
    // A package that Cargo fetched belongs to nobody above Cargo's own folder.
    let mut below_home = None;
    for folder in package.ancestors().skip(1) {
        if folder.ends_with("target/package") || (below_home.is_some() && below_home == cargo_home)
        {
            break;
        }
        below_home = Some(folder);
        let Some(manifest) = load(folder)? else { continue };
        if manifest.takes(folder, package) {
            return Ok(folder.to_owned());
        }
        if let Some(pointer) = manifest.pointer {
            return Ok(normalized(&folder.join(pointer)));
        }
    }
    Ok(package.to_owned())
}

fn cargo_home() -> Option<PathBuf> {
    let set = std::env::var_os("CARGO_HOME").filter(|home| !home.is_empty());
    set.map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

/// Returns the path without `.` and `..`, by its text alone, as Cargo does it.
fn normalized(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(normalized.pop()),
            other => normalized.push(other),
        }
    }
    normalized
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    const PACKAGE: &str = "[package]\nname = 'p'\nedition = '2021'\n";

    /// Writes manifests, each with a library, and returns Cargo's answer and ours for the package in `folder`.
    fn both(folder: &str, manifests: &[(&str, &str)]) -> (Option<PathBuf>, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let top = dir.path().canonicalize().unwrap();
        for (at, text) in manifests {
            let at = top.join(at);
            std::fs::create_dir_all(at.join("src")).unwrap();
            std::fs::write(at.join("src/lib.rs"), "").unwrap();
            std::fs::write(at.join(MANIFEST), text).unwrap();
        }
        let package = top.join(folder);
        let below = |root: &Path| root.strip_prefix(&top).unwrap().to_owned();
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut metadata = Command::new(cargo);
        metadata.args(["metadata", "--no-deps", "--offline", "--format-version=1"]);
        let output = metadata.current_dir(&package).output().unwrap();
        let cargos = output.status.success().then(|| {
            let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            below(Path::new(value["workspace_root"].as_str().unwrap()))
        });
        (cargos, below(&workspace_root(&package).unwrap()))
    }

    /// Every spelling, with the root that Cargo has to find for it, so that no case passes by accident.
    #[test]
    fn the_root_is_cargos_however_it_is_spelled() {
        let roots = [
            "[workspace]\nmembers = ['a/p']\n",
            "[ workspace ]\nmembers = ['a/p']\n",
            "[ 'workspace' ]\nmembers = ['a/p']\n",
            "[\"workspace\"]\nmembers = ['a/p']\n",
            "[\"\\u0077orkspace\"]\nmembers = ['a/p']\n",
            "[workspace] # members\nmembers = ['a/p']\n",
            "workspace.members = ['a/p']\n",
            "workspace . members = ['a/p']\n",
            "workspace = { members = ['a/p'] }\n",
            "workspace = { resolver = '2', members = ['a/*'] }\n",
            "[workspace]\nmembers = ['*/*']\nexclude = ['b']\n",
            "[workspace]\nmembers = ['a/p']\nexclude = ['a']\n",
            "[workspace]\nmembers = ['./a/p']\n",
            "[workspace.lints]\n[workspace]\nmembers = ['a/p']\n",
            "[package]\nname = 'top'\n[workspace]\nmembers = ['a/p']\n",
            // A path dependency is a member.
            "[package]\nname = 'top'\n[workspace]\n[dependencies]\np = { path = 'a/p' }\n",
            "\u{feff}[workspace]\r\nmembers = ['a/p']\r\n",
        ];
        for root in roots {
            assert_eq!(both("a/p", &[("", root), ("a/p", PACKAGE)]), answer(""), "{root}");
        }
    }

    #[test]
    fn what_is_no_workspace_or_not_the_packages_is_not_taken_for_it() {
        let roots = [
            "[package]\nname = 'top'\n",
            "[package]\nname = 'top'\ndescription = '''\n[workspace]\nmembers = [\"a/p\"]\n'''\n",
            "[package]\nname = 'top'\n#[workspace]\n",
            "[package]\nname = 'top'\n[package.metadata.workspace]\n",
            "[package]\nname = 'top'\nmetadata.workspace.members = ['a/p']\n",
            "[package]\nname = 'top'\n[features]\nworkspace = []\n",
            "[workspace]\nexclude = ['a/p']\n",
            "[workspace]\nexclude = ['a']\n",
            "[workspace]\nexclude = ['./a/']\n",
            "workspace.exclude = ['a/p']\n",
            "workspace = { exclude = ['a/p'] }\n",
            // A glob does not outdo `exclude`.
            "[workspace]\nmembers = ['a/*']\nexclude = ['a/p']\n",
        ];
        for root in roots {
            assert_eq!(both("a/p", &[("", root), ("a/p", PACKAGE)]), answer("a/p"), "{root}");
        }
    }

    #[test]
    fn a_package_may_be_its_own_workspace() {
        let outer = ("", "[workspace]\nexclude = ['a/p']\n");
        for own in ["[workspace]\n", "[ workspace ]\n", "[workspace.dependencies]\n"] {
            let own = format!("{PACKAGE}{own}");
            assert_eq!(both("a/p", &[outer, ("a/p", &own)]), answer("a/p"), "{own}");
            assert_eq!(both("a/p", &[("a/p", &own)]), answer("a/p"), "{own}");
        }
        assert_eq!(both("a/p", &[("a/p", PACKAGE)]), answer("a/p"));
        let described = format!("{PACKAGE}description = '''\n[workspace]\n'''\n");
        let outer = ("", "[workspace]\nmembers = ['a/p']\n");
        assert_eq!(both("a/p", &[outer, ("a/p", &described)]), answer(""));
    }

    #[test]
    fn a_package_may_name_its_workspace() {
        let root = ("ws", "[workspace]\nmembers = ['../p']\n");
        for pointer in
            ["workspace = '../ws'", "workspace = './../ws/'", "workspace = \"../x/../ws\""]
        {
            let package = format!("{PACKAGE}{pointer}\n");
            assert_eq!(both("p", &[root, ("p", &package)]), answer("ws"), "{pointer}");
        }
        let project = "[project]\nname = 'p'\nedition = '2021'\nworkspace = '../ws'\n";
        assert_eq!(both("p", &[root, ("p", project)]).1, Path::new("ws"));
        // That of a package above it counts, too.
        let root = ("ws", "[workspace]\nmembers = ['../p', '../p/inner']\n");
        let outer = format!("{PACKAGE}workspace = '../ws'\n");
        let inner = "[package]\nname = 'inner'\n";
        let manifests = [root, ("p", &*outer), ("p/inner", inner)];
        assert_eq!(both("p/inner", &manifests), answer("ws"));
    }

    #[test]
    fn an_excluded_package_may_be_of_a_workspace_further_up() {
        let manifests = [
            ("", "[workspace]\nmembers = ['a/p']\n"),
            ("a", "[workspace]\nexclude = ['p']\n"),
            ("a/p", PACKAGE),
        ];
        assert_eq!(both("a/p", &manifests), answer(""));
    }

    #[test]
    fn nothing_is_looked_for_above_cargos_own_folder() {
        let dir = tempfile::tempdir().unwrap();
        let (home, package) = (dir.path().join("home"), dir.path().join("home/src/p"));
        std::fs::create_dir_all(&package).unwrap();
        std::fs::write(dir.path().join(MANIFEST), "[workspace]\n").unwrap();
        let mut load = |folder: &Path| Manifest::read(&folder.join(MANIFEST));
        assert_eq!(walk(&package, Some(&home), &mut load).unwrap(), package);
        assert_eq!(walk(&package, None, &mut load).unwrap(), dir.path());
        let packed = dir.path().join("target/package/p");
        assert_eq!(walk(&packed, None, &mut load).unwrap(), packed);
    }

    #[test]
    fn a_manifest_that_cannot_be_read_leaves_the_workspace_unknown() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(MANIFEST), "[workspace\n").unwrap();
        let error = workspace_root(&dir.path().join("p")).unwrap_err();
        assert!(matches!(error, Error::Problems(_)), "{error:?}");
    }

    fn answer(root: &str) -> (Option<PathBuf>, PathBuf) {
        (Some(root.into()), root.into())
    }
}
