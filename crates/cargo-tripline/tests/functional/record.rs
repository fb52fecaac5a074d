//! Workloads without a file.

use crate::project::Project;
use crate::varying::varying;

const BOXES: &str = "
#[tripline::test]
fn boxes(probe: &Probe) {
    probe.entities(\"box\", 10);
    probe.disk(\"log\", \"boxes.log\");
    let boxes = probe.measure(|| {
        std::fs::write(\"boxes.log\", [0; 250]).unwrap();
        (0..10_u64).map(Box::new).collect::<Vec<_>>()
    });
    assert_eq!(boxes.len(), 10);
}

mod cold {
    #[tripline::test]
    fn r#match(probe: &tripline::Probe) {
        probe.measure(|| Vec::<u8>::with_capacity(100));
    }
}
";

#[test]
fn a_new_workload_is_recorded_and_then_holds() {
    let project = Project::bare("recorded", BOXES);
    let mut transcript = project.transcript();
    transcript.run(&["check"]).run(&["update-budgets"]).list();
    transcript.show("budgets/recorded/boxes.toml").show("budgets/recorded/cold/match.toml");
    transcript.run(&["update-budgets"]).run(&["check"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn what_varies_gets_a_band_and_what_does_not_is_exact() {
    // By less than the usual tolerance, by more, which is what the band then tolerates, and by too much for any.
    let code = [("little", 1), ("more", 10), ("wildly", 100)].map(|(by, step)| varying(by, step));
    let project = Project::new("varying", &code.concat());
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets"]).show("budgets/varying/little.toml").list();
    // The defaults' tolerance is what a narrow one tolerates.
    std::fs::remove_file(project.path("budgets/varying/little.toml")).unwrap();
    project.write("budgets/tripline.toml", "schema = 1\nbreakdown = false\ntolerance = \"8%\"\n");
    transcript.run(&["update-budgets", "little"]).show("budgets/varying/little.toml");
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_workspace_keeps_its_budgets_at_its_root() {
    let project = Project::bare("rooted", "");
    // The profile is the workspace's, and the same as every project's.
    let manifest = project.read("Cargo.toml");
    let (package, workspace) = manifest.split_at(manifest.find("[profile.dev]").unwrap());
    project.write("member/Cargo.toml", package);
    project.write("member/src/lib.rs", "");
    let code = "#[tripline::test]\nfn nothing(probe: &Probe) { probe.measure(|| ()); }\n";
    project.code(code);
    project.write("member/tests/rooted.rs", &project.read("tests/rooted.rs"));
    project.write("Cargo.toml", &format!("{workspace}members = [\"member\"]\nresolver = \"3\"\n"));
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets"]).list();
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn a_workload_that_is_ignored_is_recorded_by_its_whole_name_alone() {
    let project = Project::new(
        "ignored",
        "
#[tripline::test]
#[ignore]
fn slow(probe: &Probe) { probe.measure(|| ()); }

#[tripline::test]
fn slow_but_run(probe: &Probe) { probe.measure(|| ()); }
",
    );
    project.write("budgets/ignored/slow_but_run.toml", "[limits]\ntotal_blocks = 0\n");
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets"]).list();
    transcript.run(&["check", "ignored::slow"]);
    transcript.run(&["update-budgets", "ignored::slow"]).list();
    transcript.run(&["check"]);
    insta::assert_snapshot!(transcript.finish());
}
