//! How a program ends.

use std::fmt;
use std::io::Write;
use std::process::ExitCode;

/// What a shell expects after an interrupt: 128 + SIGINT.
const INTERRUPTED: u8 = 130;

/// Says on standard error why nothing was done, if so: 130 after an interrupt, otherwise 1.
pub fn ending(done: anyhow::Result<()>, interrupted: bool) -> ExitCode {
    let Err(error) = done else {
        return ExitCode::SUCCESS;
    };
    if interrupted {
        say(format_args!("interrupted; nothing was written"));
        return ExitCode::from(INTERRUPTED);
    }
    say(format_args!("{error:#}"));
    ExitCode::FAILURE
}

/// A closed standard error must not turn an error into a panic.
fn say(message: fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "error: {message}");
}
