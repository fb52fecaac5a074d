//! The command line of `init`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::workspace::{CargoArgs, Project};

/// The package to set up, and the files to write.
#[derive(Args, Clone, Debug)]
pub struct InitArgs {
    /// Depends on tripline at this path, not on the version of this tool.
    #[arg(long, value_name = "PATH")]
    pub(super) path: Option<PathBuf>,

    /// Writes a job that holds the budgets in CI: a workflow for GitHub; GitLab's is printed.
    #[arg(long, value_name = "SERVICE")]
    pub(super) ci: Option<Ci>,

    /// Adds to `[profile.dev]` the lines that call sites and layouts need.
    #[arg(long)]
    pub(super) with_profile: bool,

    /// Writes the suite among the crate's unit tests, where private types and functions can be measured.
    #[arg(long)]
    pub(super) unit: bool,

    /// Overwrites a file that is in the way, and goes on where the package had better be changed first.
    #[arg(long)]
    pub(super) force: bool,

    /// Answers every question with its default, which is no.
    #[arg(short, long)]
    pub(super) yes: bool,

    /// Writes nothing: prints every file as a patch.
    #[arg(long)]
    pub(super) dry_run: bool,

    /// The package to set up, if it is not the folder's own.
    #[arg(short, long, value_name = "NAME", help_heading = CARGO)]
    pub(super) package: Option<String>,

    /// The package's or its workspace's Cargo.toml.
    #[arg(long, value_name = "PATH", help_heading = CARGO)]
    pub(super) manifest_path: Option<PathBuf>,

    /// The folder to build in.
    #[arg(long, value_name = "DIRECTORY", help_heading = CARGO)]
    pub(super) target_dir: Option<PathBuf>,

    /// Features to switch on, separated by commas or spaces.
    #[arg(short = 'F', long, value_name = "FEATURES", help_heading = CARGO)]
    features: Vec<String>,

    /// Switches every feature on.
    #[arg(long, help_heading = CARGO)]
    all_features: bool,

    /// Leaves the default features off.
    #[arg(long, help_heading = CARGO)]
    no_default_features: bool,
}

const CARGO: &str = "Cargo's own options";

/// The service that also holds the budgets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Ci {
    Github,
    Gitlab,
}

impl InitArgs {
    /// Returns the options to find the package with.
    pub(super) fn cargo(&self) -> CargoArgs {
        CargoArgs {
            manifest_path: self.manifest_path.clone(),
            target_dir: self.target_dir.clone(),
            packages: Vec::new(),
            workspace: false,
            exclude: Vec::new(),
            features: self.features.clone(),
            all_features: self.all_features,
            no_default_features: self.no_default_features,
            profile: None,
        }
    }

    /// Returns the options to record `package` with: those of a plain `cargo test` in the workspace's folder, whose
    /// packages decide the figures, or the package's own where that builds others.
    pub(super) fn recording(&self, root: &Path, package: &str) -> anyhow::Result<CargoArgs> {
        let plain = CargoArgs { manifest_path: Some(root.join("Cargo.toml")), ..self.cargo() };
        let packages = match Project::load(&plain)?.builds_by_default(package) {
            true => Vec::new(),
            false => vec![package.to_owned()],
        };
        Ok(CargoArgs { packages, ..plain })
    }

    /// Returns the options of another `init` of the same package, with a space before each.
    pub(super) fn typed(&self) -> String {
        let packages = self.package.iter().cloned().collect();
        CargoArgs { packages, ..self.cargo() }.typed()
    }

    /// Returns the options of commands that build as `recording` did, with a space before each. The manifest is named
    /// where one was.
    pub(super) fn typed_for(&self, recording: &CargoArgs) -> String {
        let here = std::env::current_dir().unwrap_or_default();
        let shown = |path: &PathBuf| path.strip_prefix(&here).unwrap_or(path).to_owned();
        let manifest_path = self.manifest_path.as_ref().and(recording.manifest_path.as_ref());
        CargoArgs { manifest_path: manifest_path.map(shown), ..recording.clone() }.typed()
    }
}
