//! The environment of a workload: the same under `cargo test`, under nextest, for the tool and for each instrument.
//!
//! A region that reads its variables, or hands them to a process, allocates as many bytes as they have. So a workload
//! sees a stated list of variables: some always of one value, those that programs need as they are, those that its
//! budget passes, and no others. `docs/src/environment.md` states the list.
//!
//! Deliberately absent: the variables of the judge and of the scribe, which run no workload.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::error::UnseenVariables;

/// The variables with one value for every workload, beside the temporary folder's and tripline's own.
const CONSTANT: &[(&str, &str)] = &[
    // A backtrace or a log line allocates.
    ("RUST_BACKTRACE", "0"),
    ("RUST_LIB_BACKTRACE", "0"),
    ("RUST_LOG", "off"),
    ("TOKIO_WORKER_THREADS", "2"),
];

/// The variables that stay as they are, since programs need them.
const KEPT: &[&str] = &[
    // The person and the machine.
    "HOME",
    "PATH",
    "USER",
    "LOGNAME",
    "ComSpec",
    "PATHEXT",
    "SystemDrive",
    "SystemRoot",
    "windir",
    "APPDATA",
    "LOCALAPPDATA",
    "ProgramData",
    "USERNAME",
    "USERPROFILE",
    // Cargo and rustup, for a workload that starts them.
    "CARGO",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "RUSTUP_TOOLCHAIN",
    "RUST_MIN_STACK",
    // What Cargo says of the package.
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "OUT_DIR",
    // Coverage and sanitizers.
    "GCOV_PREFIX",
    "GCOV_PREFIX_STRIP",
    "LLVM_PROFILE_FILE",
    "LLVM_SYMBOLIZER_PATH",
    "ASAN_OPTIONS",
    "ASAN_SYMBOLIZER_PATH",
    "HWASAN_OPTIONS",
    "LSAN_OPTIONS",
    "MSAN_OPTIONS",
    "MSAN_SYMBOLIZER_PATH",
    "RTSAN_OPTIONS",
    "TSAN_OPTIONS",
    "UBSAN_OPTIONS",
];

/// The beginnings of names that stay: the loader's, the package's, and those of runners.
const KEPT_FAMILIES: &[&str] =
    &["LD_", "DYLD_", "CARGO_BIN_EXE_", "CARGO_PKG_", "QEMU_", "VALGRIND_", "WINE"];

/// The names by which Cargo always describes a package, though nextest leaves out what is empty.
const PACKAGE: &[&str] = &[
    "CARGO_PKG_AUTHORS",
    "CARGO_PKG_DESCRIPTION",
    "CARGO_PKG_HOMEPAGE",
    "CARGO_PKG_LICENSE",
    "CARGO_PKG_LICENSE_FILE",
    "CARGO_PKG_NAME",
    "CARGO_PKG_README",
    "CARGO_PKG_REPOSITORY",
    "CARGO_PKG_RUST_VERSION",
    "CARGO_PKG_VERSION",
    "CARGO_PKG_VERSION_MAJOR",
    "CARGO_PKG_VERSION_MINOR",
    "CARGO_PKG_VERSION_PATCH",
    "CARGO_PKG_VERSION_PRE",
];

/// The variables that name the temporary folder.
const TEMPORARY: &[&str] = if cfg!(windows) { &["TEMP", "TMP"] } else { &["TMPDIR"] };

