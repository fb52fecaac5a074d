//! Failures blame the guilty function: a zoo of regressions, through the real judge and meter.
//!
//! Each workload of the zoo (`fixtures/tests/zoo`, `zoo_engine.rs`) is recorded as it was, then run with its
//! change. The first line of *what grew* must name the guilty function; a change that costs
//! nothing must hold.

#[path = "fixture/build.rs"]
mod build;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::Value;
use tempfile::TempDir;
use tripline_profile::Profile;

/// Each regression, and the beginning of the site that is to blame.
const GUILTY: &[(&str, &str)] = &[
    ("zoo_engine::a_log_line_for_each_row", "zoo_engine::log"),
    ("zoo_engine::more_for_each_row", "zoo_engine::payload"),
    ("zoo_engine::rows_that_are_kept", "zoo_engine::keep"),
    ("zoo::guilty::a_block_that_lives_longer", "zoo::guilty::scratch"),
    ("zoo::guilty::a_boxed_error_on_the_usual_path", "zoo::guilty::lookup"),
    ("zoo::guilty::a_cache_without_bound", "zoo::guilty::Cache::remember"),
    ("zoo::guilty::a_cycle_of_rcs", "zoo::guilty::link"),
    ("zoo::guilty::a_forgotten_block", "zoo::guilty::handle"),
    ("zoo::guilty::a_format_in_a_hot_path", "zoo::guilty::trace"),
    ("zoo::guilty::a_fresh_buffer_for_each_record", "zoo::guilty::read_records"),
    ("zoo::guilty::a_hash_map_for_a_vec", "zoo::guilty::histogram"),
    ("zoo::guilty::a_larger_buffer", "zoo::guilty::frame"),
    ("zoo::guilty::a_lost_shrink_to_fit", "zoo::guilty::compact"),
    ("zoo::guilty::a_lost_with_capacity", "zoo::guilty::ids"),
    ("zoo::guilty::a_string_for_a_str", "zoo::guilty::tokens"),
    ("zoo::guilty::a_struct_that_grew_inside_a_vec", "zoo::guilty::table"),
    ("zoo::guilty::an_allocation_in_a_loop", "zoo::guilty::checksum"),
    ("zoo::guilty::an_extra_clone", "zoo::guilty::send"),
    ("zoo::guilty::growth_behind_a_trait_object", "zoo::guilty::Plain::write"),
    ("zoo::guilty::growth_in_a_closure", "zoo::guilty::totals"),
    ("zoo::guilty::growth_in_a_dependency", "serde_json::"),
    ("zoo::guilty::growth_in_a_generic_function", "zoo::guilty::encode"),
    ("zoo::guilty::growth_in_a_spawned_thread", "zoo::guilty::worker"),
    ("zoo::guilty::keys_that_are_kept_to_sort_by", "zoo::guilty::ranked"),
    ("zoo::guilty::more_at_each_depth_of_a_recursion", "zoo::guilty::walk"),
    ("zoo::guilty_async::a_boxed_future", "zoo::guilty_async::drive"),
    ("zoo::guilty_async::growth_in_an_async_task", "zoo::guilty_async::serve"),
];

/// Each change that costs nothing, and the recorded names that it changes, if any.
const INNOCENT: &[(&str, Option<(&str, &str)>)] = &[
    ("zoo::innocent::a_recursion_that_is_one_deeper", None),
    ("zoo::innocent::a_renamed_function", None),
    ("zoo::innocent::an_inlined_function", None),
    ("zoo::innocent::another_test_name", Some(("another_test_name", "its_former_name"))),
    ("zoo::innocent::moved_lines", None),
    ("zoo::innocent::reordered_fields", None),
];

/// At least so many of a hundred first lines must be right.
const RIGHT_PERCENT: usize = 95;

/// The zoo, and a workspace that has nothing but its budgets.
struct Zoo {
    /// The built suites, by name.
    executables: BTreeMap<&'static str, PathBuf>,
    home: TempDir,
}

