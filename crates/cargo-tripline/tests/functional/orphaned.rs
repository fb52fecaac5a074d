//! Files that belong to no test: named by `update-budgets`, and removed only if it is told to.

use tripline_profile::Breakdown;

use crate::init::files;
use crate::project::Project;

const KEPT: &str =
    "#[tripline::test] fn kept(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }";
const LIMIT: &str = "[limits]\ntotal_blocks = 1\n";

/// Returns a breakdown as a snapshot keeps it.
fn recorded() -> String {
    format!("---\nsource: tests/orphaned.rs\n---\n{}", Breakdown::default().to_text())
}

/// Makes files that belong to no test, and beside each the nearest that does.
fn project() -> Project {
    let project = Project::new("orphaned", KEPT);
    for (path, text) in [
        ("budgets/orphaned/example.toml", LIMIT),
        ("budgets/orphaned/old/example.toml", LIMIT),
        ("tests/snapshots/orphaned__example.snap", &recorded()),
        // The snapshot of a test that was in another file, and has no budget any more.
        ("tests/cold/snapshots/orphaned__cold__read.snap", &recorded()),
        // Here is a test, there a budget for another build, an assertion of the user's own, another suite.
        ("budgets/orphaned/kept.toml", LIMIT),
        ("tests/snapshots/orphaned__kept.snap", &recorded()),
        ("budgets/orphaned/cold/open.toml", "[when.'cfg(windows)'.limits]\ntotal_blocks = 1\n"),
        ("tests/snapshots/orphaned__cold__open.snap", &recorded()),
        ("tests/snapshots/orphaned__own.snap", "---\nsource: tests/orphaned.rs\n---\nmine\n"),
        ("budgets/orphaned__more/example.toml", LIMIT),
        ("tests/snapshots/orphaned__more__example.snap", &recorded()),
        ("budgets/another/example.toml", LIMIT),
        ("tests/snapshots/another__example.snap", &recorded()),
    ] {
        project.write(path, text);
    }
    project
}

#[test]
fn exactly_the_named_files_are_removed_and_only_if_it_is_said() {
    let project = project();
    let before = files(&project);
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets"]);
    transcript.run(&["update-budgets", "--remove-orphans", "--check", "example"]);
    transcript.run(&["update-budgets", "--remove-orphans", "--dry-run", "orphaned::example"]);
    transcript.run(&["update-budgets", "--remove-orphans", "orphaned::kept"]);
    transcript.run(&["check", "orphaned::example"]);
    let cargos = |(name, _): &(String, String)| name != "Cargo.lock";
    let same = |files: Vec<(String, String)>| files.into_iter().filter(cargos).collect::<Vec<_>>();
    assert_eq!(same(files(&project)), same(before.clone()));
    transcript.run(&["update-budgets", "--remove-orphans"]);
    let after = same(files(&project));
    let gone: Vec<String> = same(before)
        .into_iter()
        .filter(|file| !after.contains(file))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        gone,
        [
            "budgets/orphaned/example.toml",
            "budgets/orphaned/old/example.toml",
            "tests/cold/snapshots/orphaned__cold__read.snap",
            "tests/snapshots/orphaned__example.snap",
        ]
    );
    transcript.run(&["update-budgets", "--remove-orphans"]);
    transcript.run(&["update-budgets", "--remove-orphans", "--shrink"]);
    insta::assert_snapshot!(transcript.finish());
}
