//! Cargo's own options, passed on as they are.

use std::path::PathBuf;

use clap::Args;

/// The packages to build, and how.
///
/// They are the same in every call: with other packages or features cargo would choose other features for shared
/// dependencies, and the figures would not be those of `cargo test`.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Cargo's own options")]
pub struct CargoArgs {
    /// The workspace's or package's Cargo.toml.
    #[arg(long, value_name = "PATH")]
    pub manifest_path: Option<PathBuf>,

    /// The folder to build in.
    #[arg(long, value_name = "DIRECTORY")]
    pub target_dir: Option<PathBuf>,

    /// Builds only this package, not what `cargo test` builds here. May be given more than once.
    #[arg(short, long = "package", value_name = "SPEC")]
    pub packages: Vec<String>,

    /// Builds every package of the workspace.
    #[arg(long)]
    pub workspace: bool,

    /// Leaves this package of the workspace out. May be given more than once.
    #[arg(long, value_name = "SPEC", requires = "workspace")]
    pub exclude: Vec<String>,

    /// Features to switch on, separated by commas or spaces.
    #[arg(short = 'F', long, value_name = "FEATURES")]
    pub features: Vec<String>,

    /// Switches every feature on.
    #[arg(long)]
    pub all_features: bool,

    /// Leaves the default features off.
    #[arg(long)]
    pub no_default_features: bool,

    /// The profile to build with.
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
}

impl CargoArgs {
    /// Appends the options to a `cargo test`.
    pub(crate) fn append_to(&self, command: &mut std::process::Command) {
        if let Some(path) = &self.manifest_path {
            command.arg("--manifest-path").arg(path);
        }
        if let Some(folder) = &self.target_dir {
            command.arg("--target-dir").arg(folder);
        }
        for package in &self.packages {
            command.args(["--package", package]);
        }
        if self.workspace {
            command.arg("--workspace");
        }
        for package in &self.exclude {
            command.args(["--exclude", package]);
        }
        for features in &self.features {
            command.args(["--features", features]);
        }
        if self.all_features {
            command.arg("--all-features");
        }
        if self.no_default_features {
            command.arg("--no-default-features");
        }
        if let Some(profile) = &self.profile {
            command.args(["--profile", profile]);
        }
    }
}
