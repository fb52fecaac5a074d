//! `--add`: into an existing file nothing goes unasked.

use crate::elsewhere::{Elsewhere, RECORD, figures_of_boxes};
use crate::project::Project;

const BOXES: &str = "
#[tripline::test]
fn boxes(probe: &Probe) {
    probe.entities(\"box\", 10);
    let boxes = probe.measure(|| (0..10_u64).map(Box::new).collect::<Vec<_>>());
    assert_eq!(boxes.len(), 10);
}
";

#[test]
fn only_what_is_named_is_added_and_under_a_when_if_the_file_stands_there() {
    let elsewhere = Elsewhere::new(&["boxes", "under_a_when"]);
    for workload in ["boxes", "under_a_when"] {
        let blocks = ["total_blocks", "max_blocks"].map(|key| (key, 11));
        let bytes = ["total_bytes", "live_bytes"].map(|key| (key, 160));
        elsewhere.measured(workload, &figures_of_boxes(10, &[blocks, bytes].concat()));
    }
    let project = &elsewhere.project;
    project.write("budgets/elsewhere/boxes.toml", "[limits]\ntotal_blocks = 11 # exact\n");
    let budget = "[when.'cfg(not(feature = \"extra\"))'.limits]\ntotal_blocks = 11\n";
    project.write("budgets/elsewhere/under_a_when.toml", budget);
    let mut transcript = project.transcript();
    transcript.run(&RECORD);
    let add = |keys| [&RECORD[..], &["--add", keys]].concat();
    transcript.run(&add("live_bytes_per_entity,max_blocks"));
    transcript.show("budgets/elsewhere/boxes.toml").show("budgets/elsewhere/under_a_when.toml");
    transcript.run(&add("max_blocks")).run(&add("max_block")).run(&add("disk_bytes.db"));
    insta::assert_snapshot!(transcript.finish());
}

/// No budget asks for resident memory until this one does.
#[cfg(target_os = "linux")]
#[test]
fn resident_memory_is_measured_when_it_is_to_be_added() {
    let project = Project::new("adds_rss", BOXES);
    project.write("budgets/adds_rss/boxes.toml", "[limits]\ntotal_blocks = 11\n");
    let add = ["update-budgets", "--add", "rss_max_bytes"];
    let output = project.command(&add).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = project.read("budgets/adds_rss/boxes.toml");
    assert!(text.contains("\nrss_max_bytes = "), "{text}");
    // Whether it holds is the kernel's affair: how many of the executable's pages are resident differs.
    let check = project.command(&["check", "--all"]).output().unwrap();
    let table = String::from_utf8(check.stdout).unwrap();
    assert!(check.status.code().is_some_and(|code| code < 2), "{table}");
    assert!(table.contains("rss_max_bytes"), "{table}");
}
