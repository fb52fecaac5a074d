//! Versions of what a benchmark was built with, and the machine's cores.

use std::num::NonZero;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, ensure};
use cargo_tripline::run;

/// The compiler that `cargo` uses.
#[derive(Debug)]
pub(crate) struct Compiler {
    pub(crate) release: String,
    /// The target triple that it builds for.
    pub(crate) host: String,
}

impl Compiler {
    /// Asks `rustc` for its version.
    pub(crate) fn installed() -> anyhow::Result<Self> {
        let finished = run(Command::new("rustc").arg("-vV"))?;
        ensure!(finished.success, "`rustc -vV` failed");
        let field = |name: &str| {
            let value = finished.stdout.lines().find_map(|line| line.strip_prefix(name));
            value.map(str::to_owned).with_context(|| format!("`rustc -vV` names no `{name}`"))
        };
        Ok(Self { release: field("release: ")?, host: field("host: ")? })
    }
}

/// Returns the number of cores as text.
pub(crate) fn cores() -> String {
    std::thread::available_parallelism().map_or(1, NonZero::get).to_string()
}

/// The text of a `Cargo.lock`.
#[derive(Debug)]
pub(crate) struct CargoLock(String);

impl CargoLock {
    /// Reads the `Cargo.lock` of the workspace in `folder`.
    pub(crate) fn load(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("Cargo.lock");
        let text = std::fs::read_to_string(&path);
        Ok(Self(text.with_context(|| format!("failed to read {}", path.display()))?))
    }

    /// Returns a package's version. The file has it right after the name.
    pub(crate) fn version(&self, name: &str) -> anyhow::Result<String> {
        let after = self.0.split_once(&format!("name = \"{name}\"\nversion = \""));
        let version = after.and_then(|(_, after)| after.split_once('"'));
        Ok(version.with_context(|| format!("Cargo.lock has no `{name}`"))?.0.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_the_lock() {
        let lock = CargoLock("[[package]]\nname = \"turso_core\"\nversion = \"1\"\n\n[[package]]\nname = \"turso\"\nversion = \"0.8.3\"\n".to_owned());
        assert_eq!(lock.version("turso").unwrap(), "0.8.3");
        assert_eq!(lock.version("dhat").unwrap_err().to_string(), "Cargo.lock has no `dhat`");
    }
}
