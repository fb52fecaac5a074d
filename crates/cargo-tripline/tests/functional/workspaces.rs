//! The workspace that a suite's budgets are of: Cargo's, for the test and for the tool.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::environment::program;
use crate::project::Project;

const CODE: &str = "
#[tripline::test]
fn build(probe: &Probe) { probe.measure(|| [(); 3].map(|()| Box::new(1_u64))); }
";

/// Makes the project's package one below its folder, whose own manifest is `root`.
fn moved(suite: &'static str, root: &str, to: &str, pointer: &str) -> Project {
    let project = Project::bare(suite, CODE);
    let manifest = project.read("Cargo.toml").replace("\n[workspace]\n", "\n");
    let (package, profile) = manifest.split_at(manifest.find("[profile.dev]").unwrap());
    let test = project.read(&format!("tests/{suite}.rs"));
    fs::remove_dir_all(project.path("tests")).unwrap();
    // Cargo takes profiles of the root alone.
    let is_own_root = pointer.is_empty();
    let own = package.replace("[package]", &format!("[package]\n{pointer}"));
    project.write(&format!("{to}/Cargo.toml"), &if is_own_root { own + profile } else { own });
    project.write(&format!("{to}/tests/{suite}.rs"), &test);
    let at = if is_own_root { "" } else { "ws/" };
    project.write(&format!("{at}Cargo.toml"), &format!("{root}\n{profile}"));
    let lock = if is_own_root { format!("{to}/Cargo.lock") } else { "ws/Cargo.lock".to_owned() };
    fs::rename(project.path("Cargo.lock"), project.path(&lock)).unwrap();
    project
}

fn cargo_test(project: &Project, folder: &str, arguments: &[&str]) -> Output {
    let mut cargo = program("cargo");
    cargo.arg("test").args(arguments).current_dir(project.path(folder));
    cargo.envs(project.environment()).env_remove("CARGO_MANIFEST_DIR").output().unwrap()
}

fn succeeds(output: &Output) {
    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}\n{}", shown(&output.stdout), shown(&output.stderr));
}

#[test]
fn an_excluded_package_is_not_judged_by_the_workspace_that_excludes_it() {
    let root = "workspace.exclude = ['tools/excluded']\nworkspace.resolver = '3'\n";
    let project = moved("excluded", root, "tools/excluded", "");
    // Were it taken for the package's, its limit would trip, and be rewritten.
    let outer = "[limits]\ntotal_blocks = 1\n";
    project.write("budgets/excluded/build.toml", outer);
    let manifest = ["--manifest-path", "tools/excluded/Cargo.toml"];
    succeeds(&project.command(&[&["update-budgets"], &manifest[..]].concat()).output().unwrap());
    assert_eq!(project.read("budgets/excluded/build.toml"), outer);
    assert!(!project.path("tests").exists());
    let limits = project.read("tools/excluded/budgets/excluded/build.toml");
    assert!(limits.contains("total_blocks = 3\n"), "{limits}");
    assert!(limits.contains("dependencies = "), "{limits}");
    succeeds(&cargo_test(&project, "tools/excluded", &[]));
    succeeds(&project.command(&[&["check"], &manifest[..]].concat()).output().unwrap());
}

#[test]
fn a_package_beside_its_workspace_is_judged_by_it() {
    let root = "workspace = { members = ['../p'], resolver = '3' }\n";
    let project = moved("beside", root, "p", "workspace = '../ws'");
    let manifest = ["--manifest-path", "ws/Cargo.toml"];
    succeeds(&project.command(&[&["update-budgets"], &manifest[..]].concat()).output().unwrap());
    let limits = project.read("ws/budgets/beside/build.toml");
    assert!(limits.contains("dependencies = "), "{limits}");
    assert!(project.path("p/tests/snapshots/beside__build.snap").is_file());
    succeeds(&cargo_test(&project, "p", &[]));
    succeeds(&cargo_test(&project, "ws", &[]));
    succeeds(&project.command(&[&["check"], &manifest[..]].concat()).output().unwrap());

    // An executable that was copied out of its target folder judges all the same.
    let copied = project.path("elsewhere/copied");
    fs::create_dir(copied.parent().unwrap()).unwrap();
    fs::copy(executable(&project), &copied).unwrap();
    succeeds(&run_alone(&copied));
    project.write("ws/budgets/beside/build.toml", "[limits]\ntotal_blocks = 1\n");
    let tripped = run_alone(&copied);
    let said = String::from_utf8_lossy(&tripped.stdout);
    assert_eq!(tripped.status.code(), Some(101), "{said}");
    assert!(said.contains("TRIPPED beside::build"), "{said}");
}

/// Returns the executable of the project's tests.
fn executable(project: &Project) -> PathBuf {
    let built = cargo_test(project, "p", &["--tests", "--no-run", "--message-format=json"]);
    let messages = String::from_utf8(built.stdout).unwrap();
    let executable = messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    executable.unwrap()
}

/// Runs an executable as a person would, who has no cargo.
fn run_alone(executable: &Path) -> Output {
    let mut command = program(executable);
    command.current_dir(executable.parent().unwrap());
    for variable in ["CARGO", "CARGO_MANIFEST_DIR", "CARGO_TARGET_DIR"] {
        command.env_remove(variable);
    }
    command.output().unwrap()
}
