//! Finds what keeps a package from having budgets although they would build here, before anything is written.
//!
//! Deliberately absent: what only the compiler can know, such as a second allocator.

use anyhow::bail;
use cargo_metadata::semver::Version;

use crate::commands::init::consent::Consent;
use crate::commands::init::package::Package;
use crate::commands::init::planned_files::PlannedFiles;
use crate::repository::Git;

/// The oldest Rust that tripline's libraries declare.
const OLDEST_RUST: Version = Version::new(1, 88, 0);

/// Refuses the package unless a person, or `--force`, goes on all the same.
pub(super) fn refuse(
    package: Package<'_>,
    files: &PlannedFiles,
    consent: Consent,
) -> anyhow::Result<()> {
    let found: Vec<String> =
        [older_rust(package, files), ignored_lock(package, files)].into_iter().flatten().collect();
    if found.is_empty() || consent.to_go_on(&found.join("\n\n"))? {
        return Ok(());
    }
    bail!("{}\n\n--force goes on all the same; nothing was written", found.join("\n\n"))
}

/// Returns what to do if the package promises to build with a Rust that tripline does not build with.
fn older_rust(package: Package<'_>, files: &PlannedFiles) -> Option<String> {
    let declared = package.rust_version().filter(|declared| **declared < OLDEST_RUST)?;
    let (manifest, name) = (files.shown(package.manifest()), package.name());
    let [declared, oldest] =
        [declared, &OLDEST_RUST].map(|version| format!("{}.{}", version.major, version.minor));
    Some(format!(
        "{manifest} says `rust-version = \"{declared}\"`, and tripline needs Rust {oldest}: with {declared} \
         the tests of `{name}` would no longer build\n  \
         raise it to {oldest}; or give the budgets a package of their own in the workspace, which depends \
         on `{name}`\n  and which a job with Rust {declared} leaves out by `--exclude`; or go on, if no job \
         builds tests with it"
    ))
}

/// Returns what to do if the versions that figures depend on stay out of the repository.
fn ignored_lock(package: Package<'_>, files: &PlannedFiles) -> Option<String> {
    // Without git, or outside of a repository, there is nothing that ignores it.
    let rule = Git::open(package.workspace).and_then(|git| git.ignoring("Cargo.lock")).ok()??;
    let file = files.shown(&package.workspace.join(rule.file));
    Some(format!(
        "{file}:{} keeps Cargo.lock out of the repository: budgets are figures of one set of versions, and \
         another checkout would resolve others\n  \
         take the line out and commit Cargo.lock; or go on, if every checkout is to have figures of its own",
        rule.line
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_rust_is_what_the_libraries_declare() {
        let manifest = include_str!("../../../../../Cargo.toml");
        let declared =
            format!("\nrust-version = \"{}.{}\"\n", OLDEST_RUST.major, OLDEST_RUST.minor);
        assert!(manifest.contains(&declared), "{declared}");
    }
}