/// Returns the variables that a workload sees, of those that its judge has. `passed` names the ones that its budget asks
/// for, which no rule here changes.
pub(crate) fn seen(
    judge: impl IntoIterator<Item = (OsString, OsString)>,
    passed: &[String],
    temporary: &OsStr,
) -> BTreeMap<OsString, OsString> {
    let judge: Vec<_> = judge.into_iter().collect();
    let is_passed = |name: &OsStr| passed.iter().any(|passed| is_same(name, passed));
    let kept = |name: &OsStr| {
        let is_of_family = |text: &str| KEPT_FAMILIES.iter().any(|start| text.starts_with(start));
        KEPT.iter().any(|kept| is_same(name, kept)) || name.to_str().is_some_and(is_of_family)
    };
    let mut seen: BTreeMap<_, _> = judge.iter().filter(|(name, _)| kept(name)).cloned().collect();
    complete_package(&mut seen);
    for (name, value) in CONSTANT {
        seen.insert(name.into(), value.into());
    }
    for name in TEMPORARY {
        seen.insert(name.into(), temporary.to_owned());
    }
    seen.extend(judge.into_iter().filter(|(name, _)| is_passed(name)));
    seen
}

/// Returns the variables of the judge's that a workload does not see and may have panicked for, by what it wrote.
pub(crate) fn unseen(
    judge: impl IntoIterator<Item = (OsString, OsString)>,
    passed: &[String],
    stderr: &[String],
) -> UnseenVariables {
    let judge: Vec<_> = judge.into_iter().collect();
    let seen = seen(judge.iter().cloned(), passed, OsStr::new(""));
    let is_named = |name: &String| stderr.iter().any(|line| words(line).any(|word| word == name));
    let unseen = judge.into_iter().map(|(name, _)| name).filter(|name| !seen.contains_key(name));
    let mut named: Vec<_> =
        unseen.filter_map(|name| name.into_string().ok()).filter(is_named).collect();
    named.sort();
    let is_missing = |line: &String| words(line).any(|word| word == MISSING);
    if !named.is_empty() {
        UnseenVariables::Named(named)
    } else if stderr.iter().any(is_missing) {
        UnseenVariables::Unnamed
    } else {
        UnseenVariables::None
    }
}

/// The name of [`std::env::VarError::NotPresent`], as a panic prints it.
const MISSING: &str = "NotPresent";

/// Splits a line where no variable's name goes on. One letter alone names nothing.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let parts = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    parts.filter(|word| word.len() > 1)
}

/// Adds what Cargo says of every package and nextest leaves out.
fn complete_package(seen: &mut BTreeMap<OsString, OsString>) {
    let Some(folder) = seen.get(OsStr::new("CARGO_MANIFEST_DIR")) else { return };
    let manifest = Path::new(folder).join("Cargo.toml").into_os_string();
    seen.entry("CARGO_MANIFEST_PATH".into()).or_insert(manifest);
    if seen.contains_key(OsStr::new("CARGO_PKG_NAME")) {
        for name in PACKAGE {
            seen.entry(name.into()).or_default();
        }
    }
}

