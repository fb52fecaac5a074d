//! Limits trip: every fixture, through the real judge and meter.
//!
//! `tests/fixtures` is a package whose tests are built to trip, each beside the nearest one that must
//! hold. It is built once; then each of its tests runs in a process of its own, as under nextest. The whole text of a
//! test that trips is a snapshot. A test that holds must print only libtest's own lines.

mod fixture;

use std::fmt::Write;

use fixture::{Fixture, Outcome};

/// Ends of the names of tests that hold. Every other test of a fixture must trip.
const HOLD: &[&str] = &[
    "::ignored",
    "::once",
    "::one",
    "::paused",
    "::plain",
    "::r#mod::r#fn",
    "::right",
    "::tripline_suite::budgets",
    "::tripline_suite::sizes",
    "::within",
    "own_allocator::workload",
];

/// The tests that trip under a name that holds elsewhere.
const TRIP: &[&str] = &[
    "files::tripline_suite::budgets",
    "growth::tripline_suite::budgets",
    "layouts::tripline_suite::sizes",
    "stored::tripline_suite::sizes",
    "types::tripline_suite::sizes",
];

#[track_caller]
fn check(suite: &str) {
    let fixture = Fixture::build(suite);
    let tests = fixture.tests();
    let mut failures = String::new();
    let mut held = 0;
    for test in &tests {
        match (fixture.run(test), must_hold(suite, test)) {
            (Outcome::Held(output), true) => {
                assert!(!output.contains("TRIPPED"), "{suite}::{test} held and printed:\n{output}");
                held += 1;
            }
            (Outcome::Tripped(text), false) => {
                writeln!(failures, "──── {test}\n{}\n", text.trim_end()).expect("a string");
            }
            (Outcome::Held(_), false) => panic!("{suite}::{test} holds, and must trip"),
            (Outcome::Tripped(text), true) => {
                panic!("{suite}::{test} must hold, and trips:\n{text}")
            }
        }
    }
    assert!(!tests.is_empty() && (held > 0 || !failures.is_empty()), "{suite} checks nothing");
    fixture::assert_snapshot(suite, &failures);
}

fn must_hold(suite: &str, test: &str) -> bool {
    let path = format!("{suite}::{test}");
    HOLD.iter().any(|end| path.ends_with(end)) && !TRIP.contains(&path.as_str())
}

/// The tests that trip under dhat alone: counters do not compare call sites.
const DHATS_ALONE: &[&str] = &["breakdown::composition::over"];

/// The counters find the same breaches, crashes and misuses as dhat.
#[test]
fn the_counters_trip_on_what_dhat_trips_on() {
    for suite in ["breakdown", "crashes", "growth", "metrics", "probes"] {
        let fixture = Fixture::build(suite);
        for test in &fixture.tests() {
            let holds =
                matches!(fixture.run_with(test, &[("TRIPLINE_ENGINE", "count")]), Outcome::Held(_));
            let path = format!("{suite}::{test}");
            let must = must_hold(suite, test) || DHATS_ALONE.contains(&path.as_str());
            assert_eq!(holds, must, "whether {path} holds, by the counters");
        }
    }
}

/// Every metric over its limit, and exactly at it.
#[test]
fn metrics() {
    check("metrics");
}

/// Workloads that crash, hang or end otherwise.
#[test]
fn crashes() {
    check("crashes");
}

/// A probe used wrongly, and uses that only look wrong.
#[test]
fn probes() {
    check("probes");
}

/// Budget files that are wrong, missing or without a test.
#[test]
fn files() {
    check("files");
}

/// Workloads at several sizes.
#[test]
fn growth() {
    check("growth");
}

#[test]
fn no_suite() {
    check("no_suite");
}

/// Workloads that counters measure.
#[test]
fn count() {
    check("count");
}

#[test]
fn mimalloc() {
    check("mimalloc");
}

#[test]
fn jemalloc() {
    check("jemalloc");
}

#[test]
fn foreign_allocator() {
    check("foreign_allocator");
}

#[test]
fn own_allocator() {
    check("own_allocator");
}

/// Workloads whose call sites are compared.
#[test]
fn breakdown() {
    check("breakdown");
}

/// Types over their line or aligned otherwise.
#[test]
fn types() {
    check("types");
}

#[test]
fn types_within() {
    check("types_within");
}

/// Types of every shape, with their layouts.
#[test]
fn layouts() {
    check("layouts");
}

/// Types that grew, and workloads that store them or do not.
#[test]
fn stored() {
    check("stored");
}

/// A breach is planted for every limit, held or tripped: the test must fail.
#[test]
fn planted() {
    let fixture = Fixture::build("metrics");
    let mut failures = String::new();
    for (test, at) in [
        ("total_blocks::within", "0"),
        ("loose::within", "0"),
        ("rss_max_bytes::within", "0"),
        ("total_blocks::within", "999"),
        ("total_blocks::within", "one"),
    ] {
        let Outcome::Tripped(text) = fixture.run_with(test, &[("TRIPLINE_PLANT", at)]) else {
            panic!("{test} passes with TRIPLINE_PLANT={at}");
        };
        writeln!(failures, "──── TRIPLINE_PLANT={at} {test}\n{text}\n").expect("a string");
    }
    fixture::assert_snapshot("planted", &failures);
}

