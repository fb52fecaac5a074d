//! `check --base`: each way to relax a limit unseen, and beside it the nearest that relaxes nothing or says
//! why.

use crate::repository::Repository;

const INSERT: &str = "budgets/sql/insert.toml";
const SIZES: &str = "budgets/sql/sizes.toml";
const DEFAULTS: &str = "budgets/tripline.toml";

/// A repository whose `main` has three files of budgets.
fn repository() -> Repository {
    let repository = Repository::new();
    repository.write(
        INSERT,
        r#"entity = "row"

[limits]
total_blocks = 1_000

max_bytes = { max = "64 KiB", tolerance = "3%" }

live_bytes_per_entity = { max = 12, ceiling = 64 }

leaked_blocks = { max = 1, reason = "one Arc a process" }

reported.cache_bytes = 4_096

[coherence]
reported.cache_bytes = { equals = "live_bytes", within = "5%" }

[recorded]
rustc = "1.95.0"
"#,
    );
    repository.write(
        "budgets/net/poll.toml",
        "[limits]\ntotal_blocks = 7\n\n[when.'cfg(windows)'.limits]\ntotal_blocks = 5\n",
    );
    repository.write(SIZES, "[types]\n\"Row\" = { size = 24, align = 8 }\n\n\"Vec<u8>\" = 24\n");
    repository.write(DEFAULTS, "schema = 1\n");
    repository.commit("Budget");
    repository
}

type Change = fn(&Repository);

/// Holds each pair of changes: the first trips, the second does not. What is printed is a transcript.
fn pairs(cases: &[(&str, Change, Change)]) -> String {
    let repository = repository();
    let mut text = String::new();
    for (name, guilty, innocent) in cases {
        for (word, change, exit) in [("trips", guilty, "exit 1\n"), ("holds", innocent, "exit 0\n")]
        {
            repository.reset("main");
            change(&repository);
            let printed = repository.run(&["check", "--base", "main"]);
            assert!(printed.contains(exit), "{name} {word}:\n{printed}");
            text.push_str(&format!("# {name}: {word}\n{printed}"));
        }
    }
    text
}

fn explain(repository: &Repository, file: &str, line: &str) {
    repository.append(file, &format!("\n[reasons]\n{line}\n"));
}

