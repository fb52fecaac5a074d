//! What something was built with.

use std::process::Command;

use anyhow::{Context as _, ensure};
use cargo_tripline::run;

/// The compiler's version and target.
pub(crate) fn rustc() -> anyhow::Result<(String, String)> {
    let finished = run(Command::new("rustc").arg("-vV"))?;
    ensure!(finished.success, "`rustc -vV` failed");
    let line = |name: &str| {
        let found = finished.stdout.lines().find_map(|line| line.strip_prefix(name));
        found.map(str::to_owned).with_context(|| format!("`rustc -vV` names no `{name}`"))
    };
    Ok((line("release: ")?, line("host: ")?))
}

/// A package's version by `Cargo.lock`, which puts it right after the name.
pub(crate) fn locked(lock: &str, name: &str) -> anyhow::Result<String> {
    let after = lock.split_once(&format!("name = \"{name}\"\nversion = \""));
    let version = after.and_then(|(_, after)| after.split_once('"'));
    Ok(version.with_context(|| format!("Cargo.lock has no `{name}`"))?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_the_lock() {
        let lock = "[[package]]\nname = \"turso_core\"\nversion = \"1\"\n\n[[package]]\nname = \"turso\"\nversion = \"0.8.3\"\n";
        assert_eq!(locked(lock, "turso").unwrap(), "0.8.3");
        assert_eq!(locked(lock, "dhat").unwrap_err().to_string(), "Cargo.lock has no `dhat`");
    }
}
