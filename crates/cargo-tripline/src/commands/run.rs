//! Runs a command and returns its exit code.

use std::process::ExitCode;

use crate::outcome::Status;
use crate::output::paint_error;
use crate::system::interrupt;
use crate::system::interrupt::Interrupted;

/// The exit code that a shell expects of a program that SIGINT ended.
const INTERRUPTED: u8 = 130;

/// Runs a command to its exit code: takes over ctrl-c, and shows the error if there is one.
#[must_use]
pub fn run_command(command: impl FnOnce() -> anyhow::Result<Status>) -> ExitCode {
    match interrupt::install().and_then(|()| command()) {
        Ok(status) => status.into(),
        Err(error) if error.is::<Interrupted>() => {
            anstream::eprintln!("{error}");
            ExitCode::from(INTERRUPTED)
        }
        Err(error) => {
            anstream::eprintln!("{} {error:#}", paint_error("error:"));
            Status::Unknown.into()
        }
    }
}
