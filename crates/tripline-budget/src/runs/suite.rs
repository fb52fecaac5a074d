//! `suite.json`: what a test binary holds, known without running a workload.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::protocol::file_names;
use crate::runs::Ruler;
use crate::runs::file_format::published;

/// `suite.json`: what a test binary holds, known without running a workload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuiteDescription {
    pub schema: u32,
    /// The run that wrote this.
    pub run: String,
    pub suite: String,
    /// The process that started the test binary, if it is known; no other has the same.
    pub starter: Option<String>,
    /// The commit of the checkout it was built in, by [`commit_of`](crate::commit_of).
    pub commit: Option<String>,
    /// The Cargo package and, within it, the target that hold the suite.
    pub package: String,
    pub target: CargoTarget,
    /// The place of `suite!`.
    pub file: String,
    pub line: u32,
    /// The folder whose files budget this suite, if there is one.
    pub budgets: Option<String>,
    /// Every captured cfg as Cargo writes it, `!` before those that are off.
    pub cfgs: Vec<String>,
    pub ruler: Ruler,
    pub workloads: Vec<WorkloadDescription>,
    pub types: Vec<TypeLayout>,
}

/// A target of a Cargo package, as Cargo's options name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CargoTarget {
    Lib,
    Bin(String),
    /// An integration test, by crate name, in which hyphens are underscores.
    Test(String),
}

/// A workload that the test binary holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkloadDescription {
    pub workload: String,
    /// The test's path as the test harness spells it: `workload` with the marks of raw identifiers.
    pub test: String,
    pub file: String,
    pub line: u32,
    pub ignored: bool,
}

/// A type's layout as the compiler chose it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeLayout {
    /// As written in `sizes!`, white space normalised.
    pub name: String,
    pub size: u64,
    pub align: u64,
    pub file: String,
    pub line: u32,
}

published!(SuiteDescription, SUITE);

impl SuiteDescription {
    /// Returns the file of this description below the folder of all suites.
    ///
    /// It has the target in its path: two suites of one name must not write over each other.
    #[must_use]
    pub fn place(&self) -> PathBuf {
        let target = match &self.target {
            CargoTarget::Lib => "lib".to_owned(),
            CargoTarget::Bin(name) => format!("bin.{name}"),
            CargoTarget::Test(name) => format!("test.{name}"),
        };
        Path::new(&self.suite).join(format!("{}.{target}", self.package)).join(file_names::SUITE)
    }
}

impl SuiteDescription {
    /// Returns `true` if the budgets of `other` lie beside those of this suite, in the same checkout.
    #[must_use]
    pub fn is_beside(&self, other: &Self) -> bool {
        let folder = |suite: &Self| {
            suite.budgets.as_ref().map(|it| Path::new(it).parent().map(Path::to_owned))
        };
        folder(self) == folder(other)
    }
}

impl fmt::Display for CargoTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lib => f.write_str("library"),
            Self::Bin(name) => write!(f, "binary `{name}`"),
            Self::Test(name) => write!(f, "test target `{name}`"),
        }
    }
}
