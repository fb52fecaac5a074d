//! Runs a command and returns its exit code.

use std::process::ExitCode;

use crate::outcome::{Failure, Status};
use crate::output::paint_error;
use crate::system::interrupt;

/// Runs a command to its exit code: takes over ctrl-c, and shows the failure if there is one.
#[must_use]
pub fn run_command(command: impl FnOnce() -> anyhow::Result<Status>) -> ExitCode {
    match interrupt::install().and_then(|()| command()).map_err(Failure::from) {
        Ok(status) => status.into(),
        Err(failure) => {
            match &failure {
                Failure::Interrupted => anstream::eprintln!("{failure}"),
                Failure::NotDone(_) => anstream::eprintln!("{} {failure}", paint_error("error:")),
            }
            ExitCode::from(failure.code())
        }
    }
}