#[test]
fn lines() {
    let printed = pairs(&[
        (
            "a hand edit",
            |r| r.replace(INSERT, "1_000", "1_001"),
            |r| {
                r.replace(
                    INSERT,
                    "total_blocks = 1_000",
                    "\"total_blocks\" = { max = 0x3E8 } # 1_000",
                );
            },
        ),
        (
            "a limit deleted, and recorded anew two commits later",
            |r| {
                r.replace(INSERT, "total_blocks = 1_000\n\n", "");
                r.commit("Delete");
                r.replace(INSERT, "[limits]\n", "[limits]\ntotal_blocks = 1_200\n\n");
                r.commit("Record");
            },
            |r| {
                r.replace(INSERT, "total_blocks = 1_000\n\n", "");
                r.commit("Delete");
                r.replace(INSERT, "[limits]\n", "[limits]\ntotal_blocks = 1_000\n\n");
                r.commit("Record");
            },
        ),
        (
            "a limit removed",
            |r| r.replace(INSERT, "total_blocks = 1_000\n\n", ""),
            |r| {
                r.replace(INSERT, "total_blocks = 1_000\n\n", "");
                explain(r, INSERT, "total_blocks = \"max_bytes says it better\"");
            },
        ),
        (
            "a wider tolerance",
            |r| r.replace(INSERT, "\"3%\"", "\"4%\""),
            |r| r.replace(INSERT, "\"3%\"", "\"1966 B\""),
        ),
        (
            "a tolerance where there was none, of less than a byte an entity",
            |r| r.replace(INSERT, "max = 12,", "max = 12, tolerance = \"0.1%\","),
            |r| r.replace(INSERT, "max = 12,", "max = 12, tolerance = \"0%\","),
        ),
        (
            "a higher ceiling",
            |r| r.replace(INSERT, "ceiling = 64", "ceiling = 65"),
            |r| r.replace(INSERT, "ceiling = 64", "ceiling = 63"),
        ),
        (
            "no ceiling",
            |r| r.replace(INSERT, "{ max = 12, ceiling = 64 }", "12"),
            |r| r.replace(INSERT, "{ max = 12, ceiling = 64 }", "{ max = 11, ceiling = 64 }"),
        ),
        (
            "the reason of last time",
            |r| r.replace(INSERT, "leaked_blocks = { max = 1", "leaked_blocks = { max = 2"),
            |r| {
                let line =
                    "leaked_blocks = { max = 2, reason = \"an Arc for each of two caches\" }";
                let old = "leaked_blocks = { max = 1, reason = \"one Arc a process\" }";
                r.replace(INSERT, old, line);
            },
        ),
        (
            "a type that grows",
            |r| r.replace(SIZES, "\"Vec<u8>\" = 24", "\"Vec<u8>\" = 32"),
            |r| {
                r.replace(
                    SIZES,
                    "\"Vec<u8>\" = 24",
                    "\"Vec<u8>\" = { size = 32, reason = \"padded\" }",
                );
            },
        ),
        (
            "a type of any alignment, and one that is gone",
            |r| r.write(SIZES, "[types]\n\"Row\" = 24\n"),
            |r| {
                let text = "[types]\n\"Row\" = { size = 24, reason = \"no atomics\" }\n";
                r.write(SIZES, text);
                explain(r, SIZES, "\"Vec<u8>\" = \"it is std's\"");
            },
        ),
    ]);
    insta::assert_snapshot!(printed);
}

#[test]
fn whens() {
    let printed = pairs(&[
        (
            "a `when` that replaces the base's line",
            |r| r.append(INSERT, "\n[when.'cfg(unix)'.limits]\nmax_bytes = \"70 KiB\"\n"),
            |r| r.append(INSERT, "\n[when.'cfg(unix)'.limits]\nmax_bytes = \"60 KiB\"\n"),
        ),
        (
            "the base's line moved under a `when`",
            |r| {
                r.replace(INSERT, "total_blocks = 1_000\n\n", "");
                r.append(INSERT, "\n[when.'cfg(unix)'.limits]\ntotal_blocks = 1_000\n");
            },
            |r| r.append(INSERT, "\n[when.'cfg(unix)'.limits]\ntotal_blocks = 1_000\n"),
        ),
        (
            "a `when` that is gone, above which the base's line stands",
            |r| r.write("budgets/net/poll.toml", "[limits]\ntotal_blocks = 7\n"),
            |r| r.write("budgets/net/poll.toml", "[limits]\ntotal_blocks = 5\n"),
        ),
        (
            "a coherence under a `when`",
            |r| {
                let line = "reported.cache_bytes = { equals = \"live_bytes\", within = \"9%\" }";
                r.append(INSERT, &format!("\n[when.'cfg(unix)'.coherence]\n{line}\n"));
            },
            |r| {
                let line = "reported.cache_bytes = { equals = \"live_bytes\", within = \"4%\" }";
                r.append(INSERT, &format!("\n[when.'cfg(unix)'.coherence]\n{line}\n"));
            },
        ),
    ]);
    insta::assert_snapshot!(printed);
}

