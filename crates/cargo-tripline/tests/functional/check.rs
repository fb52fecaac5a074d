//! `check`: the problems that it finds beside limits.

use crate::elsewhere::{Elsewhere, JUDGE, figures};
use crate::project::Project;

const CODE: &str = "
#[tripline::test]
fn holds(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }

#[cfg(feature = \"extra\")]
#[tripline::test]
fn behind_a_feature(probe: &Probe) { probe.measure(|| ()); }
";
const HOLDS: &str = "[limits]\ntotal_blocks = 1\n";

#[test]
fn a_budget_that_nothing_is_held_to_is_a_problem() {
    let project = Project::new("orphans", CODE);
    project.write("budgets/orphans/holds.toml", HOLDS);
    let behind = "[when.'cfg(feature = \"extra\")'.limits]\ntotal_blocks = 0\n";
    project.write("budgets/orphans/behind_a_feature.toml", behind);
    let mut transcript = project.transcript();
    transcript.run(&["check"]).run(&["check", "--features", "extra"]);
    project.write("budgets/orphans/renamed/away.toml", HOLDS);
    project.write("budgets/orphans/notes.txt", "");
    project.write("budgets/former/holds.toml", HOLDS);
    project.write("budgets/stray.toml", HOLDS);
    transcript.run(&["check"]).run(&["check", "renamed"]).run(&["check", "orphans::holds"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn what_could_not_be_checked_shows_why() {
    let code = format!(
        "{CODE}
#[tripline::test]
fn panics(probe: &Probe) {{ probe.measure(|| ()); panic!(\"the index is corrupt\"); }}

#[tripline::test]
fn broken_file(probe: &Probe) {{ probe.measure(|| ()); }}
"
    );
    let project = Project::new("fails", &code);
    project.write("budgets/fails/holds.toml", HOLDS);
    project.write("budgets/fails/panics.toml", HOLDS);
    project.write("budgets/fails/broken_file.toml", "[limits]\ntotal_block = 1\n");
    let mut transcript = project.transcript();
    transcript.run(&["check"]).run(&["check", "fails::holds"]);
    transcript.run(&["update-budgets"]);
    insta::assert_snapshot!(transcript.finish());
}

#[test]
fn coherence_and_what_was_not_measured_have_their_rows() {
    let elsewhere = Elsewhere::new(&["reports"]);
    let bytes = ["total_bytes", "max_bytes", "live_bytes"].map(|key| (key, 1_000));
    let others = [("total_blocks", 1), ("reported.cache_bytes", 900)];
    elsewhere.measured("reports", &figures(&[&bytes[..], &others].concat()));
    let project = &elsewhere.project;
    let budget = |within: &str| {
        format!(
            "[limits]\nlive_bytes = 1_000\n\n[coherence]\n\
             reported.cache_bytes = {{ equals = \"live_bytes\", within = \"{within}\" }}\n"
        )
    };
    let mut transcript = project.transcript();
    let unmeasured = "[limits]\ndisk_bytes.db = \"1 KiB\"\n".to_owned();
    for text in [budget("10%"), budget("9%"), unmeasured, String::new()] {
        project.write("budgets/elsewhere/reports.toml", &text);
        transcript.run(&JUDGE);
    }
    insta::assert_snapshot!(transcript.finish());
}
