//! Cargo's own options, passed on as they are: to cargo, and to the commands that are advised.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use clap::Args;
use tripline_budget::shell_word;

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
    pub(crate) fn append_to(&self, command: &mut Command) {
        command.args(self.words());
    }

    /// Returns the options as a person types them behind a command, with a space before each.
    pub(crate) fn typed(&self) -> String {
        let words = self.words().into_iter();
        words.map(|word| format!(" {}", shell_word(&word.to_string_lossy()))).collect()
    }

    fn words(&self) -> Vec<&OsStr> {
        let mut words: Vec<&OsStr> = Vec::new();
        if let Some(path) = &self.manifest_path {
            words.extend([OsStr::new("--manifest-path"), path.as_os_str()]);
        }
        if let Some(folder) = &self.target_dir {
            words.extend([OsStr::new("--target-dir"), folder.as_os_str()]);
        }
        words.extend(named("--package", &self.packages));
        words.extend(self.workspace.then_some(OsStr::new("--workspace")));
        words.extend(named("--exclude", &self.exclude));
        words.extend(named("--features", &self.features));
        words.extend(self.all_features.then_some(OsStr::new("--all-features")));
        words.extend(self.no_default_features.then_some(OsStr::new("--no-default-features")));
        words.extend(named("--profile", self.profile.as_slice()));
        words
    }
}

/// Returns each value behind the option's name.
fn named<'a>(name: &'a str, values: &'a [String]) -> impl Iterator<Item = &'a OsStr> {
    values.iter().flat_map(move |value| [OsStr::new(name), OsStr::new(value)])
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        cargo: CargoArgs,
    }

    /// Every option is typed as it was given, and a shell and clap read the same again.
    #[test]
    fn what_is_typed_is_what_was_given() {
        for (given, typed) in [
            (vec![], ""),
            (vec!["--profile", "release"], " --profile release"),
            (vec!["-p", "a", "-p", "b@0.1.0"], " --package a --package b@0.1.0"),
            (vec!["--workspace", "--exclude", "a"], " --workspace --exclude a"),
            (vec!["-F", "a b", "--features=c,d"], " --features 'a b' --features c,d"),
            (vec!["--all-features"], " --all-features"),
            (vec!["--no-default-features"], " --no-default-features"),
            (
                vec!["--manifest-path", "my crate/Cargo.toml", "--target-dir", "it's"],
                " --manifest-path 'my crate/Cargo.toml' --target-dir 'it'\\''s'",
            ),
        ] {
            let parse = |words: &[&str]| Line::parse_from([&["tool"], words].concat()).cargo;
            let cargo = parse(&given);
            assert_eq!(cargo.typed(), typed);
            let again: Vec<_> = cargo.words().iter().filter_map(|word| word.to_str()).collect();
            assert_eq!(parse(&again).typed(), typed);
        }
    }
}
