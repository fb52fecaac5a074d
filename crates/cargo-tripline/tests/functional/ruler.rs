//! A ruler that moved: alone, and together with the code.

use crate::environment::program;
use crate::project::{Project, shared_target};
use crate::seed::seed;

fn code(boxes: usize, sure: usize) -> String {
    format!(
        "
#[tripline::test]
fn boxes(probe: &Probe) {{
    let boxes = probe.measure(|| [(); {boxes}].map(|()| Box::new(1_u64)));
    assert_eq!(boxes.len(), {boxes});
}}

#[tripline::test]
fn sure(probe: &Probe) {{
    let boxes = probe.measure(|| [(); {sure}].map(|()| Box::new(1_u64)));
    assert_eq!(boxes.len(), {sure});
}}
"
    )
}

/// A budget of an older compiler, which needed a box less.
const OLD: &str = "[limits]\ntotal_blocks = 1\n\nlive_bytes = { max = 8, ceiling = 40 }\n\n[recorded]\nrustc = \"1.0.0\"\n";

fn git(project: &Project, arguments: &[&str]) {
    let mut git = program("git");
    git.current_dir(project.root()).args(["-c", "user.name=a", "-c", "user.email=a@b"]);
    assert!(git.args(arguments).status().unwrap().success(), "{arguments:?}");
}

fn commit(project: &Project) {
    git(project, &["add", "--all"]);
    git(project, &["commit", "--quiet", "--message", "as it is"]);
}

/// A limit that is over, and a lock file in which another version of one package stands.
#[test]
fn a_dependency_that_moved_is_named() {
    let project = Project::new("depends", &code(2, 1));
    project.write(".gitignore", "/target\n");
    git(&project, &["init", "--quiet"]);
    project.write("budgets/depends/boxes.toml", "[limits]\ntotal_blocks = 3\n");
    assert!(project.command(&["update-budgets", "boxes"]).output().unwrap().status.success());
    commit(&project);
    let budget = project.read("budgets/depends/boxes.toml");
    let digest = budget.lines().find(|line| line.starts_with("dependencies = ")).unwrap();

    // As if it had been recorded with an older one: history has the lock file of then.
    let now = project.read("Cargo.lock");
    let (before, after) = now.split_once("name = \"dhat\"\nversion = \"0.3.3\"").unwrap();
    let then = format!("{before}name = \"dhat\"\nversion = \"0.3.2\"{after}");
    let old = tripline_budget::Dependencies::of(&then, "project-depends").unwrap().digest();
    project.write("Cargo.lock", &then);
    let over = budget.replace(digest, &format!("dependencies = \"{old}\""));
    project
        .write("budgets/depends/boxes.toml", &over.replace("total_blocks = 2", "total_blocks = 1"));
    commit(&project);
    project.write("Cargo.lock", &now);

    let output = project.command(&["check", "depends::boxes"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("the ruler changed: dependencies "), "{text}");
    assert!(text.contains("moved: dhat 0.3.2 → 0.3.3\n"), "{text}");
}

/// A member that asks for a feature of a dependency gives it to all, wherever both are built.
#[test]
fn features_that_another_member_switches_on_are_seen() {
    let project = Project::new(
        "united",
        "
#[tripline::test]
fn rows(probe: &Probe) { drop(probe.measure(|| data::rows(3))); }
",
    );
    let data = "[package]\nname = \"data\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[features]\nordered = []\n";
    project.write("data/Cargo.toml", data);
    let rows = "pub fn rows(count: u64) -> Vec<Box<u64>> {
    (0..count + u64::from(cfg!(feature = \"ordered\"))).map(Box::new).collect()
}";
    project.write("data/src/lib.rs", rows);
    let other = "[package]\nname = \"other\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\ndata = { path = \"../data\", features = [\"ordered\"] }\n";
    project.write("other/Cargo.toml", other);
    project.write("other/src/lib.rs", "");
    let manifest = project
        .read("Cargo.toml")
        .replace("[dev-dependencies]\n", "[dev-dependencies]\ndata = { path = \"data\" }\n");
    let members = "[workspace]\nmembers = [\"data\", \"other\"]\n\
                   default-members = [\".\", \"data\", \"other\"]\n";
    project.write("Cargo.toml", &manifest.replace("[workspace]\n", members));

    project.write("budgets/united/rows.toml", "[limits]\ntotal_blocks = 9\n");
    let run = |arguments: &[&str]| {
        let output = project.command(arguments).output().unwrap();
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    const ALONE: [&str; 2] = ["-p", "project-united"];
    let changed = "the ruler changed: features of dependencies ";
    let (recorded, text) = run(&[&["update-budgets"], &ALONE[..]].concat());
    assert_eq!(recorded, Some(0), "{text}");
    let alone = project.read("budgets/united/rows.toml");
    assert!(alone.contains("total_blocks = 4") && alone.contains(", features "), "{alone}");
    // The whole workspace has a row more, and the failure says why.
    let (whole, text) = run(&["check"]);
    assert_eq!(whole, Some(1), "{text}");
    assert!(
        text.contains(changed) && text.contains("with `-p`, or in a package's folder"),
        "{text}"
    );
    // By one row less the same build trips for itself.
    project.write("budgets/united/rows.toml", &alone.replace("= 4", "= 3"));
    let (same, text) = run(&[&["check"], &ALONE[..]].concat());
    assert_eq!(same, Some(1), "{text}");
    assert!(!text.contains(changed), "{text}");

    // Recorded of the whole, the limit is not lowered by a build of one package.
    project.write("budgets/united/rows.toml", "[limits]\ntotal_blocks = 9\n");
    assert_eq!(run(&["update-budgets"]).0, Some(0));
    let whole = project.read("budgets/united/rows.toml");
    assert!(whole.contains("total_blocks = 5"), "{whole}");
    let (refused, text) = run(&[&["update-budgets"], &ALONE[..]].concat());
    assert_eq!(refused, Some(1), "{text}");
    assert!(text.contains("its limits are of another build"), "{text}");
    assert_eq!(project.read("budgets/united/rows.toml"), whole);
}

#[test]
fn what_the_ruler_moved_is_recorded_and_what_the_code_moved_is_not() {
    const RECORD: [&str; 4] = ["update-budgets", "--ruler", "--reason", "a newer compiler"];
    let project = Project::new("ruled", &code(2, 1));
    project.write(".gitignore", "/target\n");
    git(&project, &["init", "--quiet"]);
    let mut transcript = project.transcript();
    let loose = "[limits]\ntotal_blocks = 2\n\nmax_bytes = 9\n\nlive_bytes = 9\n";
    project.write("budgets/ruled/sure.toml", loose);
    assert!(project.command(&["update-budgets", "sure"]).output().unwrap().status.success());
    project.write("budgets/ruled/boxes.toml", OLD);
    commit(&project);
    seed(&project, &shared_target().join("tripline/old-target"));

    // The ruler alone.
    transcript.run(&RECORD).show("budgets/ruled/boxes.toml").run(&RECORD);
    transcript.run(&["update-budgets", "--ruler"]);

    // The code as well: it takes three boxes more. The other workload's ruler is what it was.
    project.write("budgets/ruled/boxes.toml", OLD);
    project.code(&code(5, 2));
    transcript.run(&RECORD).show("budgets/ruled/boxes.toml");
    let worktrees = program("git").current_dir(project.root()).args(["worktree", "list"]).output();
    assert_eq!(String::from_utf8(worktrees.unwrap().stdout).unwrap().lines().count(), 1);

    // What was recorded is not the last commit's.
    transcript.run(&RECORD);
    insta::assert_snapshot!(transcript.finish());
}
