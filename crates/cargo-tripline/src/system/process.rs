//! Runs another program to its end.

use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::Context as _;

use crate::system::interrupt;

/// A program that has ended, with its output.
#[derive(Clone, Debug)]
pub struct Finished {
    pub success: bool,
    pub stdout: String,
    /// Empty if it was shown instead.
    pub stderr: String,
}

/// Runs `command` with its output captured.
///
/// # Errors
///
/// If it cannot be started, or a signal stops this program meanwhile. A command that fails is no error.
pub fn run(command: &mut Command) -> anyhow::Result<Finished> {
    run_with(command, Stdio::piped())
}

/// Runs `command` like [`run`], and shows its standard error as it comes.
pub(crate) fn run_shown(command: &mut Command) -> anyhow::Result<Finished> {
    run_with(command, Stdio::inherit())
}

/// Runs `command` like [`run`], for `limit` at most. The second value is true if it was still running then: it has
/// ended, and so has whatever it started.
pub(crate) fn run_within(
    command: &mut Command,
    limit: Duration,
) -> anyhow::Result<(Finished, bool)> {
    let (output, timed_out) = output_within(command, Stdio::null(), Stdio::piped(), Some(limit))?;
    Ok((finished(&output), timed_out))
}

fn run_with(command: &mut Command, stderr: Stdio) -> anyhow::Result<Finished> {
    Ok(finished(&output(command, Stdio::null(), stderr)?))
}

fn finished(output: &Output) -> Finished {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Finished {
        success: output.status.success(),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    }
}

/// Runs `command` on `stdin` and returns its raw output.
pub(crate) fn output(command: &mut Command, stdin: Stdio, stderr: Stdio) -> anyhow::Result<Output> {
    Ok(output_within(command, stdin, stderr, None)?.0)
}

fn output_within(
    command: &mut Command,
    stdin: Stdio,
    stderr: Stdio,
    limit: Option<Duration>,
) -> anyhow::Result<(Output, bool)> {
    forget_outer_package(command);
    command.stdin(stdin).stdout(Stdio::piped()).stderr(stderr);
    lead_group(command);
    let child = interrupt::start_child(|| spawn(command))?;
    let alarm = limit.map(|limit| Alarm::set(child.id(), limit));
    let output = child.wait_with_output();
    let timed_out = alarm.is_some_and(Alarm::stop);
    interrupt::child_ended()?;
    let output = output.with_context(|| format!("failed to wait for {}", shown(command)))?;
    Ok((output, timed_out))
}

/// Ends a group of processes after a time.
struct Alarm {
    stop: Sender<()>,
    thread: JoinHandle<bool>,
}

impl Alarm {
    fn set(leader: u32, limit: Duration) -> Self {
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || {
            let rang = stopped.recv_timeout(limit) == Err(RecvTimeoutError::Timeout);
            if rang {
                interrupt::kill_group(leader);
            }
            rang
        });
        Self { stop, thread }
    }

    /// Returns `true` if the time was over.
    fn stop(self) -> bool {
        // It listens no more if it rang.
        let _ = self.stop.send(());
        self.thread.join().unwrap_or(true)
    }
}

fn spawn(command: &mut Command) -> anyhow::Result<(u32, Child)> {
    let child = command.spawn().with_context(|| format!("failed to run {}", shown(command)))?;
    Ok((child.id(), child))
}

#[cfg(unix)]
fn lead_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn lead_group(_command: &mut Command) {}

fn shown(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// Removes the variables that cargo sets for the package that it runs. A child would take them for its own package's:
/// `CARGO_MANIFEST_DIR` decides where a test looks for its budgets.
fn forget_outer_package(command: &mut Command) {
    const ABOUT_THE_PACKAGE: [&str; 7] = [
        "CARGO_BIN_NAME",
        "CARGO_CRATE_NAME",
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_PRIMARY_PACKAGE",
        "CARGO_TARGET_TMPDIR",
        "OUT_DIR",
    ];
    let set_here = |name: &std::ffi::OsStr| {
        command.get_envs().any(|(key, value)| key == name && value.is_some())
    };
    let outer: Vec<_> = std::env::vars_os()
        .map(|(name, _)| name)
        .filter(|name| {
            let text = name.to_string_lossy();
            text.starts_with("CARGO_PKG_") || ABOUT_THE_PACKAGE.contains(&text.as_ref())
        })
        .filter(|name| !set_here(name))
        .collect();
    for name in outer {
        command.env_remove(name);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        let mut sh = Command::new("sh");
        sh.args(["-c", script]);
        sh
    }

    #[test]
    fn what_runs_for_too_long_ends_with_what_it_started() {
        let endless = "echo begun; sleep 1000 & wait";
        let (finished, timed_out) =
            run_within(&mut sh(endless), Duration::from_millis(200)).unwrap();
        assert!(timed_out && !finished.success);
        assert_eq!(finished.stdout, "begun\n");
    }

    #[test]
    fn what_ends_in_time_is_not_touched() {
        let (finished, timed_out) =
            run_within(&mut sh("echo done"), Duration::from_secs(600)).unwrap();
        assert!(finished.success && !timed_out);
        assert_eq!(finished.stdout, "done\n");
    }
}
