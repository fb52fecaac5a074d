//! `init` that does not get through: nothing stays, or it says how to go back.

use std::process::{Command, Stdio};

use crate::environment::program;
use crate::init::{among_others, files, stranger};
use crate::interrupt::until;

/// A type whose example does as `body` says.
fn library(body: &str) -> String {
    format!(
        "pub struct Late;\n\nimpl Default for Late {{\n    fn default() -> Self {{ {body} }}\n}}\n"
    )
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_takes_every_file_back() {
    let waits = "std::fs::write(\"meter\", \"\").unwrap(); loop { std::thread::yield_now() }";
    let project = among_others(stranger("halted", "src/lib.rs", &library(waits)));
    let before = files(&project);
    let mut command = project.command(&["init"]);
    let tool = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    until("the meter starts", || project.path("meter").exists());
    assert!(project.path("tests/budgets.rs").exists());
    let kill = Command::new("kill").args(["-INT", &tool.id().to_string()]).status();
    assert!(kill.unwrap().success());
    let output = tool.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.ends_with("interrupted: no file was changed\n"), "{stderr}");
    std::fs::remove_file(project.path("meter")).unwrap();
    assert_eq!(files(&project), before);
}

#[test]
fn an_example_that_fails_stays_with_the_way_back() {
    let project = among_others(stranger("backed", "src/lib.rs", &library("panic!(\"not today\")")));
    let before = files(&project);
    let output = project.command(&["init"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(stdout.contains("not today"), "{stdout}");
    assert!(project.path("tests/budgets.rs").exists());
    // As a person would paste it.
    let (_, back) = stdout.split_once("to go back: ").unwrap();
    let (back, _) = back.split_once("\n  and delete").unwrap();
    assert!(program("sh").args(["-c", back]).status().unwrap().success(), "{back}");
    std::fs::remove_file(project.path("budgets/project-backed/sizes.toml")).unwrap();
    let cargos = |(name, _): &(String, String)| name != "Cargo.lock";
    let after: Vec<_> = files(&project).into_iter().filter(cargos).collect();
    assert_eq!(after, before.into_iter().filter(cargos).collect::<Vec<_>>());
}
