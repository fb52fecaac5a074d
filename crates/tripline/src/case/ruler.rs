//! The ruler: toolchain, target, profile, features, allocator and dependencies that this binary measures with; and every
//! cfg that a budget's `when` may ask for.

use std::path::Path;
use std::sync::OnceLock;

use tripline_budget::{BuildProfile, Cfgs, Dependencies, Ruler};

use crate::case::built_features;
use crate::case::registry::Suite;
use crate::error::NotJudged;

/// Returns the ruler: what was captured when tripline and the suite were compiled, and the lock file of `workspace`.
/// `allocator` names what this process takes its memory from, where the suite does not.
pub(crate) fn ruler(suite: &Suite, workspace: &Path, allocator: &str) -> Ruler {
    let profile = BuildProfile {
        opt_level: suite.opt_level.map(str::to_owned),
        debug_assertions: suite.debug_assertions,
    };
    Ruler {
        rustc: env!("TRIPLINE_RUSTC").to_owned(),
        target: env!("TRIPLINE_TARGET").to_owned(),
        profile: profile.to_string(),
        features: features(suite),
        allocator: suite.allocator.unwrap_or(allocator).to_owned(),
        dependencies: dependencies(suite, workspace),
    }
}

fn features(suite: &Suite) -> String {
    let on: Vec<_> = suite.features.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
    if on.is_empty() { "none".to_owned() } else { on.join(", ") }
}

/// Returns the digest of the locked packages and of the features that they were built with. Nothing where tests run
/// without their sources; no features where they run without the folder that they were built in.
fn dependencies(suite: &Suite, workspace: &Path) -> String {
    static DIGEST: OnceLock<String> = OnceLock::new();
    let read = || {
        let lock = std::fs::read_to_string(workspace.join("Cargo.lock")).ok()?;
        let locked = Dependencies::of(&lock, suite.package)?.digest();
        Some(match built_features::of_this_binary(suite.package) {
            Some(built) => {
                let built = built.iter().map(|one| (one.name.as_str(), one.features.as_str()));
                locked.with_features(built)
            }
            None => locked,
        })
    };
    DIGEST.get_or_init(|| read().map_or_else(String::new, |digest| digest.to_string())).clone()
}

/// Returns the cfgs that a budget's `when` may ask for.
pub(crate) fn cfgs(suite: &Suite) -> Result<Cfgs, NotJudged> {
    Cfgs::parse(&captured_cfgs(suite)).map_err(NotJudged::Cfgs)
}

/// Returns every captured cfg as Cargo writes it; `!` marks those that are known and off.
pub(crate) fn captured_cfgs(suite: &Suite) -> Vec<String> {
    let flag = |name: String, on: bool| if on { name } else { format!("!{name}") };
    let target = env!("TRIPLINE_CFGS").split('\u{1f}').map(str::to_owned);
    let features = suite.features.iter().map(|(name, on)| flag(format!("feature=\"{name}\""), *on));
    target
        .chain([flag("debug_assertions".to_owned(), suite.debug_assertions)])
        .chain(features)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::process::Command;

    use super::captured_cfgs;
    use crate::case::registry::Suite;

    /// A suite as its own macro captures it, of another crate.
    fn suite(debug_assertions: bool) -> Suite {
        Suite {
            module: "sql::tripline_suite",
            name: None,
            package: "sql",
            file: "",
            mark: &[0; 32],
            line: 0,
            manifest_dir: "",
            bin: None,
            integration_test: true,
            debug_assertions,
            opt_level: None,
            allocator: None,
            features: &[("mvcc", true), ("fts", false)],
        }
    }

    fn is_the_suites(cfg: &str) -> bool {
        let name = cfg.trim_start_matches('!');
        name == "debug_assertions" || name.starts_with("feature=")
    }

    /// Flags of the whole build may add to what rustc prints without them.
    #[test]
    fn every_cfg_of_the_target_is_captured() -> std::io::Result<()> {
        let mut rustc = Command::new("rustc");
        rustc.args(["--print", "cfg", "--target", env!("TRIPLINE_TARGET")]);
        let printed = rustc.output()?.stdout;
        let printed = String::from_utf8_lossy(&printed);
        let printed: BTreeSet<&str> = printed.lines().filter(|cfg| !is_the_suites(cfg)).collect();
        let captured = captured_cfgs(&suite(true));
        let missing: Vec<_> =
            printed.iter().filter(|cfg| !captured.iter().any(|one| one == *cfg)).collect();
        assert!(printed.len() > 8, "rustc printed {printed:?}");
        assert!(missing.is_empty(), "{missing:?} of rustc's are not among {captured:?}");
        Ok(())
    }

    /// The build script itself, in an environment that is no text.
    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_no_text_stops_no_build() -> std::io::Result<()> {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;

        let dir = tempfile::tempdir()?;
        let script = dir.path().join("build");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/build.rs");
        let mut rustc = Command::new("rustc");
        rustc.args(["--edition=2024", source, "-o"]).arg(&script);
        assert!(rustc.status()?.success());
        let none = OsStr::from_bytes(b"\xa3");
        let mut script = Command::new(script);
        script.current_dir(dir.path()).env("BAD", none).env(none, "").env("TARGET", none);
        let output = script.env("RUSTC", "rustc").env("CARGO_CFG_UNIX", "").output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(
            said.contains("cargo::rustc-env=TRIPLINE_CFGS=") && said.contains("unix"),
            "{said}"
        );
        Ok(())
    }

    #[test]
    fn debug_assertions_and_features_are_the_suites() {
        for (on, expected) in [(true, "debug_assertions"), (false, "!debug_assertions")] {
            let captured = captured_cfgs(&suite(on));
            let own: Vec<_> = captured.iter().filter(|cfg| is_the_suites(cfg)).collect();
            assert_eq!(own, [expected, "feature=\"mvcc\"", "!feature=\"fts\""]);
        }
    }
}
