//! Ctrl-C in the middle of a run.

use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::command::{Place, files, text};

/// Time enough for a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn an_interrupt_leaves_no_file_behind() {
    for heap in ["off", "dhat"] {
        let place = Place::new();
        // So many iterations that it would not end by itself.
        let args = format!("-i 1000000 -b 10 --heap {heap} --output report.json --format json");
        let mut command = place.command(&args);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let child = child.expect("the command can be run");
        wait_for_database(&place);
        assert!(!files(place.cwd.path()).is_empty(), "nothing was begun");
        interrupt(&child);
        let output = child.wait_with_output().expect("the command ends");
        assert_eq!(output.status.code(), Some(130));
        assert_eq!(text(&output.stderr), "error: interrupted; nothing was written\n");
        assert_eq!(files(place.cwd.path()), [""; 0]);
        assert_eq!(files(place.tmp.path()), [""; 0]);
    }
}

/// Waits until the measured process is at work.
fn wait_for_database(place: &Place) {
    let started = Instant::now();
    loop {
        let folders = files(place.tmp.path());
        if folders.iter().any(|folder| !files(&place.tmp.path().join(folder)).is_empty()) {
            return;
        }
        assert!(started.elapsed() < PATIENCE, "no database was opened");
        sleep(Duration::from_millis(10));
    }
}

/// Interrupts the command alone. A terminal would also interrupt the measured process.
fn interrupt(child: &Child) {
    let pid = Pid::from_child(child);
    kill_process(pid, Signal::INT).expect("the command is running");
}
