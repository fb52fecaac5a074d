//! The packages that are built, and the test binaries that are started: those that Cargo would, and no other.

use crate::project::Project;

const HOLDS: &str = "
#[tripline::test]
fn holds(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }
";

/// Beside the suite stand a package that does not build for this machine, and a test that does something whatever its
/// arguments say. It uses tripline and is no suite.
#[test]
fn what_cargo_test_leaves_out_is_not_built_and_what_is_no_suite_is_not_started() {
    let project = Project::new("selected", HOLDS);
    project.write("budgets/selected/holds.toml", "[limits]\ntotal_blocks = 1\n");
    project.write(
        "firmware/Cargo.toml",
        "[package]\nname = \"project-selected-firmware\"\nedition = \"2024\"\n",
    );
    project.write("firmware/src/lib.rs", "compile_error!(\"not for this machine\");\n");
    let members = "[workspace]\nmembers = [\"firmware\"]\ndefault-members = [\".\"]\n";
    let harness = "[[test]]\nname = \"database\"\nharness = false\n";
    let manifest = project.read("Cargo.toml").replace("[workspace]", members);
    project.write("Cargo.toml", &format!("{manifest}\n{harness}"));
    let started = project.path("started");
    project.write(
        "tests/database.rs",
        &format!(
            "use tripline as _;\nfn main() {{ std::fs::write({started:?}, \"\").unwrap(); }}\n"
        ),
    );
    let run = |arguments: &[&str]| {
        let output = project.command(arguments).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), stderr)
    };
    let (code, printed, stderr) = run(&["check"]);
    assert_eq!(code, Some(0), "{printed}{stderr}");
    for same in [
        &["check", "--workspace", "--exclude", "project-selected-firmware"][..],
        &["check", "-p", "project-selected"],
    ] {
        assert_eq!(run(same).1, printed);
    }
    assert!(!started.exists());

    let (code, _, stderr) = run(&["check", "--workspace"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("error: not for this machine"), "{stderr}");
    let advice = "\n\n  leave out what is not for this build: `--workspace --exclude NAME`, or `-p NAME` for each of the others\n";
    assert!(stderr.ends_with(advice), "{stderr}");
    assert!(!run(&["check", "-p", "project-selected-firmware"]).2.contains("leave out"));
}

#[test]
fn a_suite_that_does_not_say_what_it_holds_is_named() {
    let project = Project::new("silent", "fn main() { println!(\"no test runs here\"); }");
    let harness = "[[test]]\nname = \"silent\"\nharness = false\n";
    project.write("Cargo.toml", &format!("{}\n{harness}", project.read("Cargo.toml")));
    let output = project.command(&["check"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let named = "error: a suite gave no answer when it was asked what it holds\n\n  \
                 test target `silent` of package `project-silent`   ";
    assert!(stderr.contains(named), "{stderr}");
    assert!(stderr.contains("  | no test runs here\n"), "{stderr}");
}
