//! Builds packages with cargo, and finds the executables.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use cargo_tripline::run;
use serde_json::Value;

/// The executables of one build, by the names of their targets.
#[derive(Debug)]
pub(crate) struct CargoBuild {
    executables: BTreeMap<String, BuiltExecutable>,
}

/// An executable, and how it was built.
#[derive(Debug)]
pub(crate) struct BuiltExecutable {
    pub(crate) path: PathBuf,
    /// The profile's `opt-level`.
    pub(crate) opt_level: String,
}

impl CargoBuild {
    /// Runs `cargo build` in `folder`.
    pub(crate) fn run(folder: &Path, arguments: &[&str]) -> anyhow::Result<Self> {
        let mut command = cargo();
        command.current_dir(folder).arg("build").args(arguments);
        command.arg("--message-format=json-render-diagnostics");
        let built = run(&mut command)?;
        let stderr = built.stderr.trim_end();
        ensure!(built.success, "{} does not build\n\n{stderr}", folder.display());
        Self::read_messages(&built.stdout)
    }

    fn read_messages(messages: &str) -> anyhow::Result<Self> {
        let mut executables = BTreeMap::new();
        for line in messages.lines().filter(|line| line.starts_with('{')) {
            let message: Value = serde_json::from_str(line).context("cargo printed no JSON")?;
            let name = message["target"]["name"].as_str();
            if let Some((name, path)) = name.zip(message["executable"].as_str()) {
                let opt_level = message["profile"]["opt_level"].as_str().unwrap_or_default();
                let built = BuiltExecutable { path: path.into(), opt_level: opt_level.to_owned() };
                executables.insert(name.to_owned(), built);
            }
        }
        Ok(Self { executables })
    }

    /// Returns the executable of a target.
    pub(crate) fn executable(&self, name: &str) -> anyhow::Result<&BuiltExecutable> {
        self.executables.get(name).with_context(|| format!("cargo built no `{name}`"))
    }

    /// Returns cargo's target folder. Executables of the release profile stand in its `release`, or one
    /// folder below.
    pub(crate) fn target_folder(&self) -> anyhow::Result<&Path> {
        let mut paths = self.executables.values().flat_map(|built| built.path.ancestors());
        let release = paths.find(|path| path.ends_with("release"));
        release.and_then(Path::parent).context("cargo built no executable")
    }
}

/// Returns a command that starts cargo: the one that runs xtask, if any.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGES: &str = r#"{"reason":"compiler-artifact","target":{"name":"lib"},"profile":{"opt_level":"0"},"executable":null}
{"reason":"compiler-artifact","target":{"name":"cap"},"profile":{"opt_level":"3"},"executable":"/t/release/cap"}
{"reason":"build-finished","success":true}"#;

    #[test]
    fn executables_are_found_by_name() {
        let build = CargoBuild::read_messages(MESSAGES).unwrap();
        let executable = build.executable("cap").unwrap();
        assert_eq!(executable.path, Path::new("/t/release/cap"));
        assert_eq!(executable.opt_level, "3");
        let error = build.executable("lib").unwrap_err();
        assert_eq!(error.to_string(), "cargo built no `lib`");
    }

    #[test]
    fn the_target_folder_is_where_executables_are() {
        let folder = |messages| {
            let build = CargoBuild::read_messages(messages).unwrap();
            build.target_folder().map(Path::to_owned)
        };
        assert_eq!(folder(MESSAGES).unwrap(), Path::new("/t"));
        let in_deps = MESSAGES.replace("release/cap", "release/deps/cap-0");
        assert_eq!(folder(&in_deps).unwrap(), Path::new("/t"));
        assert_eq!(folder("").unwrap_err().to_string(), "cargo built no executable");
    }
}