impl Zoo {
    fn build() -> Self {
        let executables = [("zoo", build::fixture("zoo")), ("zoo_engine", engine())];
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("Cargo.toml"), "[workspace]\n").expect("a manifest");
        let config = home.path().join("budgets/tripline.toml");
        write(&config, "schema = 1\nenv = [\"ZOO\"]\n");
        Self { executables: executables.into(), home }
    }

    /// Returns every workload, as `suite::path`.
    fn tests(&self) -> Vec<String> {
        let mut tests = Vec::new();
        for suite in self.executables.keys() {
            let mut list = self.command(suite);
            let output = list.args(["--list", "--format", "terse"]).output().expect("the zoo");
            let listing = String::from_utf8(output.stdout).expect("UTF-8");
            let names = listing.lines().filter_map(|line| line.strip_suffix(": test"));
            let own = names.filter(|test| !test.starts_with("tripline_suite::"));
            tests.extend(own.map(|test| format!("{suite}::{test}")));
        }
        tests
    }

    fn command(&self, suite: &str) -> Command {
        let mut command = Command::new(&self.executables[suite]);
        command
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("CARGO_MANIFEST_DIR", self.home.path())
            .env("INSTA_UPDATE", "no")
            .env("RUST_BACKTRACE", "0")
            .env_remove("TRIPLINE_RUN");
        command
    }

    /// Runs a test. Returns `true` if it holds, and its output.
    fn run(&self, test: &str, state: &str) -> (bool, String) {
        let (suite, path) = test.split_once("::").expect("suite::path");
        let output = self.command(suite).args([path, "--exact"]).env("ZOO", state).output();
        let output = output.expect("the zoo");
        (output.status.success(), String::from_utf8(output.stdout).expect("UTF-8"))
    }

    /// Returns the path of a file that the latest run of a workload left.
    fn published(&self, test: &str, name: &str) -> PathBuf {
        let mut folders = self.executables["zoo"].ancestors();
        let target = folders.find(|folder| folder.join("CACHEDIR.TAG").is_file());
        let latest = target.expect("a target folder").join("tripline/latest");
        latest.join(test.split("::").collect::<PathBuf>()).join(name)
    }

    /// Records the workload as it was: every figure exactly, and its call sites.
    fn record(&self, test: &str, rename: Option<(&str, &str)>) {
        let (holds, text) = self.run(test, "as it was");
        assert!(!holds, "{test} holds without a budget");
        let path: PathBuf = test.split("::").collect();
        let measurement = self.published(test, "measurement.json");
        let measurement = std::fs::read_to_string(measurement).expect("a measurement");
        let measurement: Value = serde_json::from_str(&measurement).expect("JSON");
        let figures = &measurement["outcome"]["measured"]["metrics"];
        let limits = ["total_blocks", "total_bytes", "max_bytes", "live_bytes"];
        let line = |key: &&str| {
            format!(
                "{key} = {}\n",
                figures[*key].as_u64().unwrap_or_else(|| panic!("no {key}:\n{text}"))
            )
        };
        let budget = limits.iter().map(line).collect::<String>();
        let file = self.home.path().join("budgets").join(path).with_extension("toml");
        write(&file, &format!("[limits]\n{budget}"));
        let snapshot = &measurement["snapshot"];
        let mut text = snapshot["text"].as_str().expect("a breakdown").to_owned();
        if let Some((now, then)) = rename {
            assert!(text.contains(now), "{now} is nowhere in what was recorded:\n{text}");
            text = text.replace(now, then);
        }
        write(Path::new(snapshot["file"].as_str().expect("its file")), &text);
    }
}

/// Builds the regressions beside a SQL engine, as part of this workspace, which has built the engine.
fn engine() -> PathBuf {
    static EXECUTABLE: OnceLock<PathBuf> = OnceLock::new();
    let build = || {
        let output = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
            .args(["test", "--workspace", "--test", "zoo_engine", "--no-run"])
            .arg("--message-format=json-render-diagnostics")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "zoo_engine does not build:\n{errors}");
        let messages = String::from_utf8(output.stdout).expect("UTF-8");
        let executable = |line: &str| {
            let message: Value = serde_json::from_str(line).ok()?;
            let path = PathBuf::from(message["executable"].as_str()?);
            (message["target"]["name"] == "zoo_engine").then_some(path)
        };
        messages.lines().find_map(executable).expect("a test called zoo_engine")
    };
    EXECUTABLE.get_or_init(build).clone()
}

fn write(file: &Path, text: &str) {
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    std::fs::write(file, text).expect("a file");
}

/// Returns the site of the first line of *what grew*.
fn blamed(failure: &str) -> Option<&str> {
    let mut lines = failure.lines().skip_while(|line| !line.contains("what grew since"));
    let first = lines.nth(1)?;
    first.split("   ").map(str::trim).find(|word| word.contains("::"))
}

/// Returns the cases that miss, in their order. Two run at a time.
fn misses<T: Sync>(cases: &[T], miss: impl Fn(&T) -> Option<String> + Sync) -> Vec<String> {
    let (next, misses) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let miss = miss(case);
            misses.lock().unwrap_or_else(PoisonError::into_inner).extend(miss);
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    let mut misses = misses.into_inner().unwrap_or_else(PoisonError::into_inner);
    misses.sort();
    misses
}

