//! `--add`: into an existing file nothing goes unasked.

use crate::project::Project;

const BOXES: &str = "
#[tripline::test]
fn boxes(probe: &Probe) {
    probe.entities(\"box\", 10);
    let boxes = probe.measure(|| (0..10_u64).map(Box::new).collect::<Vec<_>>());
    assert_eq!(boxes.len(), 10);
}
";

/// The same under another name.
fn boxes_twice() -> String {
    format!("{BOXES}{}", BOXES.replace("fn boxes", "fn under_a_when"))
}

#[test]
fn only_what_is_named_is_added_and_under_a_when_if_the_file_stands_there() {
    let project = Project::new("adds", &boxes_twice());
    project.write("budgets/adds/boxes.toml", "[limits]\ntotal_blocks = 11 # exact\n");
    let budget = "[when.'cfg(not(feature = \"extra\"))'.limits]\ntotal_blocks = 11\n";
    project.write("budgets/adds/under_a_when.toml", budget);
    let mut transcript = project.transcript();
    transcript.run(&["update-budgets"]);
    transcript.run(&["update-budgets", "--add", "live_bytes_per_entity,max_blocks"]);
    transcript.show("budgets/adds/boxes.toml").show("budgets/adds/under_a_when.toml");
    transcript.run(&["update-budgets", "adds::boxes", "--add", "max_blocks"]);
    transcript.run(&["update-budgets", "--add", "max_block"]);
    transcript.run(&["update-budgets", "adds::boxes", "--add", "disk_bytes.db"]);
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
