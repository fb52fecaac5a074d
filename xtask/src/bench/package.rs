//! `crates/bench`, built in release mode.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use cargo_tripline::{Step, run};
use serde_json::Value;

/// The executables that were built, by the names of their targets.
#[derive(Debug)]
pub(super) struct Package {
    executables: BTreeMap<String, PathBuf>,
    /// Where cargo puts what it builds.
    pub(super) target: PathBuf,
}

impl Package {
    /// Builds the package in `folder`, of its targets those that `which` selects as cargo's own flags do.
    pub(super) fn build(folder: &Path, which: &[&str]) -> anyhow::Result<Self> {
        let _step = Step::begin("building crates/bench: the first time takes minutes".to_owned());
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(folder).args(["build", "--release", "--locked"]).args(which);
        command.arg("--message-format=json-render-diagnostics");
        let built = run(&mut command)?;
        ensure!(built.success, "crates/bench does not build\n\n{}", built.stderr.trim_end());
        Self::read_messages(&built.stdout)
    }

    fn read_messages(messages: &str) -> anyhow::Result<Self> {
        let mut executables = BTreeMap::new();
        for line in messages.lines().filter(|line| line.starts_with('{')) {
            let message: Value = serde_json::from_str(line).context("cargo said no JSON")?;
            let name = message["target"]["name"].as_str();
            if let Some((name, path)) = name.zip(message["executable"].as_str()) {
                executables.insert(name.to_owned(), PathBuf::from(path));
            }
        }
        // An executable stands in `<target>/release`.
        let target = executables.values().next().and_then(|path| path.ancestors().nth(2));
        let target = target.context("cargo built nothing that can be run")?.to_owned();
        Ok(Self { executables, target })
    }

    pub(super) fn executable(&self, name: &str) -> anyhow::Result<&Path> {
        let found = self.executables.get(name);
        Ok(found.with_context(|| format!("crates/bench has no target `{name}`"))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn executables_are_found_by_name() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"lib"},"executable":null}
{"reason":"compiler-artifact","target":{"name":"cap"},"executable":"/t/release/cap"}
{"reason":"build-finished","success":true}"#;
        let package = Package::read_messages(messages).unwrap();
        assert_eq!(package.executable("cap").unwrap(), Path::new("/t/release/cap"));
        assert_eq!(package.target, Path::new("/t"));
        let error = package.executable("dhat").unwrap_err();
        assert_eq!(error.to_string(), "crates/bench has no target `dhat`");
        assert!(Package::read_messages("").is_err());
    }
}
