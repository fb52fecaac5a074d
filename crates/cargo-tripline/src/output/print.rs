//! Standard output and error, coloured where that is wanted.

use std::io::Write as _;

/// Writes to standard output; styles go where they would not be understood or are not wanted.
///
/// A reader that has enough and closes its end, such as `head`, is no error.
pub fn print(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// [`print()`], to standard error.
pub(crate) fn print_to_stderr(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
