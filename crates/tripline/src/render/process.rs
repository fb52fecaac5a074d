//! Processes that ended, and what they wrote to standard error.

use std::process::ExitStatus;

use crate::error::StandardError;

/// Says how a process ended.
pub(super) fn ended(status: ExitStatus) -> String {
    match status.code() {
        Some(code) => format!("ended with exit status {code}"),
        // `signal: 6 (SIGABRT)`, with a note where a core was dumped.
        None => format!("was killed by {}", status.to_string().replace(" (core dumped)", "")),
    }
}

/// Quotes the end of what a process wrote to standard error.
pub(super) fn quoted(StandardError { lines, is_cut, unread }: &StandardError) -> String {
    if let Some(error) = unread {
        return format!("  its standard error could not be read: {error}");
    }
    if lines.is_empty() {
        return "  it wrote nothing to standard error".to_owned();
    }
    let which = match is_cut {
        false => "standard error".to_owned(),
        true => format!("the last {} lines of standard error", lines.len()),
    };
    format!("  {which}\n  | {}", lines.join("\n  | "))
}
