//! Being stopped in the middle: files stay as they were, and nothing goes on running.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::project::Project;

/// Its meter says who it is, and then waits to be told to end.
const WAITS: &str = "
#[tripline::test]
fn waits(probe: &Probe) {
    probe.measure(|| ());
    std::fs::write(\"meter.new\", std::process::id().to_string()).unwrap();
    std::fs::rename(\"meter.new\", \"meter\").unwrap();
    for _ in 0..600 {
        if std::fs::exists(\"end\").unwrap() { return; }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

#[tripline::test]
fn loose(probe: &Probe) { probe.measure(|| Box::new(1_u64)); }
";

/// Longer than any step takes on a slow machine.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The tool, in the middle of measuring.
fn measuring(project: &Project) -> (Child, u32) {
    project
        .write(&format!("budgets/{}/loose.toml", project.suite()), "[limits]\ntotal_blocks = 9\n");
    let mut command = project.command(&["update-budgets"]);
    let tool = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    until("the meter starts", || project.path("meter").exists());
    (tool, project.read("meter").parse().unwrap())
}

fn kill(signal: &str, tool: &Child) {
    let status = Command::new("kill").args([signal, &tool.id().to_string()]).status().unwrap();
    assert!(status.success());
}

fn is_running(process: u32) -> bool {
    Path::new(&format!("/proc/{process}")).exists()
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_ends_everything_and_leaves_the_files_alone() {
    let project = Project::new("stopped", WAITS);
    for signal in ["-INT", "-TERM"] {
        let (tool, meter) = measuring(&project);
        let before = project.budgets();
        kill(signal, &tool);
        let output = tool.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.ends_with("interrupted: no file was changed\n"), "{stderr}");
        until("the meter ends", || !is_running(meter));
        assert_eq!(project.budgets(), before);
        std::fs::remove_file(project.path("meter")).unwrap();
    }
}

#[test]
fn a_kill_leaves_the_files_alone() {
    let project = Project::new("killed", WAITS);
    let (mut tool, meter) = measuring(&project);
    let before = project.budgets();
    kill("-KILL", &tool);
    assert!(!tool.wait().unwrap().success());
    // What the tool started goes on and ends by itself.
    project.write("end", "");
    until("the meter ends", || !is_running(meter));
    assert_eq!(project.budgets(), before);
}
