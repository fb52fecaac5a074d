//! A test executable that cargo has built.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use cargo_metadata::{Artifact, Message, Package, Target, TargetKind};
use tripline_budget::{CargoTarget, SuiteDescription};

/// A test executable, and the target it was built from.
#[derive(Clone, Debug)]
pub struct Binary {
    pub executable: PathBuf,
    /// The package's folder, in which cargo would run it.
    pub folder: PathBuf,
    package: String,
    target: CargoTarget,
    /// The options by which `cargo test` chooses it.
    options: Vec<String>,
}

impl Binary {
    /// Returns `true` if it is the test target `name`, by crate name.
    #[must_use]
    pub fn is_test(&self, name: &str) -> bool {
        self.target == CargoTarget::Test(name.to_owned())
    }

    /// Returns the options by which `cargo test` chooses it, and every target of the same kind and name.
    pub(super) fn options(&self) -> &[String] {
        &self.options
    }

    /// Returns the name of its package.
    pub(super) fn package(&self) -> &str {
        &self.package
    }

    /// Returns its target and package, as a person calls them.
    pub(super) fn shown(&self) -> String {
        shown(&self.target, &self.package)
    }

    /// Returns `true` if `suite` stands in it.
    #[must_use]
    pub fn holds(&self, suite: &SuiteDescription) -> bool {
        self.package == suite.package && self.target == suite.target
    }
}

/// Returns a target and its package, as a person calls them.
pub(super) fn shown(target: &CargoTarget, package: &str) -> String {
    format!("{target} of package `{package}`")
}

/// Returns the test executables in cargo's messages.
pub(crate) fn read(messages: &str, packages: &[Package]) -> anyhow::Result<Vec<Binary>> {
    let mut binaries = Vec::new();
    for message in Message::parse_stream(messages.as_bytes()) {
        let message = message.context("failed to read what cargo built")?;
        if let Message::CompilerArtifact(artifact) = message {
            binaries.extend(binary(&artifact, packages));
        }
    }
    Ok(binaries)
}

fn binary(artifact: &Artifact, packages: &[Package]) -> Option<Binary> {
    let executable = artifact.executable.as_ref().filter(|_| artifact.profile.test)?;
    let package = packages.iter().find(|package| package.id == artifact.package_id)?;
    let (target, options) = chosen(&artifact.target)?;
    Some(Binary {
        executable: executable.clone().into_std_path_buf(),
        folder: package.manifest_path.parent().map_or(Path::new("."), AsRef::as_ref).to_owned(),
        package: package.name.to_string(),
        target,
        options,
    })
}

/// Returns a target as a test, and the options by which `cargo test` chooses it, and every target of the same kind and
/// name.
pub(super) fn chosen(target: &Target) -> Option<(CargoTarget, Vec<String>)> {
    let name = target.name.as_str();
    let test = || CargoTarget::Test(name.replace('-', "_"));
    let named = |option: &str| vec![option.to_owned(), name.to_owned()];
    match target.kind.first()? {
        TargetKind::Bin => Some((CargoTarget::Bin(name.to_owned()), named("--bin"))),
        TargetKind::Example => Some((CargoTarget::Bin(name.to_owned()), named("--example"))),
        TargetKind::Test => Some((test(), named("--test"))),
        TargetKind::Bench => Some((test(), named("--bench"))),
        TargetKind::CustomBuild => None,
        _ => Some((CargoTarget::Lib, vec!["--lib".to_owned()])),
    }
}

#[cfg(test)]
impl Binary {
    pub(super) fn of_test(name: &str, package: &str, executable: &Path) -> Self {
        let options = vec!["--test".to_owned(), name.to_owned()];
        Self::of(CargoTarget::Test(name.to_owned()), package, options, executable)
    }

    pub(super) fn of_library(package: &str) -> Self {
        Self::of(CargoTarget::Lib, package, vec!["--lib".to_owned()], Path::new(""))
    }

    fn of(target: CargoTarget, package: &str, options: Vec<String>, executable: &Path) -> Self {
        let executable = executable.to_owned();
        let package = package.to_owned();
        Self { executable, folder: PathBuf::new(), package, target, options }
    }
}
