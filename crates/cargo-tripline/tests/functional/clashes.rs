//! Suites and workloads that share a name: nothing is measured, and each is named with its place.

use crate::elsewhere::{Elsewhere, JUDGE, RECORD, figures};
use crate::environment::program;
use crate::project::Project;

const WORKLOADS: &str = "
mod a {
    #[tripline::test]
    fn b(probe: &tripline::Probe) { probe.measure(|| ()); }
}
#[tripline::test]
fn NAME(probe: &Probe) { probe.measure(|| ()); }
";

/// Returns a workspace with the suite `clashing` and a member, whose suites are called `name`.
fn workspace(name: &str) -> Project {
    let project = Project::new("clashing", &WORKLOADS.replace("NAME", "c"));
    let manifest = project.read("Cargo.toml");
    let (package, profile) = manifest.split_once("[profile.dev]").unwrap();
    let member = package.replace("project-clashing", "project-clashing-two");
    project.write("two/Cargo.toml", &member);
    let members = "[workspace]\nmembers = [\"two\"]\n";
    let profile = profile.replace("[workspace]", members);
    project.write("Cargo.toml", &format!("{package}[profile.dev]{profile}"));
    project.write(
        "two/src/lib.rs",
        &format!("#[cfg(test)]\ntripline::suite!(name = \"{name}_lib\");\n"),
    );
    two(&project, name);
    project
}

/// Gives the member's test its suite.
fn two(project: &Project, name: &str) {
    let workload = "#[tripline::test]\nfn d(probe: &tripline::Probe) { probe.measure(|| ()); }\n";
    project.write(
        "two/tests/clashing.rs",
        &format!("tripline::suite!(name = \"{name}\");\n{workload}"),
    );
}

#[test]
fn each_of_several_suites_is_measured_or_nothing_is() {
    let project = workspace("clashing");
    let mut transcript = project.transcript();
    for command in ["check", "update-budgets", "prove"] {
        transcript.run(&[command, "--workspace"]);
    }
    // The other is not built, and was described before.
    transcript.run(&["check"]).list();
    let all = cargo_test(&project, &["--workspace", "--no-fail-fast", "tripline_suite::budgets"]);
    let told = all.matches("several suites are called `clashing`").count();
    assert_eq!(told, usize::from(cfg!(target_os = "linux")), "{all}");
    two(&project, "clashing_two");
    transcript.run(&["check", "--workspace"]).run(&["check"]);
    project.code(&WORKLOADS.replace("NAME", "a__b"));
    transcript.run(&["update-budgets", "--workspace"]).list();
    insta::assert_snapshot!(transcript.finish());

    // The test process knows by itself.
    for name in ["a__b", "a::b", "tripline_suite::budgets"] {
        let text = cargo_test(&project, &["--test", "clashing", "--", "--exact", name]);
        let owners =
            "\n  clashing::a::b   tests/clashing.rs:6\n  clashing::a__b   tests/clashing.rs:9\n";
        assert!(text.contains(owners), "{text}");
    }
}

/// Returns what a `cargo test` prints that fails.
fn cargo_test(project: &Project, arguments: &[&str]) -> String {
    let mut cargo = program("cargo");
    cargo.current_dir(project.root()).envs(project.environment());
    let output = cargo.arg("test").args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(101), "{arguments:?}");
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn what_other_machines_measured_has_names_of_its_own() {
    let mut elsewhere = Elsewhere::new(&["build"]);
    elsewhere.measured("build", &figures(&[("total_blocks", 1), ("total_bytes", 8)]));
    elsewhere.project.write("budgets/elsewhere/build.toml", "[limits]\ntotal_blocks = 1\n");
    assert!(elsewhere.project.command(&JUDGE).output().unwrap().status.success());
    // The other suite's figures may lie in the same file.
    elsewhere.suite.package = "project-other".to_owned();
    elsewhere.suite.file = "other/tests/elsewhere.rs".to_owned();
    elsewhere.measured("build", &figures(&[("total_blocks", 2), ("total_bytes", 16)]));
    let mut transcript = elsewhere.project.transcript();
    transcript.run(&JUDGE).run(&RECORD);
    insta::assert_snapshot!(transcript.finish());
}
