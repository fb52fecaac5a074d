//! The profile that this test was built with, so that a command which a failure prints builds the same.
//!
//! Cargo builds into a folder that has the profile's name. `dev` and `test`, which a plain command takes, have `debug`;
//! `bench` shares the folder of `release`, and most often its settings.
//!
//! Deliberately absent: the packages and features that cargo was asked for. No test is told them.

use std::path::Path;

/// Returns the name for `--profile`; `None` for a plain build, or where nobody knows.
pub(crate) fn built_profile() -> Option<String> {
    profile_of(&std::env::current_exe().ok()?).map(str::to_owned)
}

/// Returns the profile that cargo built `executable` with, if it lies where cargo puts tests: `<profile>/deps`.
fn profile_of(executable: &Path) -> Option<&str> {
    let deps = executable.parent().filter(|folder| folder.ends_with("deps"))?;
    let profile = deps.parent()?.file_name()?.to_str()?;
    (profile != "debug").then_some(profile)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_has_the_profiles_name_unless_it_is_the_plain_one() {
        for (executable, profile) in [
            ("/p/target/debug/deps/sql-0123", None),
            ("/p/target/i686-unknown-linux-musl/debug/deps/sql-0123", None),
            ("/p/target/release/deps/sql-0123", Some("release")),
            ("/p/target/i686-unknown-linux-musl/release/deps/sql-0123", Some("release")),
            ("/my target/ci-small/deps/sql-0123", Some("ci-small")),
            // Copied out of the folder: nobody knows.
            ("/release/sql-0123", None),
            ("/deps/sql-0123", None),
            ("sql-0123", None),
        ] {
            assert_eq!(profile_of(executable.as_ref()), profile, "{executable}");
        }
    }
}
