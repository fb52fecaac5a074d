//! Ends a program with its message and exit code.

use std::fmt;
use std::io::Write;
use std::process::ExitCode;

/// The exit code that a shell expects after an interrupt: 128 + SIGINT.
const INTERRUPTED: u8 = 130;

/// Prints the error, if any, to standard error. Returns 130 after an interrupt, 1 after an error.
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

/// Prints a message. A closed standard error must not turn an error into a panic.
fn say(message: fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "error: {message}");
}
