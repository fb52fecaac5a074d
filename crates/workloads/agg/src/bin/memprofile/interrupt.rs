//! Remembers Ctrl-C. It is checked between two events, so that everything is dropped by its owner.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;

static HAPPENED: AtomicBool = AtomicBool::new(false);

/// Remembers an interrupt from now on.
pub(crate) fn install() -> anyhow::Result<()> {
    let handler = || HAPPENED.store(true, Ordering::Relaxed);
    ctrlc::set_handler(handler).context("failed to install the handler for interrupts")
}

/// Returns `true` after an interrupt.
pub(crate) fn happened() -> bool {
    HAPPENED.load(Ordering::Relaxed)
}

/// Fails after an interrupt.
pub(crate) fn check() -> anyhow::Result<()> {
    anyhow::ensure!(!happened(), "interrupted");
    Ok(())
}
