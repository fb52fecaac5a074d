//! Ctrl-C in the middle of a run.

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::command::{Place, interrupt, text};

/// Time enough for a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn an_interrupt_leaves_everything_as_it_was() {
    let place = Place::new();
    place.write("report.md", "an older report");
    // So many events that it would not end by itself.
    let mut command = place.command("--events 1000000000000 --output report.md");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.expect("the command can be run");
    let started = Instant::now();
    while place.files().len() < 2 {
        assert!(started.elapsed() < PATIENCE, "no report was begun");
        sleep(Duration::from_millis(5));
    }
    interrupt(&child);
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(text(&output.stderr), "error: interrupted; nothing was written\n");
    assert_eq!(place.files(), ["report.md"]);
    assert_eq!(place.read("report.md"), "an older report");
}