#[test]
fn settings() {
    let printed = pairs(&[
        (
            "no breakdown",
            |r| r.replace(INSERT, "entity = \"row\"", "breakdown = false\nentity = \"row\""),
            |r| r.replace(INSERT, "entity = \"row\"", "breakdown = true\nentity = \"row\""),
        ),
        (
            "no breakdown anywhere",
            |r| r.append(DEFAULTS, "breakdown = false\n"),
            |r| {
                r.append(DEFAULTS, "breakdown = false\n");
                explain(
                    r,
                    DEFAULTS,
                    "breakdown = \"call sites differ between the two allocators\"",
                );
            },
        ),
        (
            "a wider default tolerance",
            |r| r.append(DEFAULTS, "tolerance = \"3.1%\"\n"),
            |r| r.append(DEFAULTS, "tolerance = \"2.9%\"\n"),
        ),
        (
            "entities of another kind",
            |r| r.replace(INSERT, "\"row\"", "\"byte\""),
            |r| {
                r.replace(INSERT, "\"row\"", "\"line\"");
                explain(r, INSERT, "entity = \"a row is called a line now\"");
            },
        ),
        (
            "a wider coherence",
            |r| r.replace(INSERT, "\"5%\"", "\"6%\""),
            |r| {
                r.replace(INSERT, "\"5%\"", "\"6%\"");
                explain(r, INSERT, "reported.cache_bytes = \"it counts its spare page\"");
            },
        ),
        (
            "a coherence with something else",
            |r| r.replace(INSERT, "\"live_bytes\"", "\"max_bytes\""),
            |r| r.replace(INSERT, "\"5%\"", "\"4%\""),
        ),
    ]);
    insta::assert_snapshot!(printed);
}

#[test]
fn files() {
    let printed = pairs(&[
        (
            "a workload renamed, and raised",
            |r| {
                r.rename(INSERT, "budgets/sql/insert_heavy.toml");
                r.replace("budgets/sql/insert_heavy.toml", "1_000", "1_200");
                explain(r, DEFAULTS, "\"sql::insert\" = \"there is a light one now\"");
            },
            |r| {
                r.rename(INSERT, "budgets/sql/insert_heavy.toml");
                explain(r, DEFAULTS, "\"sql::insert\" = \"there is a light one now\"");
            },
        ),
        (
            "a workload moved to another suite",
            |r| r.rename(INSERT, "budgets/engine/insert.toml"),
            |r| {
                r.rename(INSERT, "budgets/engine/insert.toml");
                explain(r, DEFAULTS, "\"sql::insert\" = \"it is the engine's\"");
            },
        ),
        (
            "a workload deleted, and recorded anew under another name",
            |r| {
                r.remove(INSERT);
                r.commit("Delete");
                r.write(
                    "budgets/sql/bulk.toml",
                    "[limits]\ntotal_blocks = 2_000\nmax_bytes = 90_000\n",
                );
                r.commit("Record");
            },
            |r| {
                r.write(
                    "budgets/sql/bulk.toml",
                    "[limits]\ntotal_blocks = 2_000\nmax_bytes = 90_000\n",
                );
            },
        ),
        (
            "a file dropped",
            |r| r.remove("budgets/net/poll.toml"),
            |r| {
                r.remove("budgets/net/poll.toml");
                explain(r, DEFAULTS, "\"net::poll\" = \"polling is the kernel's\"");
            },
        ),
        (
            "a file that git no longer keeps",
            |r| {
                r.write(".gitignore", "budgets/net\n");
                r.git(&["rm", "--quiet", "--cached", "budgets/net/poll.toml"]);
            },
            |r| r.write(".gitignore", "budgets/net\n"),
        ),
        (
            "every file moved, and the types with it",
            |r| r.rename(SIZES, "budgets/engine/sizes.toml"),
            |r| {
                r.rename(SIZES, "budgets/engine/sizes.toml");
                explain(r, DEFAULTS, "\"sql::sizes\" = \"they are the engine's\"");
            },
        ),
    ]);
    insta::assert_snapshot!(printed);
}

