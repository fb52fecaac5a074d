//! Ctrl-C: remembered, and looked at between two events, so that everything is dropped by its owner.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;

static HAPPENED: AtomicBool = AtomicBool::new(false);

/// From now on an interrupt is remembered.
pub(crate) fn install() -> anyhow::Result<()> {
    let handler = || HAPPENED.store(true, Ordering::Relaxed);
    ctrlc::set_handler(handler).context("failed to install the handler for interrupts")
}

/// Whether there was one.
pub(crate) fn happened() -> bool {
    HAPPENED.load(Ordering::Relaxed)
}

/// An error once there was one.
pub(crate) fn check() -> anyhow::Result<()> {
    anyhow::ensure!(!happened(), "interrupted");
    Ok(())
}
