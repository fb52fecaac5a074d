//! A `when` says of a target what Cargo says of `[target.'cfg(…)'.dependencies]`.
//!
//! Every expression switches on a feature of its own of one dependency, and Cargo is asked for each target
//! which features that dependency has. Nothing is built, so that a target needs no standard library. What Cargo
//! cannot know there is absent: `feature` is never set, `debug_assertions` always, whatever the profile; `panic` is
//! the target's default.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Output};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use tempfile::TempDir;
use tripline_budget::Cfgs;

/// Each with something that the others have not: an abi, two families or none, no environment, no
/// operating system, another endianness, width or way to panic.
const TARGETS: [&str; 7] = [
    "x86_64-unknown-linux-gnu",
    "armv7-unknown-linux-gnueabihf",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
    "wasm32-unknown-emscripten",
    "thumbv7em-none-eabihf",
    "powerpc64-unknown-linux-gnu",
];

const FLAGS: [&str; 4] = ["unix", "windows", "true", "false"];

/// Each value holds for one of the targets, or for none.
const KEYS: [(&str, &[&str]); 11] = [
    ("target_os", &["linux", "windows", "macos", "emscripten", "none", "redox"]),
    ("target_arch", &["x86_64", "arm", "aarch64", "wasm32", "powerpc64", "x86"]),
    ("target_pointer_width", &["64", "32", "16"]),
    ("target_env", &["gnu", "msvc", "musl", ""]),
    ("target_endian", &["little", "big"]),
    ("target_family", &["unix", "windows", "wasm", "other"]),
    ("target_vendor", &["unknown", "pc", "apple"]),
    ("target_abi", &["eabihf", "elfv1", ""]),
    ("target_has_atomic", &["8", "64", "128", "ptr"]),
    ("target_feature", &["sse2", "neon", "bulk-memory", "avx512f"]),
    ("panic", &["unwind", "abort"]),
];

fn predicates() -> Vec<String> {
    let of_key = |(key, values): &(&str, &'static [&str])| {
        let key = (*key).to_owned();
        values.iter().map(move |value| format!("{key} = \"{value}\""))
    };
    FLAGS.map(str::to_owned).into_iter().chain(KEYS.iter().flat_map(of_key)).collect()
}

fn expression() -> impl Strategy<Value = String> {
    select(predicates()).prop_recursive(4, 12, 4, |inner| {
        let list = (vec(inner.clone(), 0..4), select(vec![", ", ",", " , "]))
            .prop_map(|(list, comma)| list.join(comma));
        prop_oneof![
            2 => list.clone().prop_map(|list| format!("all({list})")),
            2 => list.prop_map(|list| format!("any( {list} )")),
            1 => inner.prop_map(|one| format!("not({})", one.replace(" = ", "="))),
        ]
    })
}

/// Every predicate alone, and those of 400 generated ones that differ: the same in every run.
fn expressions() -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    let generated = (0..400).map(|_| expression().new_tree(&mut runner).unwrap().current());
    let all: BTreeSet<String> = predicates().into_iter().chain(generated).collect();
    all.into_iter().map(|expression| format!("cfg({expression})")).collect()
}

fn package(folder: &Path, name: &str, rest: &str) {
    std::fs::create_dir_all(folder.join("src")).unwrap();
    std::fs::write(folder.join("src/lib.rs"), "").unwrap();
    let manifest = format!("package = {{ name = \"{name}\", edition = \"2024\" }}\n{rest}");
    std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
}

/// A package whose dependency has the feature `when-<n>` where the expression `<n>` holds.
fn project(expressions: &[String]) -> TempDir {
    let folder = TempDir::with_prefix("tripline-").unwrap();
    let mut features = "[features]\n".to_owned();
    let mut targets =
        "[workspace]\nresolver = \"3\"\n[dependencies]\nasked.path = \"asked\"\n".to_owned();
    for (n, expression) in expressions.iter().enumerate() {
        features += &format!("when-{n} = []\n");
        targets += &format!("[target.'{expression}'.dependencies.asked]\npath = \"asked\"\n");
        targets += &format!("features = [\"when-{n}\"]\n");
    }
    package(folder.path(), "asks", &targets);
    package(&folder.path().join("asked"), "asked", &features);
    folder
}

/// Without flags from anywhere, as the cfgs that rustc is asked for are.
fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.current_dir(folder).args(arguments).arg("--offline");
    command.env("CARGO_ENCODED_RUSTFLAGS", "").output().unwrap()
}

fn stdout(output: Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The expressions that hold, by their numbers.
fn cargo_says(folder: &Path, target: &str) -> BTreeSet<usize> {
    let arguments = ["tree", "--target", target, "--prefix", "none", "--format", "{p}|{f}"];
    let tree = stdout(cargo(folder, &arguments));
    let asked = tree.lines().find(|line| line.starts_with("asked ")).unwrap();
    let (_, features) = asked.split_once('|').unwrap();
    features.split(',').filter_map(|one| one.strip_prefix("when-")?.parse().ok()).collect()
}

fn cfgs_of(target: &str) -> Cfgs {
    let mut rustc = Command::new("rustc");
    let printed = stdout(rustc.args(["--print", "cfg", "--target", target]).output().unwrap());
    Cfgs::parse(&printed.lines().collect::<Vec<_>>()).unwrap()
}

#[test]
fn what_holds_for_cargo_holds_for_a_when() {
    let expressions = expressions();
    let project = project(&expressions);
    let mut wrong = Vec::new();
    for target in TARGETS {
        let (cargo, cfgs) = (cargo_says(project.path(), target), cfgs_of(target));
        // Each answer is a quarter of them at least, or the expressions ask nothing.
        assert!((expressions.len() / 4..expressions.len() * 3 / 4).contains(&cargo.len()));
        for (n, expression) in expressions.iter().enumerate() {
            let ours = cfgs.evaluate(expression);
            if ours != Ok(cargo.contains(&n)) {
                wrong.push(format!("{target}: `{expression}` is {ours:?} here"));
            }
        }
    }
    assert!(wrong.is_empty(), "Cargo says otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn what_cargo_refuses_no_when_may_say() {
    let refused_by_cargo = |expression: &str| {
        let project = project(&[expression.to_owned()]);
        !cargo(project.path(), &["metadata", "--no-deps", "--format-version=1"]).status.success()
    };
    let cfgs = cfgs_of(TARGETS[0]);
    assert!(!refused_by_cargo("cfg(any(unix, windows))"));
    for expression in [
        "cfg()",
        "cfg(unix",
        "cfg(not())",
        "cfg(not(unix, windows))",
        "cfg(unix, windows)",
        "cfg(any(unix), windows)",
        "cfg(not(unix), not(windows))",
        "cfg(all(unix) any(windows))",
        "cfg(target_os = linux)",
        "cfg(target-os = \"linux\")",
    ] {
        assert!(refused_by_cargo(expression), "{expression}");
        assert!(cfgs.evaluate(expression).is_err(), "{expression}");
    }
}
