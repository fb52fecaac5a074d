//! Profiles that are no plain file: through a pipe, packed, as a shell on Windows writes them.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::profiles::profiles;
use crate::project::Project;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut command = Command::new("gzip");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text).unwrap();
    child.wait_with_output().unwrap().stdout
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Returns what a command says of a profile, without the name of its file. `piped` is its standard input.
fn shown(project: &Project, arguments: &[&str], piped: &[u8]) -> Value {
    let mut command = project.command(arguments);
    command.arg("--json").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut tool = command.spawn().unwrap();
    let _ = tool.stdin.take().unwrap().write_all(piped);
    let output = tool.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    let mut shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    for name in ["file", "before", "after"] {
        shown.as_object_mut().unwrap().remove(name);
    }
    shown
}

#[cfg(unix)]
#[test]
fn a_profile_is_read_however_it_comes() {
    let project = profiles("sources");
    let text = project.read("before.json");
    std::fs::write(project.path("packed.json.gz"), gzip(text.as_bytes())).unwrap();
    std::fs::write(project.path("wide.json"), utf16(&text)).unwrap();
    project.write("marked.json", &format!("\u{feff}{text}"));
    let analyzed = |file, piped| {
        shown(&project, &["analyze", file, "--stacks", "--flamegraph", "flames.svg"], piped)
    };
    let plain = analyzed("before.json", b"");
    for file in ["packed.json.gz", "wide.json", "marked.json"] {
        assert_eq!(analyzed(file, b""), plain, "{file}");
    }
    for piped in [text.as_bytes(), &gzip(text.as_bytes()), &utf16(&text)] {
        assert_eq!(analyzed("/dev/stdin", piped), plain);
    }
    let compared = |file, piped| shown(&project, &["compare", file, "after.json"], piped);
    let plain = compared("before.json", b"");
    assert_eq!(compared("packed.json.gz", b""), plain);
    assert_eq!(compared("/dev/stdin", text.as_bytes()), plain);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_unpacked_says_why() {
    let project = profiles("sources_errors");
    let packed = gzip(project.read("before.json").as_bytes());
    std::fs::write(project.path("cut.json.gz"), &packed[..packed.len() / 2]).unwrap();
    std::fs::write(project.path("twice.json.gz"), gzip(&packed)).unwrap();
    std::fs::write(project.path("other.json.zst"), [0x28, 0xb5, 0x2f, 0xfd, 4, 0, 9, 9]).unwrap();
    project.write("empty.json", "");
    let mut transcript = project.transcript();
    for file in ["cut.json.gz", "twice.json.gz", "other.json.zst", "empty.json", "."] {
        transcript.run(&["analyze", file]);
    }
    insta::assert_snapshot!(transcript.finish());
}

/// Nobody writes to the pipe, and so nothing but a signal can end the tool.
#[cfg(target_os = "linux")]
#[test]
fn waiting_for_a_pipe_hears_ctrl_c() {
    let project = profiles("sources_waiting");
    let mut command = project.command(&["analyze", "/dev/stdin"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut tool = command.spawn().unwrap();
    let writer = tool.stdin.take();
    let status = format!("/proc/{}/status", tool.id());
    crate::interrupt::until("the tool hears signals", || {
        let status = std::fs::read_to_string(&status).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        // SIGINT is the second signal.
        u64::from_str_radix(caught.trim(), 16).unwrap() & 0b10 != 0
    });
    Command::new("kill").args(["-INT", &tool.id().to_string()]).status().unwrap();
    let output = tool.wait_with_output().unwrap();
    drop(writer);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "interrupted: no file was changed\n");
    assert_eq!(output.status.code(), Some(130));
}
