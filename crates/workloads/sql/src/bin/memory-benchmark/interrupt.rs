//! Handles Ctrl-C: ends the measured process, then returns an error, so that
//! every temporary file is removed by its owner.

use std::io;
use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Context;

static HAPPENED: AtomicBool = AtomicBool::new(false);
static CHILD: Mutex<Option<Child>> = Mutex::new(None);

/// Remembers an interrupt from now on. It ends the process in [`watch`].
pub(crate) fn install() -> anyhow::Result<()> {
    let handler = || {
        HAPPENED.store(true, Ordering::SeqCst);
        kill(&mut child());
    };
    ctrlc::set_handler(handler).context("failed to install the handler for interrupts")
}

/// Returns `true` after an interrupt.
pub(crate) fn happened() -> bool {
    HAPPENED.load(Ordering::SeqCst)
}

/// Fails after an interrupt.
pub(crate) fn check() -> anyhow::Result<()> {
    anyhow::ensure!(!happened(), "interrupted");
    Ok(())
}

/// Lets an interrupt end `started`.
pub(crate) fn watch(started: Child) {
    let mut slot = child();
    *slot = Some(started);
    // An interrupt between the start and here found nothing to end.
    if happened() {
        kill(&mut slot);
    }
}

/// Waits for the watched process, which has closed its output and so is about to end.
pub(crate) fn wait() -> io::Result<ExitStatus> {
    match child().take() {
        Some(mut child) => child.wait(),
        None => Err(io::Error::other("no process is being watched")),
    }
}

fn kill(slot: &mut MutexGuard<'_, Option<Child>>) {
    if let Some(child) = slot.as_mut() {
        // It may have ended by itself, or by the same Ctrl-C.
        let _ = child.kill();
    }
}

fn child() -> MutexGuard<'static, Option<Child>> {
    CHILD.lock().unwrap_or_else(PoisonError::into_inner)
}
