//! Handles ctrl-C: the child processes end, and the command stops before it writes anything.
//!
//! Each child leads a process group of its own, so the processes that it started end with it. A signal that comes
//! while files are written takes effect after the last: each file is whole, and so is the set.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::outcome::Interrupted;

/// The one running child, and the wish of a person to stop.
#[derive(Debug)]
struct SignalState {
    interrupted: bool,
    child: Option<u32>,
}

static STATE: Mutex<SignalState> = Mutex::new(SignalState { interrupted: false, child: None });

fn state() -> MutexGuard<'static, SignalState> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes over the signals that end a program. Call it once.
pub(crate) fn install() -> anyhow::Result<()> {
    use anyhow::Context as _;
    ctrlc::set_handler(stop).context("failed to install the handler of ctrl-c")
}

fn stop() {
    let mut state = state();
    state.interrupted = true;
    if let Some(child) = state.child {
        end_group(child);
    }
}

#[cfg(unix)]
fn end_group(leader: u32) {
    signal_group(leader, rustix::process::Signal::TERM);
}

/// Ends a child that takes too long, and whatever it started.
#[cfg(unix)]
pub(super) fn kill_group(leader: u32) {
    signal_group(leader, rustix::process::Signal::KILL);
}

#[cfg(unix)]
fn signal_group(leader: u32, signal: rustix::process::Signal) {
    use rustix::process::{Pid, kill_process_group};
    let leader = i32::try_from(leader).ok().and_then(Pid::from_raw);
    if let Some(leader) = leader {
        // It may have ended by itself at this moment.
        let _ = kill_process_group(leader, signal);
    }
}

/// Ends a child that takes too long, and whatever it started.
#[cfg(not(unix))]
pub(super) fn kill_group(leader: u32) {
    let mut taskkill = std::process::Command::new("taskkill");
    let _ = taskkill.args(["/T", "/F", "/PID", &leader.to_string()]).output();
}

/// Does nothing: the console tells every process that is attached to it.
#[cfg(not(unix))]
fn end_group(_leader: u32) {}

/// Fails if the command must stop.
pub(crate) fn check() -> Result<(), Interrupted> {
    if state().interrupted { Err(Interrupted) } else { Ok(()) }
}

/// Starts a child by `spawn`, unless the command must stop. No signal comes in between.
pub(crate) fn start_child<T>(
    spawn: impl FnOnce() -> anyhow::Result<(u32, T)>,
) -> anyhow::Result<T> {
    let mut state = state();
    if state.interrupted {
        return Err(Interrupted.into());
    }
    let (id, child) = spawn()?;
    state.child = Some(id);
    Ok(child)
}

/// Forgets the child. Call it when the child has ended.
pub(crate) fn child_ended() -> Result<(), Interrupted> {
    let mut state = state();
    state.child = None;
    if state.interrupted { Err(Interrupted) } else { Ok(()) }
}
