//! `soak` on a temporary project, through the real binary.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// `varying` takes ten bytes more in each run than in the one before; its budget says that it is exact.
const SUITE: &str = "
tripline::suite!();

#[tripline::test]
fn exact(probe: &tripline::Probe) {
    probe.measure(|| Box::new(1_u64));
}

#[tripline::test]
fn varying(probe: &tripline::Probe) {
    let before = std::fs::read(\"runs\").unwrap_or_default();
    std::fs::write(\"runs\", [before.as_slice(), b\"x\"].concat()).unwrap();
    let bytes = 1_000 + 10 * before.len();
    probe.measure(|| Vec::<u8>::with_capacity(bytes));
}

#[tripline::test]
fn panics(probe: &tripline::Probe) {
    probe.measure(|| ());
    panic!(\"on purpose\");
}
";

/// A fresh project in a folder of its own, always the same, so that cargo builds over what it built
/// before. It shares this workspace's target folder; what tests publish there lies under the suite's
/// name, which no two projects can share.
fn project(suite: &str) -> PathBuf {
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join(suite);
    let _ = fs::remove_dir_all(&project);
    let workspace = fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).unwrap();
    let tripline = workspace.join("crates/tripline");
    let manifest = include_str!("../../tests/fixtures/project.toml")
        .replace("{suite}", suite)
        .replace("{tripline}", tripline.to_str().unwrap());
    let limits = "[limits]\ntotal_blocks = 1\n\nmax_bytes = 8\n";
    for (path, text) in [
        ("Cargo.toml", manifest.as_str()),
        (&format!("tests/{suite}.rs"), SUITE),
        ("budgets/tripline.toml", "schema = 1\nbreakdown = false\n"),
        (&format!("budgets/{suite}/exact.toml"), limits),
        (&format!("budgets/{suite}/varying.toml"), limits),
        (&format!("budgets/{suite}/panics.toml"), limits),
    ] {
        let path = project.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::copy(workspace.join("tests/fixtures/Cargo.lock"), project.join("Cargo.lock")).unwrap();
    project
}

fn soak(project: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["soak", "--runs", "3"])
        .args(arguments)
        .arg("--manifest-path")
        .arg(project.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(!errors.contains("error"), "{errors}");
    (output.status.code(), text)
}

#[test]
fn an_exact_limit_that_moves_fails() {
    let project = project("soaked");
    let (code, text) = soak(&project, &[]);
    insta::assert_snapshot!(text, @"
      limit              min       max   spread   distinct

    soaked::exact   3 runs
      total_blocks         1         1   0.00 %          1   exact
      max_bytes          8 B       8 B   0.00 %          1   exact

    soaked::panics   0 runs
      3 not measured: the workload panicked

    soaked::varying   3 runs
      total_blocks         1         1   0.00 %          1   exact
      max_bytes      1 000 B   1 020 B   1.97 %          3   MOVED: the limit is exact

    4 exact limits: 1 moved; 0 bands; 0 workloads failed in some runs, 1 in all
    ");
    assert_eq!(code, Some(1));
}

#[test]
fn an_exact_limit_that_does_not_move_holds_under_load_too() {
    let project = project("loaded");
    let (code, text) = soak(&project, &["loaded::exact", "--under-load"]);
    insta::assert_snapshot!(text, @"
      limit          min   max   spread   distinct

    loaded::exact   3 runs
      total_blocks     1     1   0.00 %          1   exact
      max_bytes      8 B   8 B   0.00 %          1   exact

    2 exact limits: 0 moved; 0 bands; 0 workloads failed in some runs, 0 in all
    ");
    assert_eq!(code, Some(0));
}
