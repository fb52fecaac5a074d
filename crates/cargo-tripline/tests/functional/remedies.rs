//! The commands that a finding advises: each repeats the options that this command was given, in every output.

use std::fs;

use tripline_budget::{BreakdownStatus, PendingSnapshot};

use crate::elsewhere::{Elsewhere, JUDGE, RECORD, figures};
use crate::shards::Played;

/// A manifest whose path a shell would take for two words.
const MANIFEST: [&str; 2] = ["--manifest-path", "odd folder/../Cargo.toml"];

const TYPED: &str = "--manifest-path 'odd folder/../Cargo.toml'";

/// A limit that is over, one that is loose, and a workload without any.
fn elsewhere() -> Elsewhere {
    let elsewhere = Elsewhere::new(&["build", "scan", "new"]);
    let project = &elsewhere.project;
    for (workload, limit) in [("build", 1), ("scan", 9)] {
        let budget = format!("[limits]\ntotal_blocks = {limit}\n");
        project.write(&format!("budgets/elsewhere/{workload}.toml"), &budget);
    }
    for workload in ["build", "scan", "new"] {
        elsewhere.measured(workload, &figures(&[("total_blocks", 3), ("total_bytes", 24)]));
    }
    fs::create_dir(project.path("odd folder")).unwrap();
    elsewhere
}

fn output(elsewhere: &Elsewhere, arguments: &[&str]) -> String {
    let output = elsewhere.project.command(arguments).output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    text
}

#[test]
fn every_output_prints_commands_with_the_options_that_were_given() {
    let elsewhere = elsewhere();
    let commands = [
        format!("update-budgets elsewhere::build --raise total_blocks --reason \"...\" {TYPED}"),
        format!("update-budgets elsewhere::scan {TYPED}"),
        format!("update-budgets elsewhere::new {TYPED}"),
    ];
    // How each output writes a quotation mark.
    for (options, mark) in
        [(&["--markdown", "-"][..], "\""), (&["--json"], "\\\""), (&["--github"], "\"")]
    {
        let text = output(&elsewhere, &[&JUDGE[..], &MANIFEST, options].concat());
        for command in &commands {
            assert!(text.contains(&command.replace('"', mark)), "{command}\n{text}");
        }
    }
    output(&elsewhere, &[&JUDGE[..], &MANIFEST, &["--junit", "junit.xml"]].concat());
    let junit = elsewhere.project.read("junit.xml").replace("&quot;", "\"").replace("&apos;", "'");
    assert!(junit.contains(&commands[0]), "{junit}");
    // What was not given is not repeated.
    let text = output(&elsewhere, &JUDGE);
    assert!(!text.contains("--manifest-path") && text.contains("update-budgets elsewhere::new\n"));
}

#[test]
fn what_would_change_is_written_by_a_command_with_the_same_options() {
    let elsewhere = elsewhere();
    let given = ["elsewhere", "--add", "total_bytes", "--check"];
    let text = output(&elsewhere, &[&RECORD[..1], &given, &MANIFEST, &RECORD[1..]].concat());
    let command = format!("update-budgets elsewhere --add total_bytes {TYPED} --from ci`");
    assert!(text.contains(&command), "{text}");
    let raise = format!("--raise total_blocks --reason \"...\" {TYPED} --from ci\n");
    assert!(text.contains(&raise), "{text}");
}

/// The run came before the recording, so it knows nothing of it.
#[test]
fn a_breakdown_that_was_recorded_since_is_recorded() {
    let played = Played::new();
    let text = "---\nsource: tests/played.rs\n---\n1\n";
    let mut insert = played.measurement("insert", 1);
    insert.snapshot = Some(PendingSnapshot {
        composition: BreakdownStatus::Missing,
        file: "/home/runner/work/tests/snapshots/played__insert.snap".to_owned(),
        text: text.to_owned(),
    });
    played.publish("ci/one/tripline/latest", &[&insert]);
    let merge = ["merge", "ci/one", "ci/two"];
    let said = || {
        let output = played.project.command(&merge).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, missing) = said();
    assert!(code == Some(1) && missing.contains("no breakdown is recorded"), "{missing}");
    played.project.write("tests/snapshots/played__insert.snap", text);
    let (code, same) = said();
    assert!(code == Some(0) && !same.contains("breakdown"), "{same}");
    played.project.write("tests/snapshots/played__insert.snap", &text.replace('1', "2"));
    let (code, changed) = said();
    assert!(code == Some(1) && changed.contains("its call sites changed"), "{changed}");
}
