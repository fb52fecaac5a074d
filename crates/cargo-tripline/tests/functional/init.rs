//! First budgets for a stranger's package.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::environment::program;
use crate::project::{Project, workspace};

const COUNTER: &str = "
/// Counts words.
#[derive(Debug, Default)]
pub struct Counter { words: Vec<String> }
";

/// A package whose tests know nothing of tripline, though its workspace does: built as every other project.
pub(crate) fn stranger(name: &'static str, root: &str, code: &str) -> Project {
    let project = Project::bare(name, "");
    fs::remove_dir_all(project.path("tests")).unwrap();
    let manifest = project.read("Cargo.toml");
    let tripline = manifest.lines().find(|line| line.starts_with("tripline = {")).unwrap();
    let without = manifest.replacen(&format!("{tripline}\n"), "", 1);
    project.write("Cargo.toml", &format!("{without}\n[workspace.dependencies]\n{tripline}\n"));
    project.write("budgets/tripline.toml", "schema = 1\nbreakdown = false\n");
    project.write(root, code);
    project
}

/// Gives it a second package, so that its suite has the package's name, which no other test's has.
pub(crate) fn among_others(project: Project) -> Project {
    let others = "[workspace]\nmembers = [\"other\"]\nresolver = \"3\"\n";
    project.write("Cargo.toml", &project.read("Cargo.toml").replace("[workspace]\n", others));
    let name = format!("project-{}-other", project.suite());
    project.write(
        "other/Cargo.toml",
        &format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n"),
    );
    project.write("other/src/lib.rs", "");
    project
}

/// Every file that is not cargo's.
pub(crate) fn files(project: &Project) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![project.root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(project.root()).unwrap().display().to_string();
            match path.is_dir() {
                true if name == ".git" => {}
                true => folders.push(path),
                false => files.push((name, fs::read_to_string(&path).unwrap())),
            }
        }
    }
    files.sort();
    files
}

pub(crate) fn git(project: &Project, arguments: &[&str], input: &[u8]) {
    let mut git = program("git");
    git.current_dir(project.root()).args(arguments).stdin(Stdio::piped());
    let mut git = git.spawn().unwrap();
    git.stdin.take().unwrap().write_all(input).unwrap();
    assert!(git.wait().unwrap().success(), "git {arguments:?}");
}

#[test]
fn a_fresh_library_gets_its_first_budgets() {
    let project = stranger("first", "src/lib.rs", COUNTER);
    let before = files(&project);
    // First a patch, which git takes.
    let patch = project.command(&["init", "--dry-run"]).output().unwrap().stdout;
    assert_eq!(files(&project), before);
    git(&project, &["init", "--quiet"], b"");
    git(&project, &["apply"], &patch);
    let patched = files(&project);
    git(&project, &["apply", "--reverse"], &patch);
    assert_eq!(files(&project), before);
    // Then the same for good.
    let mut transcript = project.transcript();
    transcript.run(&["init"]).show("tests/budgets.rs").list();
    let after = files(&project);
    for file in patched.iter().filter(|(name, _)| name != "Cargo.lock") {
        assert!(after.contains(file), "{file:?}");
    }
    // A second time changes nothing, whatever it may.
    transcript.run(&["init", "--force"]).run(&["init", "--dry-run"]).run(&["check"]);
    assert_eq!(files(&project), after);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_dry_run_shows_every_file() {
    let project = stranger("shown", "src/lib.rs", COUNTER);
    let manifest =
        project.read("Cargo.toml").replace("[features]", "autotests = false\n\n[features]");
    project.write("Cargo.toml", &manifest.replace("debug = \"limited\"", "debug = 0"));
    let before = files(&project);
    let clone = workspace();
    let path = clone.join("crates/tripline");
    let mut transcript = project.transcript();
    transcript.run(&[
        "init",
        "--dry-run",
        "--with-profile",
        "--ci",
        "github",
        "--path",
        path.to_str().unwrap(),
    ]);
    let elsewhere = clone.join("crates/tripline-budget");
    transcript.run(&["init", "--path", elsewhere.to_str().unwrap()]);
    transcript.run(&["init", "--package", "other"]);
    transcript.run_with(&["init"], &[("CI", "true")]);
    assert_eq!(files(&project), before);
    insta::assert_snapshot!(
        transcript
            .finish()
            .replace(clone.to_str().unwrap(), "[CLONE]")
            // In a command a path with a blank is quoted.
            .replace("--path '[CLONE]/crates/tripline'", "--path [CLONE]/crates/tripline")
            .replace("'[CLONE]/crates/tripline-budget'", "[CLONE]/crates/tripline-budget")
            .replace(&release(), "[RELEASE]")
    );
}

/// In a workspace of several packages the suite has the package's name. A guess that does not compile, here
/// at a type without a size, makes room for what does.
#[test]
fn a_member_of_a_workspace_is_named_and_a_file_in_the_way_is_not_overwritten_unasked() {
    let project = among_others(stranger("joined", "member/src/lib.rs", "pub struct Text(str);\n"));
    let manifest = project.read("Cargo.toml");
    let (package, rest) = manifest.split_at(manifest.find("[profile.dev]").unwrap());
    project.write("member/Cargo.toml", package);
    project.write("Cargo.toml", &rest.replace("\"other\"", "\"member\", \"other\""));
    project.write("member/tests/budgets.rs", "#[test]\nfn other() {}\n");
    let before = files(&project);
    let mut transcript = project.transcript();
    transcript.run(&["init"]).run(&["init", "--package", "project-joined"]);
    assert_eq!(files(&project), before);
    transcript.run(&["init", "--manifest-path", "member/Cargo.toml", "--force"]);
    transcript.show("member/tests/budgets.rs").list();
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_program_has_its_budgets_among_its_unit_tests() {
    let project = stranger("program", "src/main.rs", "fn main() {\n    println!(\"hello\");\n}\n");
    project.write(".github/dependabot.yml", "");
    let mut transcript = project.transcript();
    transcript.run(&["init", "--ci", "github"]).show("src/main.rs").list();
    transcript.show(".github/workflows/budgets.yml").run(&["init", "--yes", "--ci", "gitlab"]);
    insta::assert_snapshot!(transcript.finish().replace(&release(), "[RELEASE]"));
}

/// Returns the release of the compiler that runs here.
fn release() -> String {
    let version = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    version.lines().find_map(|line| line.strip_prefix("release: ")).unwrap().to_owned()
}
