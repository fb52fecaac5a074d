//! A test executable that cargo has built.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use cargo_metadata::{Artifact, Message, Package, TargetKind};
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
        format!("{} of package `{}`", self.target, self.package)
    }

    /// Returns `true` if `suite` stands in it.
    #[must_use]
    pub fn holds(&self, suite: &SuiteDescription) -> bool {
        self.package == suite.package && self.target == suite.target
    }
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
    let name = artifact.target.name.as_str();
    let test = || CargoTarget::Test(name.replace('-', "_"));
    let named = |option: &str| vec![option.to_owned(), name.to_owned()];
    let (target, options) = match artifact.target.kind.first()? {
        TargetKind::Bin => (CargoTarget::Bin(name.to_owned()), named("--bin")),
        TargetKind::Example => (CargoTarget::Bin(name.to_owned()), named("--example")),
        TargetKind::Test => (test(), named("--test")),
        TargetKind::Bench => (test(), named("--bench")),
        _ => (CargoTarget::Lib, vec!["--lib".to_owned()]),
    };
    Some(Binary {
        executable: executable.clone().into_std_path_buf(),
        folder: package.manifest_path.parent().map_or(Path::new("."), AsRef::as_ref).to_owned(),
        package: package.name.to_string(),
        target,
        options,
    })
}

#[cfg(test)]
impl Binary {
    pub(super) fn of_test(name: &str, package: &str, executable: &Path) -> Self {
        Self {
            executable: executable.to_owned(),
            folder: PathBuf::new(),
            package: package.to_owned(),
            target: CargoTarget::Test(name.to_owned()),
            options: vec!["--test".to_owned(), name.to_owned()],
        }
    }
}
