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
}

impl Binary {
    /// Returns `true` if it is the test target `name`, by crate name.
    #[must_use]
    pub fn is_test(&self, name: &str) -> bool {
        self.target == CargoTarget::Test(name.to_owned())
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
    let crate_name = || artifact.target.name.replace('-', "_");
    let target = match artifact.target.kind.first()? {
        TargetKind::Bin => CargoTarget::Bin(artifact.target.name.clone()),
        TargetKind::Test | TargetKind::Bench => CargoTarget::Test(crate_name()),
        _ => CargoTarget::Lib,
    };
    Some(Binary {
        executable: executable.clone().into_std_path_buf(),
        folder: package.manifest_path.parent().map_or(Path::new("."), AsRef::as_ref).to_owned(),
        package: package.name.to_string(),
        target,
    })
}