/// A meter that hangs is killed with all that it started, be it the child of a process that has ended.
#[test]
fn nothing_outlives_a_time_out() {
    let fixture = Fixture::build("crashes");
    // Nobody else's processes sleep for so long.
    let seconds = format!("86399.{}", std::process::id());
    let sleeping = || {
        let processes = std::fs::read_dir("/proc").expect("Linux").flatten();
        let line = |process: std::fs::DirEntry| std::fs::read(process.path().join("cmdline")).ok();
        let wanted = format!("sleep\0{seconds}\0").into_bytes();
        processes.filter_map(line).filter(|line| *line == wanted).count()
    };
    let mut control = std::process::Command::new("sleep").arg(&seconds).spawn().expect("started");
    let begun = std::time::Instant::now();
    while sleeping() == 0 {
        assert!(begun.elapsed().as_secs() < 60, "a process that sleeps is not found");
    }
    let outcome =
        fixture.run_with("hangs::over_with_children", &[("SLEEP_SECONDS", seconds.as_str())]);
    assert!(matches!(outcome, Outcome::Tripped(_)));
    assert_eq!(sleeping(), 1, "only the test's own may be left");
    control.kill().and_then(|()| control.wait()).expect("it sleeps");
}

/// A runner stands between the judge and its meter.
#[test]
fn a_runner_starts_the_meter_or_is_named() {
    let fixture = Fixture::build("probes");
    let with = |runner: &str| {
        let variables = ["X86_64", "AARCH64"]
            .map(|architecture| format!("CARGO_TARGET_{architecture}_UNKNOWN_LINUX_GNU_RUNNER"));
        let variables = variables.each_ref().map(|variable| (variable.as_str(), runner));
        fixture.run_with("environment::within", &variables)
    };
    // It starts a child and waits.
    let outcome = with("timeout 600");
    assert!(matches!(outcome, Outcome::Held(_)), "a runner that starts it");
    for (runner, first, named) in [
        ("true", "did not run `environment::within` when asked to", "_RUNNER=true"),
        (
            "no-such-runner -x",
            "failed to start the meter: no-such-runner:",
            "_RUNNER=no-such-runner -x",
        ),
    ] {
        let Outcome::Tripped(text) = with(runner) else { panic!("{runner} measures nothing") };
        assert!(text.contains(first) && text.contains(named), "{runner}:\n{text}");
        assert!(!text.contains("harness"), "{runner}:\n{text}");
    }
}

/// Returns the figures of a workload that collects its variables and arguments, in an environment with `more`.
fn seen(more: &[(&str, &str)]) -> serde_json::Value {
    let fixture = Fixture::build("probes");
    let run = format!("seen-by-{}", std::process::id());
    let more = [&[("TRIPLINE_RUN", run.as_str())], more].concat();
    // Another test may run the same workload, and publish over it.
    for _ in 0..100 {
        if let Outcome::Tripped(text) = fixture.run_with("environment::within", &more) {
            panic!("with {more:?}:\n{text}");
        }
        if let Some(figures) = fixture.figures("probes::environment::within", &run) {
            return figures;
        }
    }
    panic!("no figures with {more:?}");
}

#[test]
fn a_workload_sees_the_same_whoever_starts_it_and_whatever_measures() {
    let alone = seen(&[]);
    assert!(alone["total_bytes"].as_u64() > Some(100), "{alone}");
    let nextest = [
        ("NEXTEST", "1"),
        ("NEXTEST_RUN_ID", "c5f98746-5313-43e2-a227-44711c08b182"),
        ("NEXTEST_LD_LIBRARY_PATH", "/target/debug/deps"),
    ];
    let tool = [("TRIPLINE_REPEATS", "1"), ("INSTA_UPDATE", "always"), ("_", "/usr/bin/cargo")];
    let shell = [("OTHER", "x"), ("RUST_LOG", "trace"), ("RUST_BACKTRACE", "full"), ("PWD", "/")];
    let temporary = std::env::temp_dir().join("a/folder/with/a/long/name");
    let elsewhere = [("TMPDIR", temporary.to_str().expect("UTF-8"))];
    let counted = [("TRIPLINE_ENGINE", "count")];
    for more in [&nextest[..], &tool, &shell, &elsewhere, &counted] {
        assert_eq!(seen(more), alone, "{more:?}");
    }
    let passed = seen(&[("PASSED", "12345")]);
    assert_eq!(passed["reported.passed_bytes"], 5, "{passed}");
    assert!(passed["total_bytes"].as_u64() > alone["total_bytes"].as_u64(), "{passed}");
}

/// Every fixture is built, and every name in `HOLD` is some test's.
#[test]
fn every_fixture_is_checked() {
    let this_file = include_str!("failures.rs");
    let fixtures = fixture::all();
    for fixture in &fixtures {
        assert!(
            this_file.contains(&format!("check(\"{fixture}\")")),
            "no test checks the fixture {fixture}"
        );
    }
    assert!(fixtures.len() >= 10, "only {} fixtures", fixtures.len());
}