/// Returns `true` if the system takes both for one name.
fn is_same(name: &OsStr, listed: &str) -> bool {
    if cfg!(windows) { name.eq_ignore_ascii_case(listed) } else { name == listed }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The variables that `cargo test` gives a test, as far as they matter here.
    const CARGO: &[(&str, &str)] = &[
        ("CARGO_BIN_EXE_tool", "/t/debug/tool"),
        ("CARGO_MANIFEST_DIR", "/p"),
        ("CARGO_MANIFEST_PATH", "/p/Cargo.toml"),
        ("CARGO_PKG_AUTHORS", ""),
        ("CARGO_PKG_NAME", "p"),
        ("CARGO_PKG_README", ""),
        ("HOME", "/home/me"),
        ("LD_LIBRARY_PATH", "/t/debug/deps"),
        ("LLVM_PROFILE_FILE", "/t/p.profraw"),
        ("PATH", "/bin"),
    ];

    fn seen(more: &[(&str, &str)], without: &[&str], passed: &[&str]) -> Vec<(String, String)> {
        let cargo = CARGO.iter().filter(|(name, _)| !without.contains(name));
        let judge = cargo.chain(more).map(|(name, value)| (name.into(), value.into()));
        let passed: Vec<_> = passed.iter().map(|&name| name.to_owned()).collect();
        let text = |text: OsString| text.into_string().expect("UTF-8");
        let seen = super::seen(judge, &passed, "/tmp/tripline-123456/t".as_ref());
        seen.into_iter().map(|(name, value)| (text(name), text(value))).collect()
    }

    #[test]
    fn whoever_starts_the_test_a_workload_sees_the_same() {
        let cargo = seen(&[], &[], &[]);
        assert!(cargo.contains(&("RUST_LOG".to_owned(), "off".to_owned())), "{cargo:?}");
        assert!(cargo.contains(&("LD_LIBRARY_PATH".to_owned(), "/t/debug/deps".to_owned())));
        let nextest = [
            ("NEXTEST", "1"),
            ("NEXTEST_LD_LIBRARY_PATH", "/t/debug/deps"),
            ("NEXTEST_RUN_ID", "c5f98746"),
            ("__NEXTEST_ORIGINAL_CARGO_HOME", ""),
        ];
        // It leaves these out.
        let left_out = ["CARGO_MANIFEST_PATH", "CARGO_PKG_AUTHORS", "CARGO_PKG_README"];
        assert_eq!(seen(&nextest, &left_out, &[]), cargo);
        let tool = [("INSTA_UPDATE", "no"), ("TRIPLINE_RUN", "1"), ("_", "/bin/cargo")];
        assert_eq!(seen(&tool, &[], &[]), cargo);
        let shell =
            [("PWD", "/p"), ("DATABASE_URL", "x"), ("RUST_LOG", "trace"), ("TMPDIR", "/long")];
        assert_eq!(seen(&shell, &[], &[]), cargo);
    }

    #[test]
    fn a_budget_passes_more_and_only_what_is_there() {
        let shell = [("DATABASE_URL", "x"), ("RUST_LOG", "trace"), ("OTHER", "y")];
        let more = seen(&shell, &[], &["DATABASE_URL", "RUST_LOG", "ABSENT"]);
        let mut expected = seen(&[], &[], &[]);
        expected.retain(|(name, _)| name != "RUST_LOG");
        expected.extend(
            [("DATABASE_URL", "x"), ("RUST_LOG", "trace")]
                .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        expected.sort();
        assert_eq!(more, expected);
    }

    /// Outside of Cargo, as under a debugger, nobody knows the package.
    #[test]
    fn a_package_is_not_made_up() {
        let package = [
            "CARGO_MANIFEST_DIR",
            "CARGO_MANIFEST_PATH",
            "CARGO_PKG_AUTHORS",
            "CARGO_PKG_NAME",
            "CARGO_PKG_README",
        ];
        let seen = seen(&[], &package, &[]);
        assert!(seen.iter().all(|(name, _)| !name.starts_with("CARGO_PKG_")), "{seen:?}");
        assert!(seen.iter().all(|(name, _)| name != "CARGO_MANIFEST_PATH"), "{seen:?}");
    }

    #[test]
    fn a_panic_for_want_of_a_variable_is_known_by_its_name() {
        let unseen = |line: &str, passed: &[&str]| {
            let judge = [("DATABASE_URL", "x"), ("HOME", "/"), ("P", "x"), ("RUST_BACKTRACE", "1")];
            let judge = judge.map(|(name, value)| (name.into(), value.into()));
            let passed: Vec<_> = passed.iter().map(|&name| name.to_owned()).collect();
            unseen(judge, &passed, &[line.to_owned()])
        };
        let named = UnseenVariables::Named(vec!["DATABASE_URL".to_owned()]);
        assert_eq!(unseen("DATABASE_URL must be set", &[]), named);
        assert_eq!(unseen("DATABASE_URL must be a URL", &["DATABASE_URL"]), UnseenVariables::None);
        assert_eq!(unseen("TEST_DATABASE_URL: NotPresent", &[]), UnseenVariables::Unnamed);
        for other in ["the index is corrupt", "set HOME, or P", "run with `RUST_BACKTRACE=1`"] {
            assert_eq!(unseen(other, &[]), UnseenVariables::None, "{other}");
        }
    }
}
