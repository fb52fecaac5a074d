//! Sections that apply only in builds that match: what is held to them is this build's.

use std::process::{Command, Stdio};

use crate::elsewhere::{Elsewhere, JUDGE, figures};
use crate::project::{NARROW, Project};

/// Allocates at two sizes, so that each build's limits trip in the other: debug takes more blocks, release more bytes.
const CODE: &str = "
#[tripline::test]
fn build(probe: &Probe) {
    let sizes: &[usize] = if cfg!(debug_assertions) { &[50, 50] } else { &[200] };
    probe.measure(|| sizes.iter().for_each(|size| drop(vec![0_u8; *size])));
    let report = if cfg!(feature = \"extra\") { \"extra\" } else { \"plain\" };
    probe.report(report, 1);
}

#[cfg(debug_assertions)]
#[tripline::test]
fn debug_alone(probe: &Probe) { probe.measure(|| ()); }
";

const DEBUG: &str = "debug_assertions";
const RELEASE: &str = "not(debug_assertions)";

/// No build holds without a `when`, which replaces the base's line.
fn limits(debug: &str, release: &str, extra: &str) -> String {
    format!(
        "\
[limits]
total_bytes = 1

leaked_blocks = 0

[when.'cfg({debug})'.limits]
total_blocks = 2
total_bytes = 100

[when.'cfg({release})'.limits]
total_blocks = 1
total_bytes = 200

[when.'cfg({extra})'.limits]
reported.extra = 1

[when.'cfg(not({extra}))'.limits]
reported.plain = 1
"
    )
}

#[test]
fn debug_assertions_and_features_choose_the_section() {
    let project = Project::new("chosen", CODE);
    let extra = "feature = \"extra\"";
    let right = limits(DEBUG, RELEASE, extra);
    project.write("budgets/chosen/build.toml", &right);
    let alone = format!("[when.'cfg({DEBUG})'.limits]\ntotal_blocks = 0\n");
    project.write("budgets/chosen/debug_alone.toml", &alone);
    let mut transcript = project.transcript();
    transcript.run(&["check"]).run(&["check", "--features", "extra"]);
    // As in the release profile, which would build every dependency anew: the suite's own package says.
    let manifest = project.read("Cargo.toml");
    let release = manifest
        .replace("incremental = false }", "incremental = false, debug-assertions = false }");
    assert_ne!(release, manifest);
    project.write("Cargo.toml", &release);
    transcript.run(&["check"]).run(&["check", "--features", "extra"]);
    // Each section under the other's cfg: all trip, in either build.
    project.write("budgets/chosen/build.toml", &limits(RELEASE, DEBUG, "not(feature = \"extra\")"));
    let alone = alone.replace(DEBUG, RELEASE);
    project.write("budgets/chosen/debug_alone.toml", &alone);
    transcript.run(&["check"]);
    project.write("Cargo.toml", &manifest);
    transcript.run(&["check"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn what_two_sections_state_and_what_no_build_knows_is_an_error() {
    let elsewhere = Elsewhere::new(&["build"]);
    elsewhere.measured("build", &figures(&[("total_blocks", 1), ("total_bytes", 8)]));
    let project = &elsewhere.project;
    let budget = |other: &str, third: &str| {
        format!(
            "[when.'cfg({DEBUG})'.limits]\ntotal_blocks = 1\n\n\
             [when.'cfg({other})'.limits]\ntotal_blocks = 2\n\n\
             [when.'cfg({third})'.limits]\ntotal_bytes = 8\n"
        )
    };
    let mut transcript = project.transcript();
    let budgets = [
        budget("not(feature = \"extra\")", "any(unix, not(tokio_unstable))"),
        budget("feature = \"extra\"", "any(unix, not(unix))"),
    ];
    for budget in budgets {
        project.write("budgets/elsewhere/build.toml", &budget);
        transcript.run(&JUDGE);
    }
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn pointers_of_32_bits_choose_the_section() {
    let project = Project::new(
        "narrow",
        "
pub struct Row(usize, u8);
tripline::sizes! { Row, Box<Row> }

#[tripline::test]
fn rows(probe: &Probe) { drop(probe.measure(|| vec![0_usize; 100])); }
",
    );
    if !runs(&project, NARROW) {
        eprintln!("skipped: no program for {NARROW} runs here (rustup target add {NARROW})");
        return;
    }
    let when = "when.'cfg(target_pointer_width = \"32\")'";
    let limits = format!("[limits]\ntotal_bytes = 800\n\n[{when}.limits]\ntotal_bytes = 400\n");
    project.write("budgets/narrow/rows.toml", &limits);
    let types = |narrow| {
        format!(
            "[types]\nRow = 16\n\"Box<Row>\" = 8\n\n[{when}.types]\nRow = {narrow}\n\"Box<Row>\" = 4\n"
        )
    };
    project.write("budgets/narrow/sizes.toml", &types(8));
    let target = [("CARGO_BUILD_TARGET", NARROW)];
    let mut transcript = project.transcript();
    transcript.run(&["check"]);
    // Everything is built anew for the other target, by this one test: as cheaply as can be.
    let cheap = project.read("Cargo.toml").replace("{ opt-level = 1 }", "{ opt-level = 0 }");
    project.write("Cargo.toml", &cheap);
    transcript.run_with(&["check"], &target);
    project.write("budgets/narrow/sizes.toml", &types(7));
    transcript.run_with(&["check"], &target);
    insta::assert_snapshot!(transcript.finish());
}

/// Returns `true` if a program for `target` can be built and run.
fn runs(project: &Project, target: &str) -> bool {
    project.write("empty.rs", "fn main() {}");
    let mut rustc = Command::new("rustc");
    let built = rustc.current_dir(project.root()).args(["empty.rs", "--target", target]);
    let done = |command: &mut Command| {
        command.stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    done(built) && done(&mut Command::new(project.path("empty")))
}