#[test]
fn the_first_line_is_the_guilty_site_and_the_innocent_hold() {
    let zoo = Zoo::build();
    let wrong = misses(GUILTY, |(test, guilty)| {
        zoo.record(test, None);
        let (holds, text) = zoo.run(test, "regressed");
        let blamed = blamed(&text);
        let right = !holds && blamed.is_some_and(|site| site.starts_with(guilty));
        (!right).then(|| format!("{test}: blames {blamed:?}, not {guilty}\n{text}"))
    });
    let accused = misses(INNOCENT, |(test, rename)| {
        zoo.record(test, *rename);
        let (holds, text) = zoo.run(test, "regressed");
        (!holds).then(|| format!("{test}: does not hold\n{text}"))
    });
    let right = GUILTY.len() - wrong.len();
    println!(
        "the first line is the guilty site in {right} of {} regressions; {} of {} innocent changes are blamed",
        GUILTY.len(),
        accused.len(),
        INNOCENT.len()
    );
    let told = [wrong.as_slice(), &accused].concat().join("\n");
    assert!(accused.is_empty() && 100 * right >= RIGHT_PERCENT * GUILTY.len(), "{told}");
    eprintln!("{told}");
}

/// At least 95 of a hundred bytes in a SQL engine's profile belong to some function outside std, and at most
/// one to none.
#[test]
fn almost_all_bytes_are_credited_to_a_function_outside_std() {
    const TEST: &str = "zoo_engine::more_for_each_row";
    let zoo = Zoo::build();
    zoo.run(TEST, "as it was");
    let profile = Profile::open(&zoo.published(TEST, "dhat-heap.json"));
    let breakdown = profile.and_then(|mut profile| profile.breakdown()).expect("a profile");
    let passed = ["alloc", "allocator_api2", "core", "hashbrown", "std", "unknown"];
    let own = breakdown.sites.iter().filter(|site| {
        let krate = site.key.split("::").next().unwrap_or_default();
        !passed.contains(&krate.trim_start_matches(['<', '&', '[']))
    });
    let (own, all) =
        (own.map(|site| site.figures.total.bytes).sum::<u64>(), breakdown.totals.total.bytes);
    let tenths = 1_000 * own / all;
    println!(
        "{}.{} % of {all} bytes are credited to a function outside std",
        tenths / 10,
        tenths % 10
    );
    assert!(tenths >= 990, "{tenths} of a thousand bytes");
}

/// Each workload with a breakdown has a page, if it holds and if it trips. No page is stale.
#[test]
fn a_report_is_there_as_long_as_it_is_true() {
    const TEST: &str = "zoo::innocent::reordered_fields";
    let zoo = Zoo::build();
    let report = zoo.published(TEST, "report.html");
    let read = || std::fs::read_to_string(&report).unwrap_or_default();
    zoo.record(TEST, None);
    assert!(read().contains("no limit is recorded"), "{}", read());
    assert!(
        read().contains("innocent::Fields</summary><pre>  zoo::innocent::Fields: "),
        "{}",
        read()
    );
    let (holds, text) = zoo.run(TEST, "as it was");
    assert!(holds, "{text}");
    assert!(read().contains("holds") && read().contains("zoo::innocent::rows"), "{}", read());
    assert!(read().contains("innocent::Fields</span>") && !read().contains("<pre>"), "{}", read());
    let budget = "breakdown = false\n[limits]\nleaked_blocks = 0\n";
    write(&zoo.home.path().join("budgets/zoo/innocent/reordered_fields.toml"), budget);
    assert!(zoo.run(TEST, "as it was").0);
    assert!(!report.exists());
}

/// Every workload of the zoo is looked at, and there are as many as claimed.
#[test]
fn every_animal_is_looked_at() {
    let guilty = GUILTY.iter().map(|(test, _)| *test);
    let mut known: Vec<_> = guilty.chain(INNOCENT.iter().map(|(test, _)| *test)).collect();
    known.sort_unstable();
    let mut tests = Zoo::build().tests();
    tests.sort_unstable();
    assert_eq!(tests, known);
    assert!(GUILTY.len() >= 20 && INNOCENT.len() >= 6);
}

#[test]
fn a_blamed_site_is_found_in_a_failure() {
    let failure = "\
  what grew since the recorded breakdown
  +20 blocks   +2.00 per box   zoo::f   more blocks   zoo/main.rs:11   called by zoo::g
  +20 blocks   +2.00 per box   Σ = measured − recorded
";
    assert_eq!(blamed(failure), Some("zoo::f"));
    assert_eq!(blamed("TRIPPED a::b: 1 of 2 limits"), None);
}