#[test]
fn what_cannot_be_compared_is_no_pass() {
    let repository = repository();
    let mut text = String::new();
    let mut run = |arguments: &[&str]| text.push_str(&repository.run(arguments));
    run(&["check", "--base", "nope"]);
    run(&["check", "--base=--all"]);
    run(&["check", "--base", "main", "sql::inzert"]);
    repository.replace(INSERT, "1_000", "1_001");
    repository.replace("budgets/net/poll.toml", "7", "8");
    run(&["check", "--base", "main", "net::"]);
    repository.write(INSERT, "[limits]\ntotal_block = 1\n");
    repository.write(SIZES, "[types]\n\"Row\" = 24 B\n");
    run(&["check", "--base", "main"]);
    repository.commit("Break");
    repository.git(&["branch", "broken"]);
    repository.git(&["checkout", "--quiet", "-b", "mended"]);
    repository.write(INSERT, "[limits]\ntotal_blocks = 9_999\n");
    run(&["check", "--base", "broken"]);
    repository.git(&["checkout", "--quiet", "--orphan", "other"]);
    repository.commit("Begin anew");
    run(&["check", "--base", "main"]);
    text.push_str(&repository.run_with_path("/nonexistent", &["check", "--base", "main"]));
    insta::assert_snapshot!(text);
}

#[test]
fn outside_a_repository_and_before_the_first_budget() {
    let repository = Repository::new();
    repository.commit("Begin");
    let mut text = repository.run(&["check", "--base", "main"]);
    repository.write("budgets/sql/insert.toml", "[limits]\ntotal_blocks = 1\nmax_bytes = 2\n");
    repository.write(DEFAULTS, "schema = 1\nbreakdown = false\ntolerance = \"9%\"\n");
    text.push_str(&repository.run(&["check", "--base", "main"]));
    std::fs::remove_dir_all(repository.path(".git")).unwrap();
    text.push_str(&repository.run(&["check", "--base", "main"]));
    insta::assert_snapshot!(text);
}

#[test]
fn a_shallow_clone_is_told_to_fetch_more() {
    let repository = repository();
    repository.commit("Go on");
    repository.reset("main");
    repository.replace(INSERT, "1_000", "1_001");
    repository.commit("Raise");
    let origin = format!("file://{}", repository.path(".git").display());
    let clone = Repository::new();
    clone.git(&["fetch", "--quiet", "--depth=1", &origin, "work:work"]);
    clone.git(&["fetch", "--quiet", "--depth=1", &origin, "main:base"]);
    clone.git(&["checkout", "--quiet", "--force", "work"]);
    let mut text = clone.run(&["check", "--base", "base"]);
    clone.git(&["fetch", "--quiet", "--unshallow", &origin, "work", "main"]);
    text.push_str(&clone.run(&["check", "--base", "base"]));
    insta::assert_snapshot!(text);
}

#[test]
fn another_workspace_and_a_workspace_that_moves() {
    let repository = repository();
    repository.write("tests/fixtures/Cargo.toml", "[workspace]\n");
    repository.write("tests/fixtures/budgets/f/x.toml", "[limits]\ntotal_blocks = 1\n");
    repository.write("src/budgets/2026.toml", "[limits]\nnone = 0\n");
    repository.commit("Try out");
    repository.git(&["branch", "base"]);
    repository.write("tests/fixtures/budgets/f/x.toml", "[limits]\ntotal_blocks = 2\n");
    let mut text = repository.run(&["check", "--base", "base"]);
    repository.git(&["mv", "budgets", "engine budgets"]);
    repository.git(&["mv", "Cargo.toml", "engine budgets/Cargo.toml"]);
    for file in ["tripline.toml", "net/poll.toml", "sql/insert.toml", "sql/sizes.toml"] {
        repository
            .rename(&format!("engine budgets/{file}"), &format!("engine budgets/budgets/{file}"));
    }
    repository.replace("engine budgets/budgets/net/poll.toml", "7", "8");
    let manifest = ["--manifest-path", "engine budgets/Cargo.toml"];
    text.push_str(&repository.run(&["check", "--base", "base", manifest[0], manifest[1]]));
    insta::assert_snapshot!(text);
}
