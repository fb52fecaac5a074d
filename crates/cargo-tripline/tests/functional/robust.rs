//! Two at once, and killed in the middle: no file is lost, and none is half written.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::from::measure_elsewhere;
use crate::project::Project;
use crate::shards::commit;

const WORKLOADS: usize = 12;
const KILLS: u32 = 20;

/// Workloads whose limits are loose, so that as many files are to be written.
fn loose(suite: &'static str) -> Project {
    let workload = |at| {
        format!(
            "#[tripline::test] fn w{at}(probe: &Probe) {{ probe.measure(|| Box::new({at}_u64)); }}\n"
        )
    };
    let project = Project::new(suite, &(0..WORKLOADS).map(workload).collect::<String>());
    restore(&project);
    project
}

fn restore(project: &Project) {
    for at in 0..WORKLOADS {
        let budget = "# Kept.\n[limits]\ntotal_blocks = 9\n";
        project.write(&format!("budgets/{}/w{at}.toml", project.suite()), budget);
    }
}

#[test]
fn of_two_at_once_one_does_the_work_and_the_other_finds_it_done() {
    let project = loose("at_once");
    let begin = || {
        let mut command = project.command(&["update-budgets"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let tools = [begin(), begin()].map(|tool| tool.wait_with_output().unwrap());
    let mut said = tools.map(|output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().last().unwrap_or_default().to_owned()
    });
    said.sort();
    assert_eq!(said, ["12 files written", "nothing to change"]);
}

/// The workloads ran before, so that the tool spends its time on planning and writing.
#[cfg(unix)]
#[test]
fn killed_at_any_moment_it_loses_nothing() {
    let project = loose("killed_writing");
    commit(&project);
    let job = [("TRIPLINE_REPEATS", "2"), ("INSTA_UPDATE", "no")];
    assert!(measure_elsewhere(&project, &job), "loose limits hold");
    let before = project.budgets();
    let start = Instant::now();
    finish(&project);
    let (whole, after) = (start.elapsed(), project.budgets());
    assert_ne!(before, after);
    for kill in 1..=KILLS {
        restore(&project);
        kill_after(&project, whole * kill / KILLS);
        let now = project.budgets().into_iter().filter(|(path, _)| !is_hidden(path));
        let now: Vec<_> = now.collect();
        assert_eq!(now.len(), before.len());
        for (at, file) in now.iter().enumerate() {
            assert!(*file == before[at] || *file == after[at], "kill {kill}: {file:?}");
        }
    }
    finish(&project);
    assert_eq!(project.budgets(), after);
}

fn finish(project: &Project) {
    let output = update(project).output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success(), "{text}");
}

fn update(project: &Project) -> Command {
    project.command(&["update-budgets", "--from", "ci"])
}

/// A file that has not its name yet. The next run removes it.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

fn kill_after(project: &Project, moment: Duration) {
    let mut tool = update(project).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(moment);
    // It may have ended by itself, which is as well.
    let _ = tool.kill();
    tool.wait().unwrap();
}
