//! The package that is set up, as cargo describes it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use cargo_metadata::{Dependency, DependencyKind, Target, TargetKind};

use crate::commands::init::args::InitArgs;
use crate::workspace::Project;

/// A package of the workspace.
#[derive(Clone, Copy, Debug)]
pub(super) struct Package<'a> {
    cargo: &'a cargo_metadata::Package,
    /// The workspace's folder.
    pub(super) workspace: &'a Path,
    /// True if the workspace has no other package.
    pub(super) is_alone: bool,
}

impl<'a> Package<'a> {
    /// Returns the named package, or the one that the folder belongs to, or the only one.
    pub(super) fn choose(project: &'a Project, args: &InitArgs) -> anyhow::Result<Self> {
        let packages = project.packages();
        let manifest = match &args.manifest_path {
            Some(manifest) => fs::canonicalize(manifest).ok(),
            None => nearest_manifest(),
        };
        let is_chosen = |package: &&cargo_metadata::Package| match &args.package {
            Some(name) => package.name.as_str() == name,
            None => {
                packages.len() == 1 || fs::canonicalize(&package.manifest_path).ok() == manifest
            }
        };
        let Some(cargo) = packages.iter().find(is_chosen) else {
            let names: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
            let problem = match &args.package {
                Some(name) => format!("the workspace has no package `{name}`: there are"),
                None => "which package should have budgets? Name one with --package:".to_owned(),
            };
            bail!("{problem}\n\n  {}", names.join("\n  "));
        };
        Ok(Self { cargo, workspace: project.root(), is_alone: packages.len() == 1 })
    }

    pub(super) fn name(&self) -> &'a str {
        self.cargo.name.as_str()
    }

    /// Returns the oldest Rust that the package says it builds with.
    pub(super) fn rust_version(&self) -> Option<&'a cargo_metadata::semver::Version> {
        self.cargo.rust_version.as_ref()
    }

    pub(super) fn manifest(&self) -> &'a Path {
        self.cargo.manifest_path.as_std_path()
    }

    pub(super) fn folder(&self) -> &'a Path {
        self.manifest().parent().unwrap_or(Path::new("."))
    }

    pub(super) fn targets(&self) -> &'a [Target] {
        &self.cargo.targets
    }

    /// Returns the library, if other crates can link it.
    pub(super) fn linkable_library(&self) -> Option<&'a Target> {
        self.targets().iter().find(|target| {
            let links = |kind: &TargetKind| {
                use TargetKind::{DyLib, Lib, ProcMacro, RLib};
                matches!(kind, Lib | RLib | DyLib | ProcMacro)
            };
            target.kind.iter().any(links)
        })
    }

    /// Returns the crate whose unit tests can hold budgets, where no test file can link anything of the package: a
    /// library for other languages, or a program.
    pub(super) fn root(&self) -> Option<&'a Target> {
        let is_program = |target: &&Target| target.is_bin();
        let programs = || self.targets().iter().filter(is_program);
        self.linkable_library()
            .or_else(|| self.targets().iter().find(|target| is_library(target)))
            .or_else(|| programs().find(|target| target.name == self.name()))
            .or_else(|| programs().next())
    }

    /// Returns `true` if its tests can name `tripline`.
    pub(super) fn has_tripline(&self) -> bool {
        let usable = |dependency: &Dependency| {
            dependency.name == "tripline"
                && dependency.rename.is_none()
                && dependency.target.is_none()
                && !dependency.optional
                && dependency.kind != DependencyKind::Build
        };
        self.cargo.dependencies.iter().any(usable)
    }

    pub(super) fn depends_on(&self, name: &str) -> bool {
        self.cargo.dependencies.iter().any(|dependency| dependency.name == name)
    }

    /// Returns the folder that version control begins at, or else the workspace's.
    pub(super) fn repository(&self) -> PathBuf {
        let tops = self.workspace.ancestors();
        let top = tops.into_iter().find(|folder| folder.join(".git").exists());
        top.unwrap_or(self.workspace).to_owned()
    }

    /// Returns the text of the target's root file.
    pub(super) fn read(target: &Target) -> anyhow::Result<String> {
        fs::read_to_string(&target.src_path)
            .with_context(|| format!("failed to read {}", target.src_path))
    }
}

/// Returns `true` if it is a library of any kind.
pub(super) fn is_library(target: &Target) -> bool {
    let library = |kind: &TargetKind| {
        use TargetKind::{CDyLib, DyLib, Lib, ProcMacro, RLib, StaticLib};
        matches!(kind, Lib | RLib | DyLib | CDyLib | StaticLib | ProcMacro)
    };
    target.kind.iter().any(library)
}

/// Returns the Cargo.toml that cargo would use.
fn nearest_manifest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let manifest =
        here.ancestors().map(|folder| folder.join("Cargo.toml")).find(|path| path.is_file());
    fs::canonicalize(manifest?).ok()
}
