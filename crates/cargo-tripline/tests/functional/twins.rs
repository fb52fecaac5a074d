//! The test binaries that Cargo chooses along with a suite's and that are not started, and a person's own runner.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::environment::program;
use crate::project::Project;

/// Its figures are those of its environment and its arguments.
const HOLDS: &str = "
#[tripline::test]
fn holds(probe: &Probe) {
    probe.measure(|| (std::env::vars_os().collect::<Vec<_>>(), std::env::args_os().collect::<Vec<_>>()));
}
";

/// Returns the variable that states Cargo's runner on this machine.
fn runner_variable() -> String {
    let version = String::from_utf8(program("rustc").arg("-vV").output().unwrap().stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    format!("CARGO_TARGET_{}_RUNNER", host.to_uppercase().replace('-', "_"))
}

/// Cargo chooses tests by name in all packages. Beside a suite stand two programs, of which one is not even built by
/// `cargo test --tests`, and an ordinary test that is named like the workload.
#[test]
fn what_has_the_name_of_a_suites_test_is_not_started() {
    let project = Project::new("twins", HOLDS);
    let members = "[workspace]\nmembers = ['*-twin']\ndefault-members = ['.', '*-twin']\n";
    let manifest = project.read("Cargo.toml").replace("[workspace]\n", members);
    project.write("Cargo.toml", &manifest);
    let started = project.path("started");
    let append = format!("File::options().create(true).append(true).open({started:?})");
    let starts = format!(
        "use std::{{fs::File, io::Write}};\n\
         {append}.unwrap().write_all(env!(\"CARGO_PKG_NAME\").as_bytes()).unwrap();"
    );
    let started = || fs::read_to_string(&started).unwrap_or_default();
    let target = "[[test]]\nname = 'twins'\nharness = false\n";
    for (name, target, attribute, function) in [
        ("program", target, "", "main"),
        ("untested", &format!("{target}test = false\n"), "", "main"),
        ("test", "", "#[test]\n", "holds"),
    ] {
        let package = format!("[package]\nname = 'project-twins-{name}'\nedition = '2024'\n");
        project.write(&format!("{name}-twin/Cargo.toml"), &format!("{package}{target}"));
        project.write(&format!("{name}-twin/src/lib.rs"), "");
        let code = format!("{attribute}fn {function}() {{ {starts} }}\n");
        project.write(&format!("{name}-twin/tests/twins.rs"), &code);
    }
    let run = |arguments: &[&str], runner: Option<&Path>| {
        let mut command = project.command(arguments);
        let output = command.envs(runner.map(|it| (runner_variable(), it))).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    for arguments in [&["update-budgets"][..], &["check"], &["check", "--workspace"]] {
        let (code, printed, stderr) = run(arguments, None);
        assert_eq!(code, Some(0), "{printed}{stderr}");
        assert_eq!(started(), "", "{arguments:?}");
    }

    // The runner that a person has starts the suite, and nothing else.
    let handed = project.path("handed");
    let runner = project.path("runner");
    project
        .write("runner", &format!("#!/bin/sh\necho \"$1\" >> {}\nexec \"$@\"\n", handed.display()));
    fs::set_permissions(&runner, Permissions::from_mode(0o755)).unwrap();
    let (code, printed, stderr) = run(&["check"], Some(&runner));
    assert_eq!(code, Some(0), "{printed}{stderr}");
    let executables: BTreeSet<_> =
        fs::read_to_string(&handed).unwrap().lines().map(str::to_owned).collect();
    assert_eq!(executables.len(), 1, "{executables:?}");
    assert_eq!(started(), "");

    // One in a file is not known, so nothing is started unless no other test has the name.
    fs::remove_file(&handed).unwrap();
    project.write(".cargo/config.toml", &format!("[target.'cfg(all())']\nrunner = {runner:?}\n"));
    let (code, _, stderr) = run(&["check"], None);
    assert_eq!(code, Some(2), "{stderr}");
    let refusal = &stderr[stderr.find("error: ").unwrap()..];
    let named = "test target `twins` of package `project-twins`";
    for name in ["program", "test", "untested"] {
        let twin = format!(
            "  test target `twins` of package `project-twins-{name}`   chosen along with {named}\n"
        );
        assert!(refusal.contains(&twin), "{refusal}");
    }
    assert!(refusal.contains("\n  cause     `target.'cfg(all())'.runner` in "), "{refusal}");
    assert!(!handed.exists() && started().is_empty());
    let without = "--workspace --exclude project-twins-program --exclude project-twins-test --exclude project-twins-untested";
    assert!(refusal.contains(&format!("\n  leave out `{without}`\n")), "{refusal}");
    let arguments: Vec<_> = ["check"].into_iter().chain(without.split(' ')).collect();
    let (code, printed, stderr) = run(&arguments, None);
    assert_eq!(code, Some(0), "{printed}{stderr}");
    assert!(handed.exists() && started().is_empty());
}
